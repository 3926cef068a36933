// The table against a clock that asks minute by minute, and the pause and its inverse.
#include "queue/core/working_time.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "queue/core/rules.hpp"
#include "tests/unit/queue_core/paris.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;
using namespace date::literals;

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr auto kWorking = Delay::Unit::working_ms;
constexpr auto kDays = Delay::Unit::working_days;
constexpr auto kCalendar = Delay::Unit::calendar_ms;

// Open minutes counted one by one, by the plain is_open(): no table.
std::int64_t counted(const Calendar& calendar, std::int64_t from_ms, std::int64_t to_ms) {
  std::int64_t open = 0;
  for (std::int64_t at = from_ms; at < to_ms; at += kMinute) open += is_open(calendar, at) ? kMinute : 0;
  return open;
}

Calendar with_extras() {
  Calendar c = centre_hours();
  c.closures = {date::local_days{2026_y / 3 / 27}, date::local_days{2026_y / 12 / 24}};
  c.openings = {{date::local_days{2026_y / 3 / 28}, {{9 * 60, 12 * 60}}},
                {date::local_days{2026_y / 5 / 1}, {{10 * 60, 11 * 60}, {14 * 60, 15 * 60}}}};
  return c;
}
Calendar nights() {
  Calendar c = centre_hours();
  for (auto& day : c.week) day = {{0, 6 * 60}, {22 * 60, 24 * 60}};
  c.public_holidays = false;
  return c;
}

// Numbers that look like chance and are the same on each run.
struct Sequence {
  std::uint64_t state = 42;
  std::int64_t below(std::int64_t end) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state >> 33) % static_cast<std::uint64_t>(end));
  }
};

}  // namespace

TEST_CASE("opening time between two moments is what a minute-by-minute count finds") {
  struct Row {
    const char* what;
    Calendar calendar;
    std::int64_t from, to;
  };
  const Row rows[] = {
      {"a day", centre_hours(), paris(2026_y / 3 / 17, 0), paris(2026_y / 3 / 18, 0)},
      {"from within to within", centre_hours(), paris(2026_y / 3 / 17, 9, 7), paris(2026_y / 3 / 19, 16, 3)},
      {"closed throughout", centre_hours(), paris(2026_y / 3 / 21, 0), paris(2026_y / 3 / 23, 8, 30)},
      {"to summer time", nights(), paris(2026_y / 3 / 28, 12), paris(2026_y / 3 / 30, 12)},
      {"to winter time", nights(), paris(2026_y / 10 / 24, 12), paris(2026_y / 10 / 26, 12)},
      {"May with its holidays", centre_hours(), paris(2026_y / 4 / 30, 8), paris(2026_y / 6 / 1, 8)},
      {"closures and openings", with_extras(), paris(2026_y / 3 / 26, 8), paris(2026_y / 5 / 4, 8)},
      {"the year's end", centre_hours(), paris(2026_y / 12 / 23, 8), paris(2027_y / 1 / 5, 8)},
      {"a leap day", centre_hours(), paris(2028_y / 2 / 28, 8), paris(2028_y / 3 / 2, 8)}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const WorkingTime time(row.calendar);
    CHECK(time.between(row.from, row.to) == counted(row.calendar, row.from, row.to));
    CHECK(time.between(row.to, row.from) == 0);
    CHECK(time.between(row.from, row.from) == 0);
  }
}

TEST_CASE("deadlines at random moments: the minutes counted up to them are the delay") {
  Sequence sequence;
  for (const Calendar& calendar : {centre_hours(), with_extras(), nights()}) {
    const WorkingTime time(calendar);
    for (int i = 0; i < 60; ++i) {
      const std::int64_t from = paris(2026_y / 2 / 1, 0) + sequence.below(330 * 24 * 60) * kMinute;
      const std::int64_t amount = (1 + sequence.below(40 * 60)) * kMinute;
      const std::int64_t end = time.deadline_after(from, {kWorking, amount});
      CAPTURE(i, from, amount, end);
      CHECK(counted(calendar, from, end) == amount);
      CHECK(is_open(calendar, end - kMinute));
    }
  }
}

TEST_CASE("an answer does not depend on what was asked before") {
  Sequence sequence;
  const WorkingTime old(with_extras());
  const std::int64_t eighties = paris(1985_y / 6 / 3, 10), far = paris(2120_y / 6 / 3, 10);
  for (int i = 0; i < 200; ++i) {
    const std::int64_t from =
        i % 20 == 7    ? eighties
        : i % 20 == 13 ? far
                       : paris(2020_y / 1 / 1, 0) + sequence.below(20 * 365 * kDay / kMinute) * kMinute;
    const Delay delay{i % 2 == 0 ? kWorking : kDays, i % 2 == 0 ? 7 * kHour : 9};
    const WorkingTime fresh(with_extras());
    CAPTURE(i, from);
    CHECK(old.deadline_after(from, delay) == fresh.deadline_after(from, delay));
    CHECK(old.between(from - 3 * kDay, from) == fresh.between(from - 3 * kDay, from));
    CHECK(old.is_open(from) == is_open(old.calendar(), from));
  }
}

TEST_CASE("what is left of a deadline, and late by how much") {
  const WorkingTime time(centre_hours());
  struct Row {
    const char* what;
    Delay::Unit unit;
    std::int64_t now, deadline, left;
  };
  const Row rows[] = {
      {"within a morning", kWorking, paris(2026_y / 3 / 17, 9), paris(2026_y / 3 / 17, 11), 2 * kHour},
      {"over noon", kWorking, paris(2026_y / 3 / 17, 12), paris(2026_y / 3 / 17, 14), kHour},
      {"out of hours it stands still", kWorking, paris(2026_y / 3 / 17, 20), paris(2026_y / 3 / 18, 9, 30),
       kHour},
      {"working days too", kDays, paris(2026_y / 3 / 20, 16, 30), paris(2026_y / 3 / 23, 17, 30), 9 * kHour},
      {"calendar time runs at night", kCalendar, paris(2026_y / 3 / 17, 20), paris(2026_y / 3 / 18, 8),
       12 * kHour},
      {"late", kWorking, paris(2026_y / 3 / 17, 15), paris(2026_y / 3 / 17, 12), -2 * kHour},
      {"late since yesterday, in the night", kWorking, paris(2026_y / 3 / 18, 3), paris(2026_y / 3 / 17, 17),
       -kHour / 2},
      {"now", kWorking, paris(2026_y / 3 / 17, 15), paris(2026_y / 3 / 17, 15), 0}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(time.left(row.unit, row.now, row.deadline) == row.left);
  }
}

TEST_CASE("a pause moves a deadline by the clock's time that it lasted") {
  const WorkingTime time(centre_hours());
  // Five working days from Monday morning; paused from Monday 10:00 to Tuesday 10:00, eight working hours.
  const std::int64_t deadline = time.deadline_after(paris(2026_y / 3 / 16, 9), {kDays, 4});
  CHECK(deadline == paris(2026_y / 3 / 20, 17, 30));
  const std::int64_t left = time.left(kDays, paris(2026_y / 3 / 16, 10), deadline);
  CHECK(time.deadline_with(kDays, paris(2026_y / 3 / 17, 10), left) == paris(2026_y / 3 / 23, 17, 30));
  // Over a week-end nothing of the clock passes.
  const std::int64_t friday = time.left(kWorking, paris(2026_y / 3 / 20, 18), paris(2026_y / 3 / 24, 11));
  CHECK(time.deadline_with(kWorking, paris(2026_y / 3 / 22, 18), friday) == paris(2026_y / 3 / 24, 11));
  // Calendar time: to the millisecond.
  CHECK(time.deadline_with(kCalendar, kTuesday + 12'345, time.left(kCalendar, kTuesday, kTuesday + 777)) ==
        kTuesday + 777 + 12'345);
}

TEST_CASE("the deadline that has so much left has so much left") {
  Sequence sequence;
  for (const Calendar& calendar : {centre_hours(), with_extras(), nights()}) {
    const WorkingTime time(calendar);
    for (int i = 0; i < 300; ++i) {
      const std::int64_t now = paris(2026_y / 1 / 1, 0) + sequence.below(365 * kDay);
      const std::int64_t left = sequence.below(200 * kHour) - 100 * kHour;
      for (const auto unit : {kWorking, kDays, kCalendar}) {
        CAPTURE(i, now, left, int(unit));
        CHECK(time.left(unit, now, time.deadline_with(unit, now, left)) == left);
      }
    }
  }
}

TEST_CASE("the next opening") {
  const WorkingTime time(centre_hours());
  CHECK(time.next_opening(paris(2026_y / 3 / 17, 10)) == paris(2026_y / 3 / 17, 10));
  CHECK(time.next_opening(paris(2026_y / 3 / 17, 12, 30)) == paris(2026_y / 3 / 17, 13, 30));
  CHECK(time.next_opening(paris(2026_y / 3 / 18, 17, 30)) == paris(2026_y / 3 / 19, 11));
  CHECK(time.next_opening(paris(2026_y / 4 / 3, 17, 30)) == paris(2026_y / 4 / 7, 8, 30));
  Calendar never = centre_hours();
  for (auto& day : never.week) day.clear();
  CHECK(WorkingTime(never).next_opening(kTuesday) == 0);
}

TEST_CASE("midnight belongs to the day that begins") {
  const WorkingTime time(centre_hours());
  CHECK(time.deadline_after(paris(2026_y / 3 / 17, 0), {kDays, 1}) == paris(2026_y / 3 / 18, 17, 30));
  CHECK(time.deadline_after(paris(2026_y / 3 / 17, 0) - 1, {kDays, 1}) == paris(2026_y / 3 / 17, 17, 30));
}

TEST_CASE("a span within the hour that spring leaves out is none") {
  Calendar c = centre_hours();
  for (auto& day : c.week) day = {{2 * 60 + 10, 2 * 60 + 50}};
  const WorkingTime time(c);
  CHECK(time.next_opening(paris(2026_y / 3 / 28, 3)) == paris(2026_y / 3 / 30, 2, 10));
  CHECK(time.between(paris(2026_y / 3 / 28, 0), paris(2026_y / 3 / 31, 0)) == 80 * kMinute);
}

TEST_CASE("beyond ten years is never, whatever the table holds already") {
  Calendar c = centre_hours();
  for (auto& day : c.week) day.clear();
  c.openings = {{date::local_days{2040_y / 3 / 20}, {{600, 660}}}};
  const WorkingTime time(c);
  for (int i = 0; i < 2; ++i) {
    CHECK(time.next_opening(paris(2026_y / 3 / 17, 10)) == 0);
    CHECK(time.deadline_after(kTuesday, {kDays, 1}) == kTuesday + kDay);
    CHECK(time.next_opening(paris(2035_y / 3 / 17, 10)) == paris(2040_y / 3 / 20, 10));
  }
}

TEST_CASE("an exceptional opening: a Saturday, a holiday; a closure wins over it") {
  Calendar c = with_extras();
  const WorkingTime time(c);
  CHECK(time.is_open(paris(2026_y / 3 / 28, 10)));
  CHECK_FALSE(time.is_open(paris(2026_y / 3 / 28, 12)));
  CHECK(time.is_open(paris(2026_y / 5 / 1, 14, 30)));
  CHECK_FALSE(time.is_open(paris(2026_y / 5 / 1, 9)));  // a Friday, but its own hours
  // The 27th is closed, so the Saturday is the first working day after the 26th.
  CHECK(time.deadline_after(paris(2026_y / 3 / 26, 12), {kDays, 1}) == paris(2026_y / 3 / 28, 12));
  c.closures.insert(c.closures.begin() + 1, date::local_days{2026_y / 3 / 28});
  CHECK_FALSE(WorkingTime(c).is_open(paris(2026_y / 3 / 28, 10)));
}

TEST_CASE("a calendar that never opens, and clocks beyond all reason, count calendar time") {
  Calendar never = centre_hours();
  for (auto& day : never.week) day.clear();
  const WorkingTime closed(never);
  CHECK(closed.deadline_after(kTuesday, {kWorking, 4 * kHour}) == kTuesday + 4 * kHour);
  CHECK(closed.deadline_after(kTuesday, {kDays, 3}) == kTuesday + 3 * kDay);
  CHECK(closed.left(kWorking, kTuesday, kTuesday + kHour) == kHour);
  CHECK(closed.deadline_with(kWorking, kTuesday, kHour) == kTuesday + kHour);
  CHECK(closed.between(kTuesday, kTuesday + kDay) == 0);
  const WorkingTime time(centre_hours());
  for (const std::int64_t wall :
       {std::int64_t{-1}, std::int64_t{32'503'680'000'000}, std::int64_t{1} << 60}) {
    CAPTURE(wall);
    CHECK(time.deadline_after(wall, {kWorking, kHour}) == wall + kHour);
    CHECK(time.left(kWorking, wall, wall + kHour) == kHour);
    CHECK_FALSE(time.is_open(wall));
  }
  // One last opening: what it cannot hold counts calendar time too.
  never.openings = {{date::local_days{2026_y / 3 / 18}, {{600, 660}}}};
  const WorkingTime once(never);
  CHECK(once.deadline_after(kTuesday, {kWorking, kHour}) == paris(2026_y / 3 / 18, 11));
  CHECK(once.deadline_after(kTuesday, {kWorking, 2 * kHour}) == kTuesday + 2 * kHour);
}

TEST_CASE("the tighter of two delays, and its clock") {
  const WorkingTime time(centre_hours());
  const Delay four_hours{kWorking, 4 * kHour}, two_days{kCalendar, 2 * kDay}, five_days{kDays, 5};
  CHECK(tighter(time, kTuesday, five_days, four_hours) == Due{paris(2026_y / 3 / 17, 15), kWorking});
  CHECK(tighter(time, kTuesday, two_days, five_days) == Due{kTuesday + 2 * kDay, kCalendar});
  CHECK(tighter(time, kTuesday, {}, five_days) == Due{paris(2026_y / 3 / 24, 17, 30), kDays});
  CHECK(tighter(time, kTuesday, four_hours, {}) == Due{paris(2026_y / 3 / 17, 15), kWorking});
  CHECK(tighter(time, kTuesday, {}, {}) == Due{});
  // Before a long week-end 48 calendar hours are the tighter: so the calendar decides, not the amounts.
  CHECK(tighter(time, paris(2026_y / 4 / 3, 17), {kWorking, 4 * kHour}, two_days).clock == kCalendar);
}
