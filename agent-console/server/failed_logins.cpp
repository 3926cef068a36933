#include "agent-console/server/failed_logins.hpp"

namespace bannette::console {
namespace {

constexpr std::chrono::seconds kTogether{60};

AuditEntry entry_of(const std::string& account, const std::string& address, std::int64_t times) {
  AuditEntry entry;
  entry.act = "login_failed";
  entry.by = {account, address};
  entry.subject = account;
  entry.detail = account.empty() ? "identifiant inconnu" : "";
  entry.times = times;
  return entry;
}

}  // namespace

void FailedLogins::failed(const std::string& account, const std::string& address, SteadyTime now) {
  Guesses& guesses = by_account_.try_emplace(account, Guesses{now, 0, false, {}}).first->second;
  ++guesses.untold;
  guesses.address = address;
}

std::vector<AuditEntry> FailedLogins::due(SteadyTime now, bool all) {
  std::vector<AuditEntry> entries;
  for (auto at = by_account_.begin(); at != by_account_.end();) {
    Guesses& guesses = at->second;
    const bool over = all || now - guesses.since >= kTogether;
    if (guesses.untold > 0 && (over || !guesses.told)) {
      entries.push_back(entry_of(at->first, guesses.address, guesses.untold));
      guesses.untold = 0;
      guesses.told = true;
    }
    at = over ? by_account_.erase(at) : std::next(at);
  }
  return entries;
}

}  // namespace bannette::console
