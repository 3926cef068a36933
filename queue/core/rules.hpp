// What the queue must know of a site: its bannettes, its topics, its delays. Built from the configuration
// outside.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "queue/core/calendar.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/limits.hpp"
#include "queue/core/on_call.hpp"
#include "queue/core/working_time.hpp"

namespace bannette {

struct TopicRule {
  std::string code;
  Delay delay;              // the topic's own; the tighter of it and the urgency's applies
  bool restricted = false;  // "restreinte": read only in the holding bannette and by its manager
};

// How soon a dossier of each urgency must be taken in hand, whatever its topic.
struct UrgencyDelays {
  Delay immediate{Delay::Unit::calendar_ms, 0};  // at once
  Delay urgent{Delay::Unit::working_ms, 4LL * 3'600'000};
  Delay priority{Delay::Unit::calendar_ms, 48LL * 3'600'000};
  Delay normal;  // the topic's only
  bool operator==(const UrgencyDelays&) const = default;
};

struct Rules {
  std::string site;                    // its code, e.g. "roubaix-tourcoing"
  std::vector<std::string> bannettes;  // all that exist, "standard" and "arbitrage" included
  std::vector<TopicRule> topics;
  UrgencyDelays urgency_delays;
  Calendar calendar;
  std::vector<OnCall> on_call;  // at most limits::on_call
  std::int64_t lease_ms = limits::lease_default;
  // A handled dossier is closed so much later, in calendar time.
  std::int64_t close_after_ms = limits::close_after_default;
  // A proposal ends by itself; in danger on calendar time.
  Delay proposal_delay{Delay::Unit::working_ms, 4LL * 3'600'000};
  std::int64_t proposal_delay_danger_ms = 15LL * 60'000;
  // Escalation of a danger that nobody acknowledges: from step to step, in calendar time.
  std::int64_t step_immediate_ms = 5LL * 60'000;
  std::int64_t step_urgent_ms = 30LL * 60'000;
  // A dossier that has waited so long raises an alarm, in calendar time.
  std::int64_t starvation_ms = 10LL * 24 * 3'600'000;
  // A bannette with dossiers that wait and nobody who watches raises an alarm, in opening time.
  std::int64_t unattended_ms = 15LL * 60'000;
  // Accepted redirections that agents decide among themselves; the next goes to a supervisor.
  std::uint32_t max_hops = 2;
};

// A deadline and the clock it runs on, which a pause needs.
struct Due {
  std::int64_t at_ms = 0;  // 0: none
  Delay::Unit clock = Delay::Unit::none;
  bool operator==(const Due&) const = default;
};

[[nodiscard]] Delay delay_of(const UrgencyDelays& delays, Urgency urgency);

// The tighter of two delays that start now; of equal ones the first.
[[nodiscard]] Due tighter(const WorkingTime& time, std::int64_t wall_ms, Delay one, Delay other);

// Who is on call at this moment, empty: nobody.
[[nodiscard]] std::vector<OnCallContact> on_call_now(const Rules& rules, std::int64_t wall_ms);

// Names all that deadlines depend on: the calendar with its zone's changes of the years 2020 to 2036, the
// delays of topics and urgencies. 16 hexadecimal digits (FNV-1a, which protects nothing). Another one than
// the journal's last means that the deadlines of open dossiers must be reckoned anew.
[[nodiscard]] std::string fingerprint(const Rules& rules);

}  // namespace bannette
