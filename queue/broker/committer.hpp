// The journal's second pair of hands. A batch is committed on the thread of the state machine's owner where
// that is short (commit_here: two wake-ups less), else on a thread of its own, so that the owner goes on
// reading. That thread also does what commits put off, keeps the head file synced and checks the chain when
// it is quiet; and where a commit on the owner's thread does not end soon, it does the owner's work
// meanwhile.
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
  // `broken` is called once, on the thread that finds it, for anything but a full disk: it must end the
  // process (a failed sync is never answered, neither ok nor refused).
  // `stand_in` is called on the committer's thread when commit_here() has lasted for kPatience: it has the
  // owner's state to itself until it returns, which it must do soon after committing_here() is false.
  Committer(journal::Journal& journal, std::function<void(const std::string&)> broken,
            std::function<void()> stand_in);
  ~Committer();  // finishes the batch that it has

  static constexpr std::chrono::milliseconds kPatience{50};

  struct Result {
    std::uint64_t durable_seq = 0;
    bool full = false;     // no room: nothing of the batch was kept
    bool damaged = false;  // a dossier that the batch touches is damaged on the disk: nothing was kept
    // Given back, so that its memory is freed where it was allocated, once the answers have left.
    std::vector<journal::Entry> batch;
    [[nodiscard]] bool kept() const { return !full && !damaged; }
  };
  // Both only when the last one ended. Now, on this thread, unless the journal is at other work: then false,
  // and the batch is as it was.
  [[nodiscard]] bool commit_here(std::vector<journal::Entry>& batch);
  void commit(std::vector<journal::Entry> batch);
  [[nodiscard]] std::optional<Result> result();  // once for each commit
  [[nodiscard]] bool committing_here() const;
  // Something read was not what was written. The service goes on with what is whole: what is damaged is never
  // served.
  [[nodiscard]] bool damaged() const { return damaged_; }
  // The space that is kept for a full disk is in use: no new dossiers are to be taken.
  [[nodiscard]] bool tight() const { return journal_.tight(); }
  [[nodiscard]] int fd() const { return wake_.fd(); }  // readable when a commit() ended

 private:
  using Clock = std::chrono::steady_clock;
  void run();
  [[nodiscard]] std::optional<Result> append(std::vector<journal::Entry> batch);
  void tell_broken(const std::string& what);
  void commit_handed(std::vector<journal::Entry> batch);
  bool stood_in();
  std::chrono::milliseconds quiet_work(Clock::time_point now);
  void sync_head(Clock::time_point now);
  bool verify();

  journal::Journal& journal_;
  std::function<void(const std::string&)> broken_;
  std::function<void()> stand_in_;
  system::Wake wake_;
  std::mutex turn_;           // of what may wait for the disk
  mutable std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::optional<std::vector<journal::Entry>> batch_;
  std::optional<Result> result_;
  std::optional<Clock::time_point> here_since_;  // commit_here() is under way
  Clock::time_point last_batch_ = Clock::now();
  bool standing_in_ = false;
  bool sleeps_ = false;  // the committer's thread, for longer than it should while there is work
  bool stopping_ = false;

  std::atomic<bool> damaged_{false};
  std::atomic<bool> dirty_head_{false};
  std::atomic<bool> told_{false};
  // the committer's thread
  Clock::time_point head_synced_ = Clock::now();
  std::uint64_t verified_ = 0;
  std::thread thread_;
};

}  // namespace bannette::broker
