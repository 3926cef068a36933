// When the service is open: a week of hours, holidays, closures and openings of single days. Plain values;
// working_time.hpp reckons with them.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include <date/date.h>
#include <date/tz.h>

#include "queue/core/delay.hpp"

namespace bannette {

// Minutes of the local day, from < to <= 1440.
struct OpenSpan {
  int from_min = 0;
  int to_min = 0;
  bool operator==(const OpenSpan&) const = default;
};

// The hours of one date, in the place of its weekday's and although it is a holiday.
struct SpecialDay {
  date::local_days day;
  std::vector<OpenSpan> spans;  // sorted, apart, not empty
  bool operator==(const SpecialDay&) const = default;
};

struct Calendar {
  std::array<std::vector<OpenSpan>, 7> week;  // 0 is Monday; spans sorted, apart
  std::vector<date::local_days> closures;     // exceptional closures, sorted; they win over openings
  std::vector<SpecialDay> openings;           // exceptional openings, sorted by day
  bool public_holidays = true;            // closed on the eleven holidays of Code du travail, art. L3133-1
  bool alsace_moselle = false;            // and on the two more of its art. L3134-13
  const date::time_zone* zone = nullptr;  // not owned; must be set
};

// The eleven public holidays of metropolitan France in a year, sorted (Code du travail, art. L3133-1; Easter
// by Meeus/Jones/Butcher). With `alsace_moselle` also Good Friday and 26 December, thirteen in all (Code du
// travail, art. L3134-13, from the ordinance of 16 August 1892): Good Friday is one in communes that have a
// Protestant temple or a shared church, which nearly all towns have; where it is not, leave the flag off and
// name 26 December as a closure. Two may fall on one date (2008: 1 May and Ascension): then it stands twice.
// Bounds: 1886 <= year <= 4099.
[[nodiscard]] std::vector<date::year_month_day> public_holidays(date::year year, bool alsace_moselle = false);

// The hours of a local day: closure, then opening, then holiday, then the week's. Empty: closed.
[[nodiscard]] const std::vector<OpenSpan>& hours_of(const Calendar& calendar, date::local_days day);

// When a local minute of a day is, as Unix time: a time that does not exist (spring) is the moment of the
// change, one that comes twice (autumn) is the first. minute <= 1440.
[[nodiscard]] std::int64_t wall_of(const Calendar& calendar, date::local_days day, int minute);

// The local day of a moment.
[[nodiscard]] date::local_days local_day(const Calendar& calendar, std::int64_t wall_ms);

// Is the service open at this moment?
[[nodiscard]] bool is_open(const Calendar& calendar, std::int64_t wall_ms);

}  // namespace bannette
