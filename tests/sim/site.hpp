// The site of the simulation, in the oracle's own words. rules_of() says the same to the code under test.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/rules.hpp"
#include "tests/sim/hours.hpp"

namespace bannette::sim {

inline constexpr std::int64_t kEpochMs = 1'773'738'000'000;  // zero of a run: 2026-03-17 10:00 in Paris

// How long something may take.
struct Within {
  enum class Clock { none, calendar, working, days };
  Clock clock = Clock::none;
  std::int64_t amount = 0;
};
struct Topic {
  std::string code;
  Within within;
  bool restricted = false;
};

struct Site {
  std::vector<std::string> bannettes;
  std::vector<Topic> topics;
  Hours hours;
  // As in the design, but in minutes, so that all of it happens in an hour.
  std::int64_t step_immediate_ms = 70'000;
  std::int64_t step_urgent_ms = 200'000;
  std::int64_t starvation_ms = 20 * kMinute;
  std::int64_t close_after_ms = 12 * kMinute;
  std::int64_t proposal_danger_ms = 90'000;
  std::int64_t proposal_working_ms = 5 * kMinute;
  std::int64_t unattended_ms = 3 * kMinute;
  std::int64_t priority_ms = 15 * kMinute;
  std::int64_t urgent_working_ms = 6 * kMinute;
  std::uint32_t most_hops = 2;
};

// Two calendars, between which a start of the server may change.
[[nodiscard]] Site site_of(bool other_hours);
[[nodiscard]] Rules rules_of(const Site& site);

struct Deadline {
  std::int64_t at_ms = 0;  // 0: none
  Within::Clock clock = Within::Clock::none;
};
// "The tighter of topic and urgency applies."
[[nodiscard]] Deadline deadline_of(const Site& site, std::string_view topic, int urgency,
                                   std::int64_t wall_ms);
// Moved by what a pause lasted on its clock.
[[nodiscard]] std::int64_t moved(const Site& site, const Deadline& deadline, std::int64_t by_ms);

}  // namespace bannette::sim
