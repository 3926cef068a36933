#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "router/calls/ledger.hpp"
#include "router/telephony/ami_parser.hpp"
#include "router/telephony/ami_reader.hpp"
#include "router/telephony/leg_json.hpp"
#include "router/telephony/queue_log.hpp"
#include "router/telephony/reconcile.hpp"
#include "tests/fuzz/targets.hpp"

namespace bannette::fuzz {
namespace {

constexpr std::int64_t began_ms = 1'795'440'000'000;

struct Read {
  std::string shown;  // every message
  std::vector<calls::Event> facts;
  telephony::Coverage coverage;
};

Read read(std::string_view bytes, std::size_t piece) {
  Read all;
  telephony::AmiParser parser;
  const telephony::AmiReader reader("main");
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    parser.feed(bytes.substr(at, piece));
    while (const auto* message = parser.next()) {
      if (parser.offset() > bytes.size()) throw std::logic_error("more was read than there is");
      all.shown += "-" + std::string(message->banner()) + "\n";
      for (const auto& [key, value] : message->fields())
        all.shown.append(key).append(":").append(value).append("\n");
      const auto now = began_ms + static_cast<std::int64_t>(parser.counts().messages) * 37;
      if (!message->event().empty())
        all.coverage.heard(now, message->get("Privilege"), message->get("Uniqueid"));
      if (auto fact = reader.read(*message, {.ms = now, .timed = true}))
        all.facts.push_back(std::move(*fact));
    }
  }
  for (const auto& fact : all.facts) all.coverage.see(fact);
  return all;
}

struct Told {
  std::vector<std::string> lines;
  std::vector<calls::Leg> legs;
  std::vector<calls::Event> journal;
};

Told told(const std::vector<calls::Event>& facts, std::int64_t until) {
  Told all;
  calls::Ledger ledger({.unqualified_ms = 0});
  std::int64_t now = began_ms;
  const auto give = [&] {
    for (const auto& call : ledger.take_finished()) {
      all.lines.push_back(call.id + " " + std::string(name(call.state)));
      for (const auto& leg : call.legs) {
        all.lines.push_back(telephony::leg_json(leg, call.id));
        all.legs.push_back(leg);
      }
    }
  };
  for (const auto& fact : facts) {
    const auto changes = ledger.apply(fact);
    if (changes.any) all.journal.push_back(fact);
    for (const auto& id : changes.calls) {
      if (ledger.find(id) == nullptr) throw std::logic_error("a call that changed is not there");
    }
    now = std::clamp(fact.at_ms, now, now + 60'000);
    ledger.advance(now);
    give();
  }
  ledger.close(until);
  give();
  if (ledger.open_calls() != 0) throw std::logic_error("a call is open although the ledger is closed");
  std::ranges::sort(all.lines);
  return all;
}

}  // namespace

void ami(std::span<const std::uint8_t> input) {
  if (input.empty()) return;
  const std::string_view bytes{reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1};
  // Behind the last blank line and a "%" a queue_log may stand.
  const auto log_at = bytes.rfind("\r\n\r\n%");
  const auto stream = bytes.substr(0, log_at == std::string_view::npos ? log_at : log_at + 4);
  const auto whole = read(stream, stream.size() + 1);
  const auto pieces = read(stream, input[0] % 61U + 1U);
  if (whole.shown != pieces.shown || whole.facts != pieces.facts)
    throw std::logic_error("where the bytes are cut makes a difference");
  std::int64_t until = began_ms;
  for (const auto& fact : whole.facts) until = std::max(until, fact.at_ms);
  const auto first = told(whole.facts, until);
  if (told(first.journal, until).lines != first.lines)
    throw std::logic_error("the facts that changed something give another ledger");
  if (log_at == std::string_view::npos) return;
  std::istringstream in{std::string(bytes.substr(log_at + 5))};
  const auto log = telephony::read_queue_log(in);
  for (const auto& difference : telephony::reconcile(first.legs, log.legs, whole.coverage)) {
    if (telephony::difference_json(difference).empty()) throw std::logic_error("a difference without words");
  }
}

}  // namespace bannette::fuzz
