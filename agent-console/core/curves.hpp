// The board's curves: figures of each bannette over the last two hours, a moment a minute. In memory: a
// restart begins anew, like the counts of takings that they hold.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::console {

class Curves {
 public:
  static constexpr std::int64_t kStepMs = 60'000;
  static constexpr std::int64_t kSpanMs = 2LL * 3600 * 1000;

  struct Sample {
    std::string bannette;
    std::uint64_t waiting = 0, late = 0, in_progress = 0;
    std::uint64_t taken = 0;  // in hand since the service's start
  };
  // Unix time. The newest of a minute stands for it; where the clock was set back, what lay ahead is dropped.
  void add(std::int64_t at_ms, std::vector<Sample> samples);

  using Sees = std::function<bool(std::string_view bannette)>;
  struct Point {
    std::int64_t at_ms = 0;
    std::uint64_t waiting = 0, late = 0, in_progress = 0;
  };
  // Sums of what is seen, oldest first; at most kSpanMs / kStepMs + 1.
  [[nodiscard]] std::vector<Point> points(const Sees& sees) const;

  // From when on the takings of a bannette are known, and how many there had been.
  struct Since {
    std::string bannette;
    std::int64_t at_ms = 0;
    std::uint64_t taken = 0;
  };
  [[nodiscard]] std::vector<Since> takings(const Sees& sees) const;

 private:
  struct Moment {
    std::int64_t at_ms = 0;
    std::vector<Sample> samples;
  };
  std::deque<Moment> moments_;
};

}  // namespace bannette::console
