#include "agent-console/cli/work_parts.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <vector>

#include <boost/json.hpp>

#include "agent-console/cli/french.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/cli/when.hpp"
#include "agent-console/server/site_json.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/limits.hpp"
#include "queue/system/clock.hpp"
#include "queue/system/random.hpp"

namespace bannette::console {
namespace {

std::string_view word(v1::State state) {
  return french_state(name(static_cast<State>(state)));
}
std::string_view word(v1::Urgency urgency) {
  return french_urgency(name(static_cast<Urgency>(urgency)));
}

std::string age(std::int64_t from_ms, std::int64_t to_ms) {
  const std::int64_t s = std::max<std::int64_t>(0, to_ms - from_ms) / 1000;
  if (s < 120) return std::to_string(s) + " s";
  if (s < 7'200) return std::to_string(s / 60) + " min";
  if (s < 172'800) return std::to_string(s / 3'600) + " h";
  return std::to_string(s / 86'400) + " j";
}

std::string left(const v1::Header& header, std::int64_t now_ms) {
  switch (header.deadline_state()) {
    case v1::DEADLINE_STATE_NONE:
      return "-";
    case v1::DEADLINE_STATE_PAUSED:
      return "suspendue";
    case v1::DEADLINE_STATE_MET:
      return "tenue";
    default:
      break;
  }
  if (header.deadline_ms() == 0) return "-";
  return header.deadline_ms() < now_ms ? "retard " + age(header.deadline_ms(), now_ms)
                                       : age(now_ms, header.deadline_ms());
}

std::string climbed(const v1::Climb& climb) {
  if (!climb.acknowledged_by().empty()) return "danger acquitté par " + visible(climb.acknowledged_by());
  if (climb.fired().empty()) return "danger non acquitté";
  return "danger non acquitté, signalé : " +
         std::string(french_step(step_name(static_cast<v1::Step>(*climb.fired().rbegin()))));
}

// What else is to be known of it: each a few words.
std::vector<std::string> remarks(const v1::Header& header) {
  std::vector<std::string> all;
  if (header.state() == v1::STATE_ON_HOLD)
    all.push_back("jusqu'au " + local_time(header.until_ms()) + " (" +
                  visible(french_reason(header.hold_why())) + ")");
  if (header.has_proposal())
    all.push_back("proposé à " + visible(header.proposal().to()) + " jusqu'au " +
                  local_time(header.proposal().until_ms()));
  if (header.has_climb()) all.push_back(climbed(header.climb()));
  if (header.starved()) all.emplace_back("attend depuis trop longtemps");
  if (!header.merged_into().empty()) all.push_back("voir " + visible(header.merged_into()));
  return all;
}

}  // namespace

const Render& render() {
  static const Catalogue none;
  static const Render made(none);
  return made;
}

void check(const WorkOptions& options) {
  require_utf8("dossier", options.dossier);
  if (!options.lease_s) return;
  const std::int64_t lease_ms = std::int64_t{*options.lease_s} * 1000;
  if (lease_ms < limits::lease_min || lease_ms > limits::lease_max)
    throw WrongUse("--lease va de 5 à 3600 secondes");
}

std::uint32_t lease_ms(const WorkOptions& options) {
  return options.lease_s.value_or(0) * 1000;
}

void put_key(v1::Envelope& request, const WorkOptions& options) {
  if (options.request_key.empty()) return request.set_idempotency_key(to_bytes(system::new_uuid7()));
  const auto key = parse_uuid(options.request_key);
  if (!key) throw WrongUse("--request-key n'est pas un UUID");
  request.set_idempotency_key(to_bytes(*key));
}

void print_line(const v1::Header& h, std::ostream& out) {
  const std::int64_t now_ms = system::now().wall_ms;
  put_column(out, h.reference(), 7);
  put_column(out, word(h.urgency()), 11);
  put_column(out, h.danger() ? "!!" : "", 2);
  put_column(out, word(h.state()), 14);
  put_column(out, left(h, now_ms), 14);
  put_column(out, age(h.arrived_ms(), now_ms), 7);
  put_column(out, h.topic(), 24);
  put_column(out, h.bannette(), 34);
  out << visible(h.holder());
  for (const auto& each : remarks(h)) out << "  [" << each << ']';
  out << '\n';
}

int print_done(const v1::Envelope& reply, const WorkOptions& options, std::ostream& out) {
  const v1::Header& header = reply.done().header();
  if (!reply.done().has_header()) {
    if (options.connection.json)
      out << boost::json::serialize(boost::json::object{{"seq", reply.done().seq()}}) << '\n';
    else
      out << "changement n° " << reply.done().seq() << ", durable\n";
    return 0;
  }
  if (!options.connection.json) {
    print_line(header, out);
    out << "jeton (fence) " << header.fence() << ", changement n° " << reply.done().seq() << ", durable\n";
    return 0;
  }
  auto line = render().done(reply.done());
  const auto& inner = line.at("header").as_object();
  for (const char* each : {"id", "reference", "state", "fence"}) line[each] = inner.at(each);
  out << boost::json::serialize(line) << '\n';
  return 0;
}

std::uint64_t fence_of(QueueConnection& connection, const WorkOptions& options) {
  if (options.fence != 0) return options.fence;
  v1::Envelope request;
  request.mutable_show()->set_dossier(options.dossier);
  const v1::Header header = connection.ask(std::move(request)).dossier().header();
  if (header.holder().empty())
    throw Refused("stale_fence", "fence", "Ce dossier n'est réservé par personne.");
  return header.fence();
}

std::string text_of(const WorkOptions& options, std::istream& in) {
  std::string text = options.text;
  if (text == "-") text.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  require_utf8("--text", text);
  return text;
}

std::int64_t when(const std::string& option, const std::string& text) {
  const auto at = parse_when(text, system::now().wall_ms);
  if (!at)
    throw WrongUse(option + " : « " + visible(text) +
                   " » ; écrire plutôt +3j, +2h, +30min ou une date comme 2026-11-28T10:00");
  return *at;
}

void require_dossier(const WorkOptions& options) {
  if (options.dossier.empty()) throw WrongUse("le dossier manque : son identifiant ou sa référence");
}

}  // namespace bannette::console
