// When the next batch starts. Whoever was just answered asks again at once, as a rule. A batch that starts
// without them makes them wait for two syncs instead of one: where the sync is what takes long, half of what
// could share a sync does. So the next batch waits for as many as were just answered, but never longer than a
// small part of what a sync takes. Pure; times in microseconds on any clock that does not jump.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace bannette::session {

class Gather {
 public:
  static constexpr std::int64_t kMost = 1'000;  // microseconds that a batch waits
  static constexpr std::int64_t kShare = 4;     // of the sync's time: a quarter

  // A batch of `committed` ended, which took `took_us`; `filling` wait for the next one already.
  void ended(std::int64_t now_us, std::int64_t took_us, std::size_t committed, std::size_t filling) {
    // The shortest commit of late is nearly all sync; it is forgotten slowly, since disks change.
    sync_us_ = sync_us_ == 0 || took_us < sync_us_ ? took_us : sync_us_ + (took_us - sync_us_) / 64;
    until_us_ = now_us + std::min(kMost, sync_us_ / kShare);
    expected_ = committed + filling;
  }

  // How long a batch of `filling` has to wait; 0: it starts.
  [[nodiscard]] std::int64_t wait_us(std::int64_t now_us, std::size_t filling) const {
    if (filling >= expected_) return 0;
    return std::max<std::int64_t>(0, until_us_ - now_us);
  }

 private:
  std::int64_t sync_us_ = 0;
  std::int64_t until_us_ = 0;
  std::size_t expected_ = 0;
};

}  // namespace bannette::session
