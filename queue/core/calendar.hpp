// Working time: when the service is open, and how far a delay reaches. Wall time in, wall time out, zone
// passed in.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <date/date.h>
#include <date/tz.h>

namespace bannette {

// Minutes of the local day, from < to <= 1440.
struct OpenSpan {
  int from_min = 0;
  int to_min = 0;
  bool operator==(const OpenSpan&) const = default;
};

struct Calendar {
  std::array<std::vector<OpenSpan>, 7> week;  // 0 is Monday; spans sorted, apart
  std::vector<date::local_days> closures;     // exceptional closures, sorted
  bool public_holidays = true;            // closed on the eleven holidays of Code du travail, art. L3133-1
  const date::time_zone* zone = nullptr;  // not owned; must be set
};

// How long something may take.
struct Delay {
  enum class Unit : std::uint8_t { none, calendar_ms, working_ms, working_days };
  Unit unit = Unit::none;
  std::int64_t amount = 0;
  bool operator==(const Delay&) const = default;
};

// The eleven public holidays of metropolitan France in a year, sorted (Code du travail, art. L3133-1; Easter
// by Meeus/Jones/Butcher). Bounds: 1886 <= year <= 4099.
[[nodiscard]] std::vector<date::year_month_day> public_holidays(date::year year);

// Is the service open at this moment?
[[nodiscard]] bool is_open(const Calendar& calendar, std::int64_t wall_ms);

// When a delay that starts now ends; 0 for Delay::none. Working days end at that day's last closing time. A
// calendar that never opens, or not for two years, gives calendar time: a deadline must not vanish.
[[nodiscard]] std::int64_t deadline_after(const Calendar& calendar, std::int64_t wall_ms, Delay delay);

}  // namespace bannette
