#include "queue/core/calendar.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace bannette {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr int kHorizonDays = 731;  // a calendar that does not open within two years counts as never opening

// Easter Sunday, Gregorian (Meeus, Astronomical Algorithms, ch. 8; after Butcher 1876).
date::sys_days easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
  const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return date::sys_days{date::year{year} / month / day};
}

bool is_public_holiday(date::local_days day) {
  const date::year_month_day ymd{day};
  const auto holidays = public_holidays(ymd.year());
  return std::binary_search(holidays.begin(), holidays.end(), ymd);
}

const std::vector<OpenSpan>& spans_of(const Calendar& calendar, date::local_days day) {
  static const std::vector<OpenSpan> closed;
  if (std::binary_search(calendar.closures.begin(), calendar.closures.end(), day)) return closed;
  if (calendar.public_holidays && is_public_holiday(day)) return closed;
  const date::weekday weekday{day};
  return calendar.week[(weekday.c_encoding() + 6) % 7];
}

// A local time that does not exist (spring) or exists twice (autumn) is read at its first meaning.
std::int64_t to_wall(const Calendar& calendar, date::local_days day, int minute) {
  const auto local = date::local_time<milliseconds>{day.time_since_epoch()} + minutes{minute};
  return calendar.zone->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

date::local_days local_day(const Calendar& calendar, std::int64_t wall_ms) {
  const auto local = calendar.zone->to_local(date::sys_time<milliseconds>{milliseconds{wall_ms}});
  return date::floor<date::days>(local);
}

std::int64_t after_working_ms(const Calendar& calendar, std::int64_t wall_ms, std::int64_t left) {
  date::local_days day = local_day(calendar, wall_ms);
  for (int i = 0; i < kHorizonDays; ++i, day += date::days{1}) {
    for (const OpenSpan& span : spans_of(calendar, day)) {
      const std::int64_t from = std::max(wall_ms, to_wall(calendar, day, span.from_min));
      const std::int64_t to = to_wall(calendar, day, span.to_min);
      if (to <= from) continue;
      if (left <= to - from) return from + left;
      left -= to - from;
    }
  }
  return 0;
}

// The n-th working day after the day of the start, at its last closing time.
std::int64_t after_working_days(const Calendar& calendar, std::int64_t wall_ms, std::int64_t count) {
  date::local_days day = local_day(calendar, wall_ms);
  for (int i = 0; i < kHorizonDays; ++i) {
    day += date::days{1};
    const auto& spans = spans_of(calendar, day);
    if (!spans.empty() && --count <= 0) return to_wall(calendar, day, spans.back().to_min);
  }
  return 0;
}

}  // namespace

std::vector<date::year_month_day> public_holidays(date::year year) {
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
  std::sort(days.begin(), days.end());
  return days;
}

bool is_open(const Calendar& calendar, std::int64_t wall_ms) {
  const date::local_days day = local_day(calendar, wall_ms);
  const auto& spans = spans_of(calendar, day);
  return std::any_of(spans.begin(), spans.end(), [&](const OpenSpan& span) {
    return to_wall(calendar, day, span.from_min) <= wall_ms && wall_ms < to_wall(calendar, day, span.to_min);
  });
}

std::int64_t deadline_after(const Calendar& calendar, std::int64_t wall_ms, Delay delay) {
  if (calendar.zone == nullptr) throw std::logic_error("a calendar needs a time zone");
  constexpr std::int64_t working_day_ms = 24LL * 3600 * 1000;
  switch (delay.unit) {
    case Delay::Unit::none:
      return 0;
    case Delay::Unit::calendar_ms:
      return wall_ms + delay.amount;
    case Delay::Unit::working_ms: {
      const std::int64_t end = after_working_ms(calendar, wall_ms, delay.amount);
      return end != 0 ? end : wall_ms + delay.amount;
    }
    case Delay::Unit::working_days: {
      const std::int64_t end = after_working_days(calendar, wall_ms, delay.amount);
      return end != 0 ? end : wall_ms + delay.amount * working_day_ms;
    }
  }
  return 0;
}

}  // namespace bannette
