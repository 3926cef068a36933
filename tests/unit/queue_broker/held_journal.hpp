// A journal that keeps nothing, whose append and tidy end when the test says so.
#pragma once
#include <atomic>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "queue/journal/journal.hpp"

namespace bannette::test {

class HeldJournal final : public journal::Journal {
 public:
  journal::Head append(std::span<const journal::Entry> batch) override {
    appended_by = std::this_thread::get_id();
    std::shared_future<void> until;
    {
      const std::lock_guard lock(mutex_);
      until = std::exchange(append_until_, {});
    }
    if (until.valid()) {
      held_.set_value();
      until.wait();
    }
    if (fails) throw journal::Broken("the sync failed");
    seq += batch.size();
    return {seq, {}};
  }
  bool tidy(journal::Pause) override {
    tidied.set_value();
    tidied = {};
    if (tidy_until.valid()) std::exchange(tidy_until, {}).wait();
    return false;
  }
  journal::Head head() const override { return {}; }
  std::uint64_t epoch() const override { return 1; }
  std::uint64_t last_number() const override { return 0; }
  void load(const std::function<void(const Dossier&)>&, std::int64_t,
            const std::function<void(const Change&)>&, const std::function<void(const Change&)>&) override {}
  std::vector<Change> since(std::uint64_t, std::size_t) override { return {}; }
  std::optional<Dossier> dossier(std::uint64_t) override { return {}; }
  std::optional<std::string> content(std::uint64_t) override { return {}; }
  std::vector<journal::Past> history(std::uint64_t, std::size_t) override { return {}; }
  std::vector<std::uint64_t> by_contact(const std::string&, std::size_t) override { return {}; }
  bool erased(std::uint64_t) override { return false; }
  void erase(std::uint64_t) override {}
  void sync_head() override {
    if (!sync_until.valid()) return;
    syncing.set_value();
    std::exchange(sync_until, {}).wait();
  }
  std::uint64_t verify_some(std::size_t) override { return 0; }

  // The next append lasts until then. Answers when it has begun.
  [[nodiscard]] std::future<void> hold_append(std::shared_future<void> until) {
    const std::lock_guard lock(mutex_);
    append_until_ = std::move(until);
    held_ = {};
    return held_.get_future();
  }

  std::shared_future<void> tidy_until, sync_until;
  std::promise<void> tidied, syncing;
  std::atomic<std::thread::id> appended_by;
  std::uint64_t seq = 0;
  bool fails = false;

 private:
  std::mutex mutex_;
  std::shared_future<void> append_until_;
  std::promise<void> held_;
};

}  // namespace bannette::test
