#include "queue/broker/committer.hpp"

#include <chrono>

#include <spdlog/spdlog.h>

namespace bannette::broker {
namespace {

constexpr std::chrono::seconds kHeadSync{1};
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

void Committer::idle_work() {
  if (std::exchange(dirty_head_, false)) journal_.sync_head();
  if (damaged_ || verified_ >= journal_.head().seq) return;
  try {
    verified_ = journal_.verify_some(kVerify);
  } catch (const journal::Damaged& damage) {
    damaged_ = true;
    spdlog::critical("journal: {}", damage.what());
  }
}

void Committer::run() {
  try {
    auto synced = std::chrono::steady_clock::now();
    for (;;) {
      std::optional<std::vector<journal::Entry>> batch;
      {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kHeadSync, [this] { return batch_ || stopping_; });
        batch = std::exchange(batch_, std::nullopt);
        if (!batch && stopping_) break;
      }
      if (batch) {
        Result result;
        try {
          result.durable_seq = journal_.append(*batch).seq;
          dirty_head_ = true;
        } catch (const journal::DiskFull& full) {
          spdlog::error("disk full: {}", full.what());
          result.full = true;
        } catch (const journal::Damaged& damage) {
          spdlog::critical("journal: {}", damage.what());
          result.damaged = true;
          damaged_ = true;
        }
        result.batch = std::move(*batch);
        {
          const std::lock_guard lock(mutex_);
          result_ = std::move(result);
        }
        wake_.signal();
      }
      const auto now = std::chrono::steady_clock::now();
      if (!batch || now - synced >= kHeadSync) {
        idle_work();
        synced = now;
      }
    }
    if (dirty_head_) journal_.sync_head();
  } catch (const std::exception& error) {
    broken_(error.what());
  }
}

}  // namespace bannette::broker
