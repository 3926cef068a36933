#include "queue/broker/committer.hpp"

#include <chrono>

#include <spdlog/spdlog.h>

#include "queue/system/thread_name.hpp"
namespace bannette::broker {
namespace {

constexpr std::chrono::milliseconds kHeadSync{1'000};
constexpr std::chrono::milliseconds kBrief{2};   // without a batch: work that takes a moment may be done
constexpr std::chrono::milliseconds kWatch{10};  // between two looks while batches are committed elsewhere
constexpr std::chrono::milliseconds kLasting{1'000};  // nothing is going on
constexpr std::chrono::milliseconds kBetweenChecks{20};
constexpr std::size_t kVerify = 256;  // records checked between two looks for a batch

}  // namespace

Committer::Committer(journal::Journal& journal, std::function<void(const std::string&)> broken,
                     std::function<void()> stand_in)
    : journal_(journal),
      broken_(std::move(broken)),
      stand_in_(std::move(stand_in)),
      thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Committer::commit(std::vector<journal::Entry> batch) {
  {
    const std::lock_guard lock(mutex_);
    batch_ = std::move(batch);
  }
  changed_.notify_all();
}

bool Committer::commit_here(std::vector<journal::Entry>& batch) {
  const std::unique_lock turn(turn_, std::try_to_lock);
  if (!turn) return false;
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    here_since_ = Clock::now();
    wake = std::exchange(sleeps_, false);
  }
  if (wake) changed_.notify_all();
  auto result = append(std::move(batch));
  std::unique_lock lock(mutex_);
  here_since_.reset();
  last_batch_ = Clock::now();
  result_ = std::move(result);
  if (standing_in_) {
    wake_.signal();
    changed_.wait(lock, [this] { return !standing_in_; });
  }
  return true;
}

bool Committer::committing_here() const {
  const std::lock_guard lock(mutex_);
  return here_since_.has_value();
}

std::optional<Committer::Result> Committer::result() {
  wake_.clear();
  const std::lock_guard lock(mutex_);
  return std::exchange(result_, std::nullopt);
}

void Committer::tell_broken(const std::string& what) {
  if (!told_.exchange(true)) broken_(what);
}

// Nothing where the journal is broken: then the batch never ends, neither way.
std::optional<Committer::Result> Committer::append(std::vector<journal::Entry> batch) {
  Result result;
  try {
    result.durable_seq = journal_.append(batch).seq;
    dirty_head_ = true;
  } catch (const journal::DiskFull& full) {
    spdlog::error("disk full: {}", full.what());
    result.full = true;
  } catch (const journal::Damaged& damage) {
    spdlog::critical("journal: {}", damage.what());
    result.damaged = true;
    damaged_ = true;
  } catch (const std::exception& error) {
    tell_broken(error.what());
    return std::nullopt;
  }
  result.batch = std::move(batch);
  return result;
}

// The owner's thread is in a commit that does not end: answers whether its work was done here meanwhile.
bool Committer::stood_in() {
  {
    const std::lock_guard lock(mutex_);
    if (!here_since_ || Clock::now() - *here_since_ < kPatience) return false;
    standing_in_ = true;
  }
  stand_in_();
  {
    const std::lock_guard lock(mutex_);
    standing_in_ = false;
  }
  changed_.notify_all();
  return true;
}

// Anything but a batch, at a moment when none waits. Answers how long nothing more is to be done. All of it
// may wait for the disk: meanwhile the owner hands its batches over, so that one of the two is free.
std::chrono::milliseconds Committer::quiet_work(Clock::time_point now) {
  if (stood_in()) return std::chrono::milliseconds{0};
  const std::unique_lock turn(turn_, std::try_to_lock);
  if (!turn) return kWatch;
  Clock::time_point last;
  {
    const std::lock_guard lock(mutex_);
    last = last_batch_;
  }
  const bool lasting = now - last >= kLasting;
  if (now - head_synced_ >= kHeadSync) sync_head(now);
  if (journal_.tidy(lasting ? journal::Pause::lasting : journal::Pause::brief))
    return std::chrono::milliseconds{0};
  if (!lasting) return kWatch;
  return verify() ? kBetweenChecks : kLasting;
}

void Committer::sync_head(Clock::time_point now) {
  head_synced_ = now;
  if (dirty_head_.exchange(false)) journal_.sync_head();
}

// Answers whether there is more to check.
bool Committer::verify() {
  if (damaged_ || verified_ >= journal_.head().seq) return false;
  try {
    verified_ = journal_.verify_some(kVerify);
    return true;
  } catch (const journal::Damaged& damage) {
    damaged_ = true;
    spdlog::critical("journal: {}", damage.what());
    return false;
  }
}

void Committer::commit_handed(std::vector<journal::Entry> batch) {
  auto result = append(std::move(batch));
  {
    const std::lock_guard lock(mutex_);
    last_batch_ = Clock::now();
    result_ = std::move(result);
  }
  wake_.signal();
}

void Committer::run() {
  try {
    system::name_thread("queue-journal");
    std::chrono::milliseconds wait = kBrief;
    for (;;) {
      std::optional<std::vector<journal::Entry>> batch;
      {
        std::unique_lock lock(mutex_);
        const bool sleeps = sleeps_ = wait > kWatch;
        changed_.wait_for(lock, wait, [&] { return batch_ || stopping_ || sleeps_ != sleeps; });
        sleeps_ = false;
        batch = std::exchange(batch_, std::nullopt);
        if (!batch && stopping_) break;
      }
      if (!batch) {
        wait = quiet_work(Clock::now());
        continue;
      }
      const std::lock_guard turn(turn_);
      commit_handed(std::move(*batch));
      if (Clock::now() - head_synced_ >= 2 * kHeadSync) sync_head(Clock::now());  // it is never quiet
      // The answer is out: the next batch fills while this is done.
      wait = journal_.tidy(journal::Pause::none) ? std::chrono::milliseconds{0} : kBrief;
    }
    while (journal_.tidy(journal::Pause::lasting)) {
    }
    if (dirty_head_) journal_.sync_head();
  } catch (const std::exception& error) {
    tell_broken(error.what());
  }
}

}  // namespace bannette::broker
