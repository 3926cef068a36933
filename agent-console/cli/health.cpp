#include "agent-console/cli/health.hpp"

#include <algorithm>
#include <map>

#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

constexpr std::uint64_t kStalledMs = 5'000;

class Exposition {
 public:
  void add(const char* name, const char* type, const char* help, double value) {
    begin(name, type, help);
    line(name, "", value);
  }
  void add(const char* name, const char* help, const char* label,
           const std::map<std::string, std::uint64_t>& values) {
    begin(name, "counter", help);
    for (const auto& [key, value] : values)
      line(name, "{" + std::string(label) + "=\"" + key + "\"}", static_cast<double>(value));
  }
  std::string text;

 private:
  void begin(const char* name, const char* type, const char* help) {
    text += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
  }
  void line(const char* name, const std::string& labels, double value) {
    std::string number = std::to_string(value);
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
    text += name + labels + " " + number + "\n";
  }
};

}  // namespace

std::vector<std::string> reasons_not_ready(const broker::Health& queue, const router::ServiceHealth& router) {
  std::vector<std::string> reasons;
  if (queue.disk_full) reasons.emplace_back("disque plein : la dernière écriture a été refusée");
  if (queue.low_space) reasons.emplace_back("disque presque plein : les nouveaux dossiers sont refusés");
  if (queue.damaged) reasons.emplace_back("journal endommagé : voir le log, et bannette check --data");
  const auto now = static_cast<std::uint64_t>(system::boot_ms());
  if (now > queue.loop_boot_ms + kStalledMs) reasons.emplace_back("la file ne tourne plus");
  if (!router.queue_up) reasons.emplace_back("le routeur n'est pas relié à la file");
  return reasons;
}

std::string metrics_of(const broker::Health& queue, const router::ServiceHealth& router) {
  Exposition out;
  const auto real = [](std::uint64_t value) { return static_cast<double>(value); };
  out.add("bannette_queue_durable_seq", "counter", "Last durable change.", real(queue.durable_seq));
  out.add("bannette_queue_sessions", "gauge", "Open sessions.", real(queue.sessions));
  out.add("bannette_queue_dossiers", "gauge", "Dossiers in memory.", real(queue.dossiers));
  out.add("bannette_queue_received_total", "counter", "Messages received.", real(queue.tally.received));
  out.add("bannette_queue_deliveries_total", "counter", "Live hints sent.", real(queue.tally.deliveries));
  out.add("bannette_queue_malformed_total", "Messages that could not be read, by principal.", "principal",
          queue.tally.malformed_by);
  out.add("bannette_queue_refused_total", "Requests refused, by code.", "code", queue.tally.refused);
  out.add("bannette_queue_disk_full", "gauge", "1 when the last commit found no room.",
          queue.disk_full ? 1 : 0);
  out.add("bannette_outbox_waiting", "gauge", "Requests kept by the router, not yet in a bannette.",
          real(router.outbox_waiting));
  out.add("bannette_outbox_aside", "gauge", "Requests of the outbox refused for good, to be looked at.",
          real(router.outbox_aside));
  out.add("bannette_outbox_danger", "gauge", "In danger, kept by the router, not yet in a bannette.",
          real(router.outbox_danger));
  const auto now_ms = system::now().wall_ms;
  const double oldest_s =
      router.outbox_oldest_ms == 0
          ? 0
          : static_cast<double>(std::max<std::int64_t>(0, now_ms - router.outbox_oldest_ms)) / 1000.0;
  out.add("bannette_outbox_oldest_seconds", "gauge", "Age of the oldest request in the outbox.", oldest_s);
  out.add("bannette_router_classified_total", "counter", "Notes classified.", real(router.classified));
  out.add("bannette_router_logged_total", "counter", "Calls that became a dossier at once.",
          real(router.logged));
  return out.text;
}

}  // namespace bannette::console
