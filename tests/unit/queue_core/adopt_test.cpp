// Other rules while it runs: as if they had been there at the start.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::vector<ChangeKind> advanced(World& w, std::int64_t by_ms) {
  w.pass(by_ms);
  const auto before = w.journal.size();
  w.expire();
  std::vector<ChangeKind> kinds;
  for (auto at = before; at < w.journal.size(); ++at) kinds.push_back(w.journal[at].change.kind);
  return kinds;
}

std::vector<std::string> names(const World& w) {
  std::vector<std::string> all;
  for (const auto& count : w.bannettes.counts(w.now.wall_ms)) all.push_back(count.bannette);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("new bannettes and topics are known at once; lost ones keep their dossiers and take no more") {
  World w;
  const auto kept = w.submit("lille/pmi");
  Rules rules = site_rules();
  std::erase(rules.bannettes, "lille/pmi");
  std::erase(rules.bannettes, "service:mdie");
  rules.bannettes.emplace_back("lille/social");
  std::erase_if(rules.topics, [](const auto& topic) { return topic.code == "aide"; });
  rules.topics.push_back({"neuf", {Delay::Unit::calendar_ms, kHour}});
  w.bannettes.adopt(rules, w.now);

  CHECK(w.bannettes.find(kept)->bannette == "lille/pmi");
  CHECK(w.take(kept, kLille) == 1);
  CHECK(code(w.apply(kRouter, Submit{"lille/pmi", "neuf", Urgency::normal, false, ""})) ==
        Code::unknown_bannette);
  CHECK(code(w.apply(kRouter, Submit{"lille/social", "aide", Urgency::normal, false, ""})) ==
        Code::unknown_topic);
  const auto made = w.submit("lille/social", Urgency::normal, "neuf");
  CHECK(w.bannettes.find(made)->deadline_ms == w.now.wall_ms + kHour);
  // What is empty and lost is gone, as after a start.
  CHECK(names(w) == std::vector<std::string>{"arbitrage", "lille/enfance", "lille/pmi", "lille/social",
                                             "roubaix/enfance", "roubaix/pmi", "standard"});
}

TEST_CASE("open deadlines follow the new delays, and the change of the calendar is recorded once") {
  World w;
  const auto n = w.submit("roubaix/enfance", Urgency::normal, "deux-jours");
  Rules rules = site_rules();
  rules.topics[2].delay.amount = 24 * kHour;
  w.bannettes.adopt(rules, w.now);
  CHECK(w.bannettes.recomputing());
  CHECK(advanced(w, 0) == std::vector{ChangeKind::rescheduled, ChangeKind::calendar_changed});
  CHECK(w.bannettes.find(n)->deadline_ms == kTuesday + 24 * kHour);
  CHECK(advanced(w, 0).empty());
  w.bannettes.adopt(rules, w.now);  // the same again moves nothing
  CHECK(advanced(w, 0).empty());
  CHECK(advanced(w, 24 * kHour).at(0) == ChangeKind::breached);
}

TEST_CASE("what is due sooner by the new rules comes sooner, what is due later is not forgotten") {
  World w;
  w.submit();
  Rules rules = site_rules();
  rules.starvation_ms = kDay;
  rules.unattended_ms = 100 * kDay;
  w.bannettes.adopt(rules, w.now);
  CHECK(w.bannettes.next_due_boot_ms(w.now) <= w.now.boot_ms + kDay);
  rules.starvation_ms = 3 * kDay;
  w.bannettes.adopt(rules, w.now);
  CHECK(advanced(w, 2 * kDay).empty());
  CHECK(advanced(w, kDay) == std::vector{ChangeKind::starved});
}

TEST_CASE("a danger climbs by the steps of the new rules") {
  World w;
  w.submit("roubaix/enfance", Urgency::immediate, "danger", true);
  Rules rules = site_rules();
  rules.step_immediate_ms = 60'000;
  w.bannettes.adopt(rules, w.now);
  const auto kinds = advanced(w, 60'000);
  CHECK(std::count(kinds.begin(), kinds.end(), ChangeKind::escalated) == 1);
}

TEST_CASE("a new bannette is not unattended before its time") {
  World w;
  Rules rules = site_rules();
  rules.bannettes.emplace_back("lille/social");
  w.bannettes.adopt(rules, w.now);
  w.submit("lille/social");
  CHECK(advanced(w, rules.unattended_ms - 1).empty());
  CHECK(advanced(w, limits::watch_round) == std::vector{ChangeKind::unattended});
}

TEST_CASE("rules of another site are refused") {
  World w;
  Rules rules = site_rules();
  rules.site = "ailleurs";
  CHECK_THROWS_AS(w.bannettes.adopt(rules, w.now), std::logic_error);
}
