#include "agent-console/cli/health.hpp"

#include <algorithm>
#include <map>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "agent-console/cli/backup_note.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

constexpr std::uint64_t kStalledMs = 5'000;

class Exposition {
 public:
  void gauge(const char* name, const char* help, double value) {
    prometheus::BuildGauge().Name(name).Help(help).Register(all_).Add({}).Set(value);
  }
  void counter(const char* name, const char* help, double value) {
    prometheus::BuildCounter().Name(name).Help(help).Register(all_).Add({}).Increment(value);
  }
  void gauges(const char* name, const char* help, const char* label,
              const std::map<std::string, double>& values) {
    auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(all_);
    for (const auto& [key, value] : values) family.Add({{label, key}}).Set(value);
  }
  void counters(const char* name, const char* help, const char* label,
                const std::map<std::string, std::uint64_t>& values) {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(all_);
    for (const auto& [key, value] : values) family.Add({{label, key}}).Increment(static_cast<double>(value));
  }
  [[nodiscard]] std::string text() const { return prometheus::TextSerializer().Serialize(all_.Collect()); }

 private:
  prometheus::Registry all_;
};

// PBXs are named, callers, posts and persons are not.
void put_calls(Exposition& out, const router::CallDeskHealth& calls) {
  const auto real = [](std::uint64_t value) { return static_cast<double>(value); };
  std::map<std::string, double> up;
  std::map<std::string, std::uint64_t> events, malformed, reconnects;
  for (const auto& pbx : calls.pbxs) {
    up[pbx.code] = pbx.up ? 1 : 0;
    events[pbx.code] = pbx.events;
    malformed[pbx.code] = pbx.malformed;
    reconnects[pbx.code] = pbx.reconnects;
  }
  out.gauges("bannette_pbx_up", "1: the PBX is connected and has said what it has.", "pbx", up);
  out.counters("bannette_pbx_events_total", "Facts that the PBX told.", "pbx", events);
  out.counters("bannette_pbx_malformed_total", "What came from the PBX and could not be read.", "pbx",
               malformed);
  out.counters("bannette_pbx_reconnects_total", "Logins at the PBX after the first.", "pbx", reconnects);
  out.gauge("bannette_calls_open", "Calls that are not over, or wait to be qualified.",
            real(calls.open_calls));
  out.counter("bannette_call_facts_total", "Facts about calls and posts.", real(calls.facts));
  out.counter("bannette_call_facts_unused_total", "Of them: told again, too late, or of no call.",
              real(calls.facts_unused));
  out.counter("bannette_call_facts_lost_total", "Facts that a full disk has cost.", real(calls.not_kept));
  out.counter("bannette_call_records_damaged_total", "Records of calls.db that could not be read, each time.",
              real(calls.damaged));
  out.counter("bannette_cti_events_total", "Events that came by the webhook.", real(calls.cti));
  out.counter("bannette_cti_refused_total", "Of them refused.", real(calls.cti_refused));
  out.gauge("bannette_calls_disk_full", "1 when the last commit of calls.db found no room.",
            calls.disk_full ? 1 : 0);
}

}  // namespace

std::vector<std::string> reasons_not_ready(const broker::Health& queue, const router::ServiceHealth& router) {
  std::vector<std::string> reasons;
  if (queue.disk_full) reasons.emplace_back("disque plein : la dernière écriture a été refusée");
  if (queue.low_space) reasons.emplace_back("disque presque plein : les nouveaux dossiers sont refusés");
  if (queue.damaged) reasons.emplace_back("journal endommagé : voir le log, et bannette check --data");
  const auto now = static_cast<std::uint64_t>(system::boot_ms());
  if (now > queue.loop_boot_ms + kStalledMs) reasons.emplace_back("la file ne tourne plus");
  if (router.calls.disk_full) reasons.emplace_back("disque plein : les appels ne sont plus enregistrés");
  if (!router.queue_up) reasons.emplace_back("le routeur n'est pas relié à la file");
  return reasons;
}

std::string metrics_of(const broker::Health& queue, const router::ServiceHealth& router) {
  Exposition out;
  const auto real = [](std::uint64_t value) { return static_cast<double>(value); };
  out.counter("bannette_queue_durable_seq", "Last durable change.", real(queue.durable_seq));
  out.gauge("bannette_queue_sessions", "Open sessions.", real(queue.sessions));
  out.gauge("bannette_queue_dossiers", "Dossiers in memory.", real(queue.dossiers));
  out.counter("bannette_queue_received_total", "Messages received.", real(queue.tally.received));
  out.counter("bannette_queue_deliveries_total", "Live hints sent.", real(queue.tally.deliveries));
  out.counters("bannette_queue_malformed_total", "Messages that could not be read, by principal.",
               "principal", queue.tally.malformed_by);
  out.counters("bannette_queue_refused_total", "Requests refused, by code.", "code", queue.tally.refused);
  out.gauge("bannette_queue_disk_full", "1 when the last commit found no room.", queue.disk_full ? 1 : 0);
  out.gauge("bannette_outbox_waiting", "Requests kept by the router, not yet in a bannette.",
            real(router.outbox_waiting));
  out.gauge("bannette_outbox_aside", "Requests of the outbox refused for good, to be looked at.",
            real(router.outbox_aside));
  out.gauge("bannette_outbox_danger", "In danger, kept by the router, not yet in a bannette.",
            real(router.outbox_danger));
  const auto now_ms = system::now().wall_ms;
  const double oldest_s =
      router.outbox_oldest_ms == 0
          ? 0
          : static_cast<double>(std::max<std::int64_t>(0, now_ms - router.outbox_oldest_ms)) / 1000.0;
  out.gauge("bannette_outbox_oldest_seconds", "Age of the oldest request in the outbox.", oldest_s);
  out.counter("bannette_router_classified_total", "Notes classified.", real(router.classified));
  out.counter("bannette_router_logged_total", "Calls that became a dossier at once.", real(router.logged));
  put_calls(out, router.calls);
  return out.text() + router.calls.figures;
}

std::string metrics_of(const Configurations& kept, const std::filesystem::path& data) {
  Exposition out;
  out.gauge("bannette_configuration_pinned", "1: rolled back, and the configuration's folder is not read.",
            kept.pinned() ? 1 : 0);
  if (const auto note = read_backup_note(data)) {
    const auto age_ms = std::max<std::int64_t>(0, system::now().wall_ms - note->at_ms);
    out.gauge("bannette_backup_age_seconds", "Since the last backup was made.",
              static_cast<double>(age_ms) / 1000.0);
  }
  return out.text();
}

}  // namespace bannette::console
