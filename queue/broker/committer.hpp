// The journal's thread: commits one batch at a time; between batches it does what commits put off, keeps the
// head file synced, and checks the chain when it is quiet.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "queue/journal/journal.hpp"
#include "queue/system/wake.hpp"

namespace bannette::broker {

class Committer {
 public:
  // `broken` is called once, on this thread, for anything but a full disk: it must end the process (a failed
  // sync is never answered, neither ok nor refused).
  Committer(journal::Journal& journal, std::function<void(const std::string&)> broken);
  ~Committer();  // finishes the batch that it has

  struct Result {
    std::uint64_t durable_seq = 0;
    bool full = false;     // no room: nothing of the batch was kept
    bool damaged = false;  // a dossier that the batch touches is damaged on the disk: nothing was kept
    // Given back, so that its memory is freed where it was allocated, once the answers have left.
    std::vector<journal::Entry> batch;
    [[nodiscard]] bool kept() const { return !full && !damaged; }
  };
  void commit(std::vector<journal::Entry> batch);  // only when the last one ended
  [[nodiscard]] std::optional<Result> result();    // once for each commit
  // Something read was not what was written. The service goes on with what is whole: what is damaged is never
  // served.
  [[nodiscard]] bool damaged() const { return damaged_; }
  // The space that is kept for a full disk is in use: no new dossiers are to be taken.
  [[nodiscard]] bool tight() const { return journal_.tight(); }
  [[nodiscard]] int fd() const { return wake_.fd(); }  // readable when a commit ended

 private:
  using Clock = std::chrono::steady_clock;
  void run();
  void commit_now(std::vector<journal::Entry> batch);
  std::chrono::milliseconds quiet_work(Clock::time_point now);
  void sync_head(Clock::time_point now);
  bool verify();

  journal::Journal& journal_;
  std::function<void(const std::string&)> broken_;
  system::Wake wake_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::vector<journal::Entry>> batch_;
  std::optional<Result> result_;
  std::atomic<bool> damaged_{false};
  bool stopping_ = false;
  // the committer's thread
  Clock::time_point last_batch_ = Clock::now();
  Clock::time_point head_synced_ = Clock::now();
  bool dirty_head_ = false;
  std::uint64_t verified_ = 0;
  std::thread thread_;
};

}  // namespace bannette::broker
