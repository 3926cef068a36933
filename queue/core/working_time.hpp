// Reckoning with opening hours: how far a delay reaches, how much of it is left, and back. Wall time in, wall
// time out (Unix, ms).
#pragma once
#include <cstdint>
#include <vector>

#include "queue/core/calendar.hpp"

namespace bannette {

// A calendar with a table of its opening spans as absolute times, made for the weeks that were asked for and
// lengthened when a question goes beyond: a question costs two binary searches. The answers depend on the
// calendar only, never on what was asked before. The table is filled by const members, so one value belongs
// to one thread.
//
// A clock outside the years 1970 to 2999, and an end that is more than ten years away (as where the calendar
// never opens), count calendar time: a deadline must not vanish.
class WorkingTime {
 public:
  // Throws std::logic_error for a calendar without a zone.
  explicit WorkingTime(Calendar calendar);

  [[nodiscard]] const Calendar& calendar() const { return calendar_; }
  [[nodiscard]] bool is_open(std::int64_t wall_ms) const;
  // This moment where it is open, otherwise when it next opens; 0: not within ten years.
  [[nodiscard]] std::int64_t next_opening(std::int64_t wall_ms) const;

  // When a delay that starts now ends; 0 for Delay::none. It starts with the next opening where it is closed,
  // and may end at a closing minute. Working days end at the last closing of the n-th working day after
  // today, n >= 1.
  [[nodiscard]] std::int64_t deadline_after(std::int64_t wall_ms, Delay delay) const;

  // Opening time from one moment to another, never negative.
  [[nodiscard]] std::int64_t between(std::int64_t from_ms, std::int64_t to_ms) const;

  // What is left of a deadline on its clock: opening time for both working units, else calendar time.
  // Negative: late by as much.
  [[nodiscard]] std::int64_t left(Delay::Unit unit, std::int64_t wall_ms, std::int64_t deadline_ms) const;
  // The deadline that has as much left now: left(unit, now, deadline_with(unit, now, x)) == x. So a pause
  // moves a deadline by the clock's time that it lasted; working days are not rounded to a closing anew.
  [[nodiscard]] std::int64_t deadline_with(Delay::Unit unit, std::int64_t wall_ms,
                                           std::int64_t left_ms) const;

 private:
  struct Span {
    std::int64_t from_ms, to_ms;
    std::int64_t before_ms;  // opening time from the table's begin to from_ms
  };
  struct Day {
    std::int64_t from_ms;    // local midnight
    std::size_t closing_of;  // index in closings_ of the first working day after this one
  };

  void cover(std::int64_t from_ms, std::int64_t to_ms) const;
  void begin_at(date::local_days day) const;
  void add_day() const;
  [[nodiscard]] std::size_t span_after(std::int64_t wall_ms) const;
  [[nodiscard]] std::int64_t opened_before(std::int64_t wall_ms) const;
  [[nodiscard]] std::int64_t forward(std::int64_t wall_ms, std::int64_t amount) const;
  [[nodiscard]] std::int64_t backward(std::int64_t wall_ms, std::int64_t amount) const;
  [[nodiscard]] std::int64_t closing(std::int64_t wall_ms, std::int64_t count) const;

  Calendar calendar_;
  // The table: local days from first_day_ until next_day_, whole.
  mutable date::local_days first_day_{}, next_day_{};
  mutable std::int64_t begin_ms_ = 0, end_ms_ = 0;
  mutable std::vector<Span> spans_;
  mutable std::vector<Day> days_;
  mutable std::vector<std::int64_t> closings_;  // of each working day
};

}  // namespace bannette
