#include "queue/broker/committer.hpp"

#include <chrono>

#include <spdlog/spdlog.h>

namespace bannette::broker {
namespace {

constexpr std::chrono::milliseconds kHeadSync{1'000};
constexpr std::chrono::milliseconds kBrief{2};        // without a batch: work that takes a moment may be done
constexpr std::chrono::milliseconds kLasting{1'000};  // nothing is going on
constexpr std::chrono::milliseconds kBetweenChecks{20};
constexpr std::size_t kVerify = 256;  // records checked between two looks for a batch

}  // namespace

Committer::Committer(journal::Journal& journal, std::function<void(const std::string&)> broken)
    : journal_(journal), broken_(std::move(broken)), thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Committer::commit(std::vector<journal::Entry> batch) {
  {
    const std::lock_guard lock(mutex_);
    batch_ = std::move(batch);
  }
  changed_.notify_one();
}

std::optional<Committer::Result> Committer::result() {
  wake_.clear();
  const std::lock_guard lock(mutex_);
  return std::exchange(result_, std::nullopt);
}

// Anything but a batch, at a moment when none waits. Answers how long nothing more is to be done.
std::chrono::milliseconds Committer::quiet_work(Clock::time_point now) {
  const bool lasting = now - last_batch_ >= kLasting;
  if (now - head_synced_ >= kHeadSync) {
    sync_head(now);
    return std::chrono::milliseconds{0};
  }
  if (journal_.tidy(lasting ? journal::Pause::lasting : journal::Pause::brief))
    return std::chrono::milliseconds{0};
  if (!lasting)
    return std::chrono::ceil<std::chrono::milliseconds>(last_batch_ + kLasting -
                                                        now);  // no work comes by itself
  return verify() ? kBetweenChecks : kLasting;
}

void Committer::sync_head(Clock::time_point now) {
  head_synced_ = now;
  if (std::exchange(dirty_head_, false)) journal_.sync_head();
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

void Committer::commit_now(std::vector<journal::Entry> batch) {
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
  }
  result.batch = std::move(batch);
  {
    const std::lock_guard lock(mutex_);
    result_ = std::move(result);
  }
  wake_.signal();
}

void Committer::run() {
  try {
    std::chrono::milliseconds wait = kBrief;
    for (;;) {
      std::optional<std::vector<journal::Entry>> batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, wait, [this] { return batch_ || stopping_; });
        batch = std::exchange(batch_, std::nullopt);
        if (!batch && stopping_) break;
      }
      if (!batch) {
        wait = quiet_work(Clock::now());
        continue;
      }
      commit_now(std::move(*batch));
      last_batch_ = Clock::now();
      if (last_batch_ - head_synced_ >= 2 * kHeadSync) sync_head(last_batch_);  // it is never quiet
      // The answer is out: the next batch fills while this is done.
      wait = journal_.tidy(journal::Pause::none) ? std::chrono::milliseconds{0} : kBrief;
    }
    while (journal_.tidy(journal::Pause::lasting)) {
    }
    if (dirty_head_) journal_.sync_head();
  } catch (const std::exception& error) {
    broken_(error.what());
  }
}

}  // namespace bannette::broker
