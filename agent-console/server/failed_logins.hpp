// Failed logins as lines of the audit: the first of an account at once, those that follow within a minute put
// together, so that whoever guesses cannot fill the disk. Names that do not exist are never written down:
// they may be a password in the wrong field. One thread.
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
  // `account` exists, or is empty. What is to be written now: nothing or one line.
  [[nodiscard]] std::vector<AuditEntry> failed(const std::string& account, const std::string& address,
                                               SteadyTime now);
  // What has been put together for a minute; `all`: and what has not yet.
  [[nodiscard]] std::vector<AuditEntry> due(SteadyTime now, bool all = false);

 private:
  struct Guesses {
    SteadyTime since;
    std::int64_t more = 0;  // than the first
    std::string address;    // of the last
  };
  std::map<std::string, Guesses> by_account_;  // at most one more than there are accounts
};

}  // namespace bannette::console
