// When the next batch starts. Pure; times in microseconds on any clock that does not jump.
//
// A batch costs a sync, and some time for each record. Where the sync is most of it, few large batches are
// best: whoever was just answered asks again at once, as a rule, and a batch that starts without them makes
// two groups that take turns, each waiting for two syncs. So it waits for as many as were just answered, a
// small part of a sync at the most. Where the records are most of it, the disk and the broker should work at
// the same time: a batch that is worth its sync starts, though more messages are there to be read.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace bannette::session {

class Gather {
 public:
  static constexpr std::int64_t kMost = 1'000;   // microseconds that a batch waits
  static constexpr std::int64_t kShare = 4;      // of the sync's time: a quarter
  static constexpr std::int64_t kBrief = 2'000;  // microseconds that its owner may be away
  static constexpr int kCrowd = 16;              // batches for which somebody who came meanwhile counts
  static constexpr std::int64_t kRecord = 5;     // microseconds: what a record takes, roughly

  // A batch of `committed` ended, which took `took_us`; `filling` wait for the next one already. `others`:
  // more came meanwhile, and was not read yet.
  void ended(std::int64_t now_us, std::int64_t took_us, std::size_t committed, std::size_t filling,
             bool others = false) {
    if (filling > 0 || others)
      crowd_ = kCrowd;
    else if (crowd_ > 0)
      --crowd_;
    const std::int64_t sync = std::max<std::int64_t>(1, took_us - work(committed));
    // The shortest of late is the sync alone; it is forgotten slowly, since disks change.
    sync_us_ = sync_us_ == 0 || sync < sync_us_ ? sync : sync_us_ + (sync - sync_us_) / 64;
    until_us_ = now_us + std::min(kMost, sync_us_ / kShare);
    expected_ = committed + filling;
  }

  // Its records take as long as the sync: nothing is lost by starting it.
  [[nodiscard]] bool worth_a_sync(std::size_t filling) const {
    return sync_us_ != 0 && work(filling) >= sync_us_;
  }

  // A commit of it is soon over, and of late nobody came while one went on: its owner may as well do it
  // itself as wake another thread for it. Unknown: no.
  [[nodiscard]] bool alone(std::size_t filling) const {
    return sync_us_ != 0 && crowd_ == 0 && sync_us_ + work(filling) <= kBrief;
  }

  // How long a batch of `filling` has to wait where no more messages are there; 0: it starts.
  [[nodiscard]] std::int64_t wait_us(std::int64_t now_us, std::size_t filling) const {
    if (filling >= expected_ || worth_a_sync(filling)) return 0;
    return std::max<std::int64_t>(0, until_us_ - now_us);
  }

 private:
  [[nodiscard]] static std::int64_t work(std::size_t records) {
    return static_cast<std::int64_t>(records) * kRecord;
  }

  std::int64_t sync_us_ = 0;
  std::int64_t until_us_ = 0;
  std::size_t expected_ = 0;
  int crowd_ = 0;
};

}  // namespace bannette::session
