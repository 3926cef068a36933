// `bannette replay` beside the running service, for the administrator's screen: past calls decided by another
// configuration. One at a time, on a thread of its own that others go before; reads only, and shows nothing
// personal.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "agent-console/cli/configurations.hpp"
#include "agent-console/server/administration.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::console {

class DryRun {
 public:
  static constexpr std::uint64_t kCalls = 200'000;  // the newest, of one run; it says when there were more
  static constexpr std::size_t kListed = 200;       // of each list; all are counted

  // `kept` outlives it.
  DryRun(std::filesystem::path config, std::filesystem::path data, const seal::Key& master,
         Configurations& kept);
  ~DryRun();  // stop()
  DryRun(const DryRun&) = delete;
  DryRun& operator=(const DryRun&) = delete;

  // Refused: one is under way (bad_state), there is no kept configuration of this number (not_found), the
  // service stops (unavailable).
  [[nodiscard]] Result<void> start(const DryRunWish& wish);
  void cancel();  // the one under way ends at the next call, without a result. None: nothing happens
  [[nodiscard]] std::string state() const;  // JSON, as openapi.json has it ("DryRun")
  void stop();                              // cancels and waits; twice is harmless

 private:
  enum class Stand : std::uint8_t { none, running, done, cancelled, failed };
  struct State;
  void run(const DryRunWish& wish, const std::filesystem::path& folder);
  void replay(const DryRunWish& wish, const std::filesystem::path& folder);
  void put_down(const DryRunWish& wish);

  std::filesystem::path config_, data_;
  seal::Key master_;
  Configurations& kept_;
  std::atomic<bool> cancelled_{false};
  mutable std::mutex mutex_;
  std::unique_ptr<State> state_;  // with the mutex, as what follows
  std::thread thread_;
  bool stopping_ = false;
};

}  // namespace bannette::console
