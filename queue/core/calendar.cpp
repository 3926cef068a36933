#include "queue/core/calendar.hpp"

#include <algorithm>
#include <chrono>

namespace bannette {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

// Easter Sunday, Gregorian (Meeus, Astronomical Algorithms, ch. 8; after Butcher 1876).
date::sys_days easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
  const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return date::sys_days{date::year{year} / month / day};
}

bool is_public_holiday(const Calendar& calendar, date::local_days day) {
  const date::year_month_day ymd{day};
  const auto holidays = public_holidays(ymd.year(), calendar.alsace_moselle);
  return std::binary_search(holidays.begin(), holidays.end(), ymd);
}

}  // namespace

std::vector<date::year_month_day> public_holidays(date::year year, bool alsace_moselle) {
  const date::sys_days sunday = easter(static_cast<int>(year));
  std::vector<date::year_month_day> days{year / 1 / 1,
                                         year / 5 / 1,
                                         year / 5 / 8,
                                         year / 7 / 14,
                                         year / 8 / 15,
                                         year / 11 / 1,
                                         year / 11 / 11,
                                         year / 12 / 25,
                                         sunday + date::days{1} /* lundi de Pâques */,
                                         sunday + date::days{39} /* Ascension */,
                                         sunday + date::days{50} /* lundi de Pentecôte */};
  if (alsace_moselle) {
    days.emplace_back(sunday - date::days{2} /* vendredi saint */);
    days.emplace_back(year / 12 / 26 /* Saint-Étienne */);
  }
  std::sort(days.begin(), days.end());
  return days;
}

const std::vector<OpenSpan>& hours_of(const Calendar& calendar, date::local_days day) {
  static const std::vector<OpenSpan> closed;
  if (std::binary_search(calendar.closures.begin(), calendar.closures.end(), day)) return closed;
  const auto special =
      std::lower_bound(calendar.openings.begin(), calendar.openings.end(), day,
                       [](const SpecialDay& each, date::local_days wanted) { return each.day < wanted; });
  if (special != calendar.openings.end() && special->day == day) return special->spans;
  const auto& week = calendar.week[(date::weekday{day}.c_encoding() + 6) % 7];
  if (!week.empty() && calendar.public_holidays && is_public_holiday(calendar, day)) return closed;
  return week;
}

std::int64_t wall_of(const Calendar& calendar, date::local_days day, int minute) {
  const auto local = date::local_time<milliseconds>{day.time_since_epoch()} + minutes{minute};
  return calendar.zone->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

date::local_days local_day(const Calendar& calendar, std::int64_t wall_ms) {
  const auto local = calendar.zone->to_local(date::sys_time<milliseconds>{milliseconds{wall_ms}});
  return date::floor<date::days>(local);
}

bool is_open(const Calendar& calendar, std::int64_t wall_ms) {
  const date::local_days day = local_day(calendar, wall_ms);
  const auto& spans = hours_of(calendar, day);
  return std::any_of(spans.begin(), spans.end(), [&](const OpenSpan& span) {
    return wall_of(calendar, day, span.from_min) <= wall_ms && wall_ms < wall_of(calendar, day, span.to_min);
  });
}

}  // namespace bannette
