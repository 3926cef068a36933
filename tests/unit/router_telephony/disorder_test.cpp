// Facts that come twice, late, in another order, or out of a journal: the ledger must be the same.
#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "router/telephony/ami_reader.hpp"
#include "router/telephony/leg_json.hpp"
#include "router/telephony/read_index.hpp"
#include "tests/unit/router_telephony/captures.hpp"

namespace bannette::telephony {
namespace {

using calls::Event;

constexpr std::int64_t began_ms = 1'795'440'000'000;

std::vector<Event> facts_of(const std::string& name) {
  std::vector<Event> facts;
  const auto text = test::text_of(test::capture(name));
  ReadIndex index(test::capture(name, ".idx.jsonl"));
  const AmiReader reader("main");
  AmiParser parser;
  parser.feed(text);
  while (const auto* message = parser.next()) {
    const auto fact =
        reader.read(*message, {.ms = began_ms + index.at(parser.offset()), .timed = index.there()});
    if (fact) facts.push_back(*fact);
  }
  return facts;
}

// What a ledger says at the end, one line a leg and one a call, sorted.
std::multiset<std::string> told(const std::vector<Event>& facts, std::vector<Event>* journal = nullptr) {
  calls::Ledger ledger({.unqualified_ms = 0});
  std::int64_t now = began_ms;
  for (const auto& fact : facts) {
    const auto changes = ledger.apply(fact);
    if (journal != nullptr && changes.any) journal->push_back(fact);
    now = std::max(now, fact.at_ms);
    ledger.advance(now);
  }
  ledger.close(now);
  std::multiset<std::string> lines;
  for (const auto& call : ledger.take_finished()) {
    lines.insert(call.id + " " + std::string(name(call.state)) + " " + call.number + " " +
                 (call.legs.empty() ? call.dial_result : ""));
    for (const auto& leg : call.legs) lines.insert(leg_json(leg, call.id));
  }
  return lines;
}

const std::vector<std::string> with_time{"04-events-off-then-on",
                                         "05-answered-agent-ends",
                                         "06-answered-caller-ends",
                                         "07-abandon-waiting",
                                         "09-ring-no-answer",
                                         "10-busy-and-reject",
                                         "12-timeout-both-queues",
                                         "13-joinempty",
                                         "14-exit-with-key",
                                         "15-anonymous",
                                         "18-local-channel-agent",
                                         "30-blind-transfer-refer",
                                         "32-attended-transfer-dtmf",
                                         "36-ami-redirect-talking",
                                         "38-ami-withdraw-waiting",
                                         "39-queue-priority",
                                         "40-click-to-call",
                                         "43-click-to-call-citizen-busy-then-noanswer",
                                         "50-status-actions",
                                         "60-ringall",
                                         "62-ringall-three-callers",
                                         "63-autopause",
                                         "70-busy-hour",
                                         "72-busy-agent-class-only",
                                         "81-connect-in-mid-call",
                                         "82-graceful-shutdown",
                                         "84-killed"};

TEST_CASE("Every fact twice, at once or later: the same ledger") {
  for (const auto& name : with_time) {
    INFO(name);
    const auto facts = facts_of(name);
    const auto want = told(facts);
    for (const std::size_t later : {0U, 1U, 5U, 100'000U}) {
      INFO("again after " << later << " others");
      std::vector<Event> twice;
      for (std::size_t i = 0; i < facts.size() + std::min(later, facts.size()); ++i) {
        if (i < facts.size()) twice.push_back(facts[i]);
        if (i >= later && i - later < facts.size()) twice.push_back(facts[i - later]);
      }
      for (std::size_t i = facts.size(); later > facts.size() && i > 0; --i)
        twice.push_back(facts[facts.size() - i]);
      REQUIRE(twice.size() == 2 * facts.size());
      CHECK(told(twice) == want);
    }
  }
}

TEST_CASE("Facts that overtake each other within a quarter of a second: the same ledger") {
  for (const auto& name : with_time) {
    const auto facts = facts_of(name);
    const auto want = told(facts);
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U, 5U}) {
      INFO(name << ", seed " << seed);
      std::mt19937 engine(seed);
      std::vector<std::pair<std::int64_t, std::size_t>> comes;
      for (std::size_t i = 0; i < facts.size(); ++i) {
        comes.emplace_back(facts[i].at_ms + static_cast<std::int64_t>(engine() % 250), i);
      }
      std::ranges::sort(comes);
      std::vector<Event> shuffled;
      for (const auto& [at, i] : comes) shuffled.push_back(facts[i]);
      CHECK(told(shuffled) == want);
    }
  }
}

TEST_CASE("The facts that changed something give the same ledger: they are the journal") {
  for (const auto& name : with_time) {
    INFO(name);
    std::vector<Event> journal, again;
    const auto facts = facts_of(name);
    const auto want = told(facts, &journal);
    CHECK(journal.size() <= facts.size());
    CHECK(told(journal, &again) == want);
    CHECK(again.size() == journal.size());
  }
}

}  // namespace
}  // namespace bannette::telephony
