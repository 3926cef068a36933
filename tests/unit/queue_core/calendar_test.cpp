#include <catch2/catch.hpp>

#include "queue/core/working_time.hpp"
#include "tests/unit/queue_core/paris.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;
using namespace date::literals;

namespace {

const Delay kFourHours{Delay::Unit::working_ms, 4 * kHour};
std::int64_t deadline_after(const Calendar& calendar, std::int64_t wall_ms, Delay delay) {
  return WorkingTime(calendar).deadline_after(wall_ms, delay);
}
Delay working_days(std::int64_t n) {
  return {Delay::Unit::working_days, n};
}

}  // namespace

TEST_CASE("Easter Monday, Ascension and Whit Monday of known years") {
  // Easter Sundays as published by the Bureau des longitudes: earliest and latest of the era among them.
  const date::year_month_day easters[] = {1943_y / 4 / 25, 1961_y / 4 / 2,  2000_y / 4 / 23, 2008_y / 3 / 23,
                                          2011_y / 4 / 24, 2018_y / 4 / 1,  2024_y / 3 / 31, 2025_y / 4 / 20,
                                          2026_y / 4 / 5,  2027_y / 3 / 28, 2038_y / 4 / 25, 2049_y / 4 / 18,
                                          2285_y / 3 / 22};
  for (const auto& easter : easters) {
    CAPTURE(static_cast<int>(easter.year()));
    const auto holidays = public_holidays(easter.year());
    CHECK(holidays.size() == 11);
    CHECK(std::is_sorted(holidays.begin(), holidays.end()));
    for (int after : {1, 39, 50})
      CHECK(std::count(holidays.begin(), holidays.end(),
                       date::year_month_day{date::sys_days{easter} + date::days{after}}) >=
            1);  // 2008: Ascension is 1 May
  }
}

TEST_CASE("the fixed holidays") {
  const auto days = public_holidays(2026_y);
  for (const auto& day : {2026_y / 1 / 1, 2026_y / 5 / 1, 2026_y / 5 / 8, 2026_y / 7 / 14, 2026_y / 8 / 15,
                          2026_y / 11 / 1, 2026_y / 11 / 11, 2026_y / 12 / 25})
    CHECK(std::binary_search(days.begin(), days.end(), day));
}

TEST_CASE("open, minute by minute at the edges") {
  const Calendar c = centre_hours();
  struct Row {
    date::year_month_day day;
    int hour, minute;
    bool open;
  };
  const Row rows[] = {
      {2026_y / 3 / 17, 8, 29, false},  {2026_y / 3 / 17, 8, 30, true},   {2026_y / 3 / 17, 12, 29, true},
      {2026_y / 3 / 17, 12, 30, false}, {2026_y / 3 / 17, 13, 30, true},  {2026_y / 3 / 17, 17, 30, false},
      {2026_y / 3 / 19, 10, 59, false}, {2026_y / 3 / 19, 11, 0, true},    // Thursday
      {2026_y / 3 / 21, 10, 0, false},  {2026_y / 5 / 14, 11, 30, false},  // Saturday; Ascension
      {2026_y / 12 / 25, 10, 0, false}, {2026_y / 12 / 24, 11, 0, true}};
  for (const Row& row : rows) {
    CAPTURE(unsigned(row.day.month()), unsigned(row.day.day()), row.hour, row.minute);
    CHECK(is_open(c, paris(row.day, row.hour, row.minute)) == row.open);
  }
}

TEST_CASE("four working hours over noon, nights, Thursday, week-ends and holidays") {
  const Calendar c = centre_hours();
  struct Row {
    const char* what;
    std::int64_t from, to;
  };
  const Row rows[] = {
      {"over noon", paris(2026_y / 3 / 17, 10), paris(2026_y / 3 / 17, 15)},
      {"a morning exactly", paris(2026_y / 3 / 17, 8, 30), paris(2026_y / 3 / 17, 12, 30)},
      {"over night", paris(2026_y / 3 / 16, 16, 30), paris(2026_y / 3 / 17, 11, 30)},
      {"before opening", paris(2026_y / 3 / 17, 3), paris(2026_y / 3 / 17, 12, 30)},
      {"at noon's closing", paris(2026_y / 3 / 17, 12, 30), paris(2026_y / 3 / 17, 17, 30)},
      {"into a Thursday", paris(2026_y / 3 / 18, 17), paris(2026_y / 3 / 19, 15, 30)},
      {"over a week-end", paris(2026_y / 3 / 20, 16, 30), paris(2026_y / 3 / 23, 11, 30)},
      {"from a Sunday", paris(2026_y / 3 / 22, 12), paris(2026_y / 3 / 23, 12, 30)},
      {"over the change to summer time", paris(2026_y / 3 / 27, 16, 30), paris(2026_y / 3 / 30, 11, 30)},
      {"over the change to winter time", paris(2026_y / 10 / 23, 16, 30), paris(2026_y / 10 / 26, 11, 30)},
      {"over Easter", paris(2026_y / 4 / 3, 16, 30), paris(2026_y / 4 / 7, 11, 30)},
      {"over the new year", paris(2026_y / 12 / 31, 16, 30), paris(2027_y / 1 / 4, 11, 30)}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(deadline_after(c, row.from, kFourHours) == row.to);
  }
}

TEST_CASE("working days end at the last closing of the day") {
  const Calendar c = centre_hours();
  CHECK(deadline_after(c, paris(2026_y / 3 / 17, 10), working_days(5)) == paris(2026_y / 3 / 24, 17, 30));
  CHECK(deadline_after(c, paris(2026_y / 3 / 20, 23), working_days(1)) == paris(2026_y / 3 / 23, 17, 30));
  CHECK(deadline_after(c, paris(2026_y / 3 / 21, 10), working_days(1)) == paris(2026_y / 3 / 23, 17, 30));
  // Four holidays in a month: 1 and 8 May are Fridays, Ascension the 14th, Whit Monday the 25th.
  CHECK(deadline_after(c, paris(2026_y / 4 / 30, 12), working_days(16)) == paris(2026_y / 5 / 28, 17, 30));
}

TEST_CASE("closures and places without public holidays") {
  Calendar c = centre_hours();
  c.closures = {date::local_days{2026_y / 3 / 17}, date::local_days{2026_y / 3 / 18}};
  CHECK_FALSE(is_open(c, paris(2026_y / 3 / 17, 10)));
  CHECK(deadline_after(c, paris(2026_y / 3 / 16, 16, 30), kFourHours) == paris(2026_y / 3 / 19, 15));
  CHECK(deadline_after(c, paris(2026_y / 3 / 16, 9), working_days(1)) == paris(2026_y / 3 / 19, 17, 30));
  c.public_holidays = false;
  CHECK(is_open(c, paris(2026_y / 12 / 25, 10)));
}

TEST_CASE("a night service: its spans lose an hour in spring and win one in autumn") {
  Calendar c = centre_hours();
  for (auto& day : c.week) day = {{0, 6 * 60}};
  const Delay five_hours{Delay::Unit::working_ms, 5 * kHour};
  // Midnight to six has five hours on 29 March and seven on 25 October.
  CHECK(deadline_after(c, paris(2026_y / 3 / 29, 0), five_hours) == paris(2026_y / 3 / 29, 6));
  CHECK(deadline_after(c, paris(2026_y / 10 / 25, 0), five_hours) == paris(2026_y / 10 / 25, 4));
  CHECK(deadline_after(c, paris(2026_y / 3 / 28, 0), five_hours) == paris(2026_y / 3 / 28, 5));
}

TEST_CASE("an edge in the hour that comes twice is the first of the two") {
  Calendar c = centre_hours();
  for (auto& day : c.week) day = {{0, 2 * 60 + 30}};
  const Delay three_hours{Delay::Unit::working_ms, 3 * kHour};
  CHECK(deadline_after(c, paris(2026_y / 10 / 25, 0), three_hours) == paris(2026_y / 10 / 26, 0, 30));
}

TEST_CASE("a calendar that never opens does not make a deadline vanish") {
  Calendar c = centre_hours();
  for (auto& day : c.week) day.clear();
  CHECK(deadline_after(c, kTuesday, kFourHours) == kTuesday + 4 * kHour);
  CHECK(deadline_after(c, kTuesday, working_days(5)) == kTuesday + 5 * kDay);
  CHECK(deadline_after(c, kTuesday, {Delay::Unit::calendar_ms, 7}) == kTuesday + 7);
  CHECK(deadline_after(c, kTuesday, {}) == 0);
  c.zone = nullptr;
  CHECK_THROWS_AS(deadline_after(c, kTuesday, kFourHours), std::logic_error);
}
