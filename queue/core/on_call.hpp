// Who is on call, and when: a danger that nobody acknowledges goes to them, first of all out of hours.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "queue/core/calendar.hpp"

namespace bannette {

// Whom to call: what the history and the webhook say.
struct OnCallContact {
  std::string label;  // "Astreinte éducative"
  std::string phone;  // as people dial it, or empty; not checked, not dialled by us
  std::vector<std::string>
      people;  // login names of those who may acknowledge, at most limits::on_call_people
  bool operator==(const OnCallContact&) const = default;
};

struct OnCall {
  OnCallContact who;
  // Its hours. All days empty: whenever the service is closed.
  std::array<std::vector<OpenSpan>, 7> week;  // 0 is Monday; local minutes, sorted, apart
  // Its dates, Unix ms, from <= t < to; both 0: always. A dated one takes the place of those without dates.
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

// Who is on call at this moment, in the order of the configuration. Where a dated one is, those without dates
// are not. Empty: nobody is.
[[nodiscard]] std::vector<OnCallContact> on_call_now(const std::vector<OnCall>& all, const Calendar& calendar,
                                                     std::int64_t wall_ms);

}  // namespace bannette
