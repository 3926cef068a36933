// The configuration's folder loaded anew while the service runs: read and checked on a thread of its own,
// then put in force in queue, router and console. A folder with an error changes nothing.
#pragma once
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "queue/broker/broker.hpp"
#include "router/config/load.hpp"
#include "router/core/site.hpp"
#include "router/service/service.hpp"

namespace bannette::console {

struct ReloadReport {
  bool switched = false;
  std::string before, after;              // versions; `after` is empty where the folder has errors
  std::vector<router::Finding> findings;  // of the folder
  std::vector<std::string> refused;       // French: what a running service cannot take up
  std::vector<std::string> changes;       // French: what is different
  std::vector<std::string> remarks;       // French: what stays to be done
  // Nothing stood in the way.
  [[nodiscard]] bool well() const { return refused.empty() && !router::has_errors(findings); }
};

// As openapi.json has it ("Reload").
[[nodiscard]] std::string to_json(const ReloadReport& report);

class Reloading {
 public:
  using Answer = std::function<void(bool well, std::string report)>;

  // All of them outlive it.
  struct Parts {
    broker::Broker& queue;
    router::RouterService& router;
    std::function<void(const router::Site&)> console;  // shows the new names
  };
  Reloading(std::filesystem::path config, std::shared_ptr<const router::Site> site, Parts parts);
  ~Reloading();  // stop()

  // Any thread. Answers once, on this one's thread: in order, at most a few at a time, else `busy` is the
  // answer at once. `who` is for the log.
  void ask(bool check_only, std::string who, Answer answer);
  void stop();  // what is under way ends; what waits is answered with a refusal. Twice is harmless

 private:
  struct Asked {
    bool check_only = false;
    std::string who;
    Answer answer;
  };
  void run();
  ReloadReport serve(const Asked& asked);
  void put_in_force(const std::shared_ptr<const router::Site>& fresh, ReloadReport& report);

  std::filesystem::path config_;
  std::shared_ptr<const router::Site> site_;
  Parts parts_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Asked> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bannette::console
