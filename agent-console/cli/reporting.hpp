// Reports reckoned from the journal beside the running service, on a thread of its own that others go before:
// rows only, no content is opened.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "agent-console/core/report.hpp"
#include "queue/core/error.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::console {

class Reporting {
 public:
  static constexpr std::size_t kWaiting = 16;  // reports that wait; beyond: busy
  static constexpr std::uint64_t kDossiers =
      200'000;  // of one report, the newest; the others are counted as left out
  using Answer = std::function<void(Result<Report>)>;

  Reporting(std::filesystem::path data, const seal::Key& master, Calendar calendar);
  ~Reporting();  // stop()
  Reporting(const Reporting&) = delete;
  Reporting& operator=(const Reporting&) = delete;

  // Any thread. Answers once, in order, on this one's thread; `busy` at once where too many wait.
  void ask(ReportWish wish, Answer answer);
  void stop();  // what waits or is under way is answered with `unavailable`; twice is harmless

 private:
  struct Asked {
    ReportWish wish;
    Answer answer;
  };
  void run();
  Result<Report> reckon(ReportWish wish);

  std::filesystem::path data_;
  seal::Key master_;
  Calendar calendar_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Asked> waiting_;
  std::atomic<bool> stopping_{false};  // also ends what is under way
  std::thread thread_;
};

}  // namespace bannette::console
