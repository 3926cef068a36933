// The thread that owns drafts.db: what is asked meanwhile shares the next sync, and is answered after it.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "agent-console/drafts/store.hpp"

namespace bannette::console::drafts {

struct Options {
  std::filesystem::path file;
  seal::Key key;  // seal::Use::drafts
  Bounds bounds;
  std::size_t waiting = 256;  // beyond: busy
  std::function<std::int64_t()> wall_ms;
};

class Keeper {
 public:
  explicit Keeper(Options options);
  ~Keeper();  // stops
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  struct Job {
    // On the keeper's thread, in a transaction that others share: changes nothing where it refuses.
    std::function<void(Store&, std::int64_t now_ms)> run;
    // Once: nothing once what `run` did is durable, else why nothing was kept. On the keeper's thread, or in
    // ask() where it is refused at once.
    std::function<void(const Refusal* why)> done;
  };
  void ask(Job job);
  // Finishes what waits. Also twice.
  void stop();
  // Why drafts are not kept, in French; empty: they are. After an error of the disk nothing is kept until
  // the next start, for nobody knows what is on it.
  [[nodiscard]] std::string trouble() const;

 private:
  void run();
  void serve(std::deque<Job>& jobs);
  void fail(const std::string& why);

  Options options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  bool stopping_ = false;
  std::string trouble_;
  std::unique_ptr<Store> store_;  // of the thread
  std::thread thread_;            // the last: it uses all of these
};

}  // namespace bannette::console::drafts
