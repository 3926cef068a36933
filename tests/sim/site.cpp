#include "tests/sim/site.hpp"

#include <algorithm>

namespace bannette::sim {
namespace {

std::int64_t end_of(const Site& site, const Within& within, std::int64_t wall_ms) {
  switch (within.clock) {
    case Within::Clock::calendar:
      return wall_ms + within.amount;
    case Within::Clock::working:
      return after(site.hours, wall_ms, within.amount);
    case Within::Clock::days:
      return closing(site.hours, wall_ms, within.amount);
    case Within::Clock::none:
      break;
  }
  return 0;
}

Within of_urgency(const Site& site, int urgency) {
  switch (urgency) {
    case 1:
      return {Within::Clock::calendar, 0};
    case 2:
      return {Within::Clock::working, site.urgent_working_ms};
    case 3:
      return {Within::Clock::calendar, site.priority_ms};
    default:
      return {};
  }
}

Delay delay_of(const Within& within) {
  constexpr Delay::Unit units[] = {Delay::Unit::none, Delay::Unit::calendar_ms, Delay::Unit::working_ms,
                                   Delay::Unit::working_days};
  return {units[static_cast<std::size_t>(within.clock)], within.amount};
}

}  // namespace

// The service opens and closes all the time, so that every clock stops and goes on within a run.
Site site_of(bool other_hours) {
  Site site;
  site.bannettes = {"roubaix/enfance", "roubaix/pmi", "lille/enfance", "standard", "arbitrage"};
  site.topics = {{"danger", {Within::Clock::working, 8 * kMinute}, true},
                 {"aide", {Within::Clock::days, 1}},
                 {"vite", {Within::Clock::calendar, 4 * kMinute}},
                 {"sans-delai", {}}};
  for (std::size_t day = 0; day < 5; ++day) {
    for (int minute = 8 * 60; minute < 12 * 60; minute += other_hours ? 9 : 14)
      site.hours[day].emplace_back(minute, minute + (other_hours ? 7 : 9));
    site.hours[day].emplace_back(13 * 60 + 30, 17 * 60 + 30);
  }
  return site;
}

Rules rules_of(const Site& site) {
  Rules rules;
  rules.site = "simulation";
  rules.bannettes = site.bannettes;
  for (const auto& topic : site.topics)
    rules.topics.push_back({topic.code, delay_of(topic.within), topic.restricted});
  for (std::size_t day = 0; day < 7; ++day)
    for (const auto& [from, to] : site.hours[day]) rules.calendar.week[day].push_back({from, to});
  rules.calendar.zone = date::locate_zone("Europe/Paris");
  rules.urgency_delays.urgent = {Delay::Unit::working_ms, site.urgent_working_ms};
  rules.urgency_delays.priority = {Delay::Unit::calendar_ms, site.priority_ms};
  rules.on_call = {{{"Astreinte", "0320000000", {"astrid"}}, {}, 0, 0}};
  rules.close_after_ms = site.close_after_ms;
  rules.proposal_delay = {Delay::Unit::working_ms, site.proposal_working_ms};
  rules.proposal_delay_danger_ms = site.proposal_danger_ms;
  rules.step_immediate_ms = site.step_immediate_ms;
  rules.step_urgent_ms = site.step_urgent_ms;
  rules.starvation_ms = site.starvation_ms;
  rules.unattended_ms = site.unattended_ms;
  rules.max_hops = site.most_hops;
  return rules;
}

Deadline deadline_of(const Site& site, std::string_view topic, int urgency, std::int64_t wall_ms) {
  Within of_topic;
  for (const auto& each : site.topics)
    if (each.code == topic) of_topic = each.within;
  const Within of_class = of_urgency(site, urgency);
  const Deadline one{end_of(site, of_topic, wall_ms), of_topic.clock};
  const Deadline other{end_of(site, of_class, wall_ms), of_class.clock};
  if (one.at_ms == 0) return other;
  return other.at_ms != 0 && other.at_ms < one.at_ms ? other : one;
}

std::int64_t moved(const Site& site, const Deadline& deadline, std::int64_t by_ms) {
  if (deadline.at_ms == 0 || by_ms == 0) return deadline.at_ms;
  if (deadline.clock == Within::Clock::calendar) return deadline.at_ms + by_ms;
  return after(site.hours, deadline.at_ms, by_ms);
}

}  // namespace bannette::sim
