// Which half hour and which day a call belongs to, and the tallies of each. A half hour begins at :00 or :30
// of the site's own clock, and belongs to the arrival: who arrived at 9:29 and was answered at 9:31 stands at
// 9:00. A day has 48 of them, and 46 or 50 where the clock is changed.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include <date/tz.h>

#include "router/calls/tally.hpp"

namespace bannette::calls {

inline constexpr std::int64_t half_hour_ms = 30LL * 60'000;

enum class Step : std::uint8_t { whole, half_hour, day };

// Unix time, from <= t < to.
struct Interval {
  std::int64_t from_ms = 0, to_ms = 0;
  bool operator==(const Interval&) const = default;
};

// The beginning of the half hour of a moment; of its local day. A day that has no midnight (a clock changed
// there) begins at the moment of the change.
[[nodiscard]] std::int64_t half_hour_of(const date::time_zone& zone, std::int64_t at_ms);
[[nodiscard]] std::int64_t day_of(const date::time_zone& zone, std::int64_t at_ms);

// The time between two moments in steps, in order; at most `most`, from the beginning. It begins with the
// half hour that its first moment is in, for half hours are not cut; the last step ends where the time does.
[[nodiscard]] std::vector<Interval> steps(const date::time_zone& zone, Interval time, Step step,
                                          std::size_t most);

class HalfHours {
 public:
  // A year and a day of half hours; a report is asked for less. Beyond, the oldest is forgotten.
  static constexpr std::size_t bound = 367 * 48;

  explicit HalfHours(const date::time_zone& zone) : zone_(&zone) {}

  void add(const Fact& fact);              // at its arrival; without one it is counted in `timeless`
  void add(const PostTime& time);          // at its half hour
  void add(const CallbackChange& change);  // at its time
  void add_reached(std::uint64_t caller, std::int64_t at_ms);
  void forget_before(std::int64_t at_ms);  // whole half hours

  // All half hours that begin in that time.
  [[nodiscard]] Tally between(Interval time) const;
  [[nodiscard]] std::uint64_t timeless() const { return timeless_; }
  [[nodiscard]] std::size_t size() const { return tallies_.size(); }
  [[nodiscard]] const date::time_zone& zone() const { return *zone_; }

 private:
  Tally* at(std::int64_t at_ms);  // null where it is older than all of a full book

  const date::time_zone* zone_;
  std::map<std::int64_t, Tally> tallies_;
  std::uint64_t timeless_ = 0;
};

}  // namespace bannette::calls
