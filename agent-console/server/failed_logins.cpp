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

std::vector<AuditEntry> FailedLogins::failed(const std::string& account, const std::string& address,
                                             SteadyTime now) {
  const auto [at, first] = by_account_.try_emplace(account, Guesses{now, 0, address});
  if (first) return {entry_of(account, address, 1)};
  ++at->second.more;
  at->second.address = address;
  return {};
}

std::vector<AuditEntry> FailedLogins::due(SteadyTime now, bool all) {
  std::vector<AuditEntry> entries;
  std::erase_if(by_account_, [&](const auto& each) {
    const Guesses& guesses = each.second;
    if (!all && now - guesses.since < kTogether) return false;
    if (guesses.more > 0) entries.push_back(entry_of(each.first, guesses.address, guesses.more));
    return true;
  });
  return entries;
}

}  // namespace bannette::console
