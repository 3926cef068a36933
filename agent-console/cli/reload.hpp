// The configuration's folder, or a kept one, loaded while the service runs: read and checked on a thread of
// its own, then put in force in queue, router and console. A folder with an error changes nothing.
#pragma once
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/json/array.hpp>

#include "agent-console/cli/configurations.hpp"
#include "agent-console/server/accounts.hpp"
#include "agent-console/server/administration.hpp"
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
[[nodiscard]] boost::json::array findings_json(const std::vector<router::Finding>& findings);

class Reloading {
 public:
  using Answer = Administration::Configured;

  // All of them outlive it.
  struct Parts {
    broker::Broker& queue;
    router::RouterService& router;
    std::function<void(const router::Site&)> console;  // shows the new names
    Configurations& kept;
    std::filesystem::path data;  // of the audit
  };
  // `site`: what is in force now, of the folder `config` or of the pinned one.
  Reloading(std::filesystem::path config, std::shared_ptr<const router::Site> site, Parts parts);
  ~Reloading();  // stop()

  // Any thread. Answers once, on this one's thread: in order, at most a few at a time, else `busy` is the
  // answer at once.
  void ask(ConfigurationWish wish, Answer answer);
  // What is kept, what is in force and why, as openapi.json has it ("Configurations"). Any thread.
  [[nodiscard]] std::string configurations() const;
  void stop();  // what is under way ends; what waits is answered with a refusal. Twice is harmless

 private:
  struct Asked {
    ConfigurationWish wish;
    Answer answer;
  };
  void run();
  ReloadReport serve(const ConfigurationWish& wish);
  // The site that is wanted, with its findings in the report; nothing where it has errors. `copy`: of the
  // folder, where it could be made.
  std::shared_ptr<const router::Site> load(const ConfigurationWish& wish,
                                           std::optional<ConfigurationCopy>& copy, ReloadReport& report);
  void switch_over(const ConfigurationWish& wish, const std::shared_ptr<const router::Site>& fresh,
                   std::optional<ConfigurationCopy>& copy, ReloadReport& report);
  void put_down(const ConfigurationWish& wish, const ReloadReport& report);
  void put_in_force(const std::shared_ptr<const router::Site>& fresh, ReloadReport& report);

  std::filesystem::path config_;
  std::shared_ptr<const router::Site> site_;
  Parts parts_;
  Accounts accounts_;         // a connection of this thread's own, for the audit
  mutable std::mutex mutex_;  // of what follows
  std::string version_;       // in force
  std::condition_variable changed_;
  std::deque<Asked> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bannette::console
