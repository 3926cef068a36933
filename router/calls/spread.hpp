// How durations are spread: counts by whole second. Two of them merge exactly, and any percentile or
// threshold in whole seconds can be asked of the sum, which stored percentiles do not allow. At most `most_s`
// places however many calls.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace bannette::calls {

class Spread {
 public:
  static constexpr std::uint32_t most_s = 6 * 3600;  // what is longer counts as this long

  // Milliseconds; below 0 counts as 0. Counted at the second that it does not exceed: 4001 ms is "within 5
  // s".
  void add(std::int64_t duration_ms);
  void merge(const Spread& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::int64_t sum_ms() const { return sum_ms_; }
  [[nodiscard]] std::uint64_t within(std::uint32_t seconds) const;  // how many took at most so long
  [[nodiscard]] std::optional<double> average_s() const;            // exact to the millisecond
  // Nearest rank: the smallest duration that at least `percent` of them do not exceed, in whole seconds,
  // rounded up. 1 <= percent <= 100. Nothing of none.
  [[nodiscard]] std::optional<std::uint32_t> percentile_s(std::uint32_t percent) const;

 private:
  struct Place {
    std::uint32_t s = 0, n = 0;
  };
  void put(std::uint32_t s, std::uint32_t n);

  std::vector<Place> places_;  // sorted by s
  std::uint64_t count_ = 0;
  std::int64_t sum_ms_ = 0;
};

}  // namespace bannette::calls
