// What a change of the configuration must recompute, and what not.
#include "queue/core/rules.hpp"

#include <functional>
#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;
using namespace date::literals;

TEST_CASE("the fingerprint is the same for the same rules, on any machine") {
  CHECK(fingerprint(site_rules()) == fingerprint(site_rules()));
  CHECK(fingerprint(site_rules()).size() == 16);
  CHECK(fingerprint(Rules{}) == "b4103913f617b151");
}

TEST_CASE("each change that moves deadlines has its own fingerprint") {
  const std::function<void(Rules&)> changes[] = {
      [](Rules&) {},
      [](Rules& r) { r.calendar.week[0][0].from_min += 15; },
      [](Rules& r) { std::swap(r.calendar.week[0], r.calendar.week[6]); },
      [](Rules& r) { r.calendar.closures = {date::local_days{2026_y / 3 / 17}}; },
      [](Rules& r) { r.calendar.openings = {{date::local_days{2026_y / 3 / 21}, {{540, 600}}}}; },
      [](Rules& r) { r.calendar.openings = {{date::local_days{2026_y / 3 / 21}, {{540, 660}}}}; },
      [](Rules& r) { r.calendar.public_holidays = false; },
      [](Rules& r) { r.calendar.alsace_moselle = true; },
      [](Rules& r) { r.calendar.zone = date::locate_zone("Europe/London"); },
      [](Rules& r) { r.topics[0].delay.amount += 1; },
      [](Rules& r) { r.topics[0].delay.unit = Delay::Unit::calendar_ms; },
      [](Rules& r) { r.topics[0].code = "autre"; },
      [](Rules& r) { r.topics.pop_back(); },
      [](Rules& r) { r.urgency_delays.immediate.amount = 60'000; },
      [](Rules& r) { r.urgency_delays.urgent.amount += 1; },
      [](Rules& r) { r.urgency_delays.priority.amount += 1; },
      [](Rules& r) { r.urgency_delays.normal = {Delay::Unit::working_days, 10}; }};
  std::set<std::string> seen;
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    CAPTURE(i);
    Rules rules = site_rules();
    changes[i](rules);
    CHECK(seen.insert(fingerprint(rules)).second);
  }
}

TEST_CASE("what moves no deadline leaves the fingerprint") {
  const std::string before = fingerprint(site_rules());
  Rules rules = site_rules();
  std::swap(rules.topics[0], rules.topics[2]);
  rules.topics[1].restricted = !rules.topics[1].restricted;
  rules.bannettes.emplace_back("lille/social");
  rules.lease_ms = 60'000;
  rules.on_call.emplace_back();
  rules.step_urgent_ms = 1;
  CHECK(fingerprint(rules) == before);
}

TEST_CASE("zones with other changes of the clock differ, though the hours are written alike") {
  Rules paris = site_rules(), brussels = site_rules(), tunis = site_rules();
  tunis.calendar.zone = date::locate_zone("Africa/Tunis");  // the same offset in winter, no summer time
  CHECK(fingerprint(paris) != fingerprint(tunis));
  brussels.calendar.zone = date::locate_zone("Europe/Brussels");  // one clock under two names
  CHECK(fingerprint(paris) == fingerprint(brussels));
}

TEST_CASE("the delays of the urgencies") {
  const UrgencyDelays delays;
  CHECK(delay_of(delays, Urgency::immediate) == Delay{Delay::Unit::calendar_ms, 0});
  CHECK(delay_of(delays, Urgency::urgent) == Delay{Delay::Unit::working_ms, 4 * kHour});
  CHECK(delay_of(delays, Urgency::priority) == Delay{Delay::Unit::calendar_ms, 48 * kHour});
  CHECK(delay_of(delays, Urgency::normal) == Delay{});
}
