// Failed logins as lines of the audit: the first of an account by the next call of due(), those that follow
// within a minute put together, so that whoever guesses cannot fill the disk. Nothing is written while
// somebody waits for an answer: its time would tell which names exist. Names that do not exist are never
// written down: they may be a password in the wrong field. One thread.
#pragma once
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "agent-console/server/audit.hpp"
#include "agent-console/server/sessions.hpp"

namespace bannette::console {

class FailedLogins {
 public:
  // `account` exists, or is empty.
  void failed(const std::string& account, const std::string& address, SteadyTime now);
  // What is to be written: of each account the first, then what has been put together for a minute. `all`:
  // and what has not yet.
  [[nodiscard]] std::vector<AuditEntry> due(SteadyTime now, bool all = false);

 private:
  struct Guesses {
    SteadyTime since;
    std::int64_t untold = 0;
    bool told = false;    // a line of this minute is written
    std::string address;  // of the last
  };
  std::map<std::string, Guesses> by_account_;  // at most one more than there are accounts
};

}  // namespace bannette::console
