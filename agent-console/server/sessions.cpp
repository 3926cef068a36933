#include "agent-console/server/sessions.hpp"

#include <algorithm>

namespace bannette::console {

void Sessions::end_oldest(const std::string* of_account) {
  auto oldest = sessions_.end();
  for (auto at = sessions_.begin(); at != sessions_.end(); ++at) {
    if (of_account && at->second->account != *of_account) continue;
    if (oldest == sessions_.end() || at->second->seen < oldest->second->seen) oldest = at;
  }
  if (oldest == sessions_.end()) return;
  oldest->second->ended = true;
  sessions_.erase(oldest);
}

Sessions::Opened Sessions::open(const Account& account, const std::string& address, SteadyTime now) {
  const std::string& name = account.person.name;
  const auto own = std::count_if(sessions_.begin(), sessions_.end(),
                                 [&](const auto& each) { return each.second->account == name; });
  if (static_cast<std::size_t>(own) >= limits_.sessions_per_account) end_oldest(&name);
  if (sessions_.size() >= limits_.sessions) end_oldest(nullptr);
  Opened opened{random_secret(), std::make_shared<Session>()};
  opened.session->number = ++last_number_;
  opened.session->account = name;
  opened.session->address = address;
  opened.session->version = account.version;
  opened.session->csrf = random_secret();
  opened.session->opened = opened.session->acted = opened.session->walled = opened.session->seen = now;
  sessions_.emplace(digest_of(opened.cookie), opened.session);
  return opened;
}

bool Sessions::act(const std::shared_ptr<Session>& session, std::chrono::seconds ago, SteadyTime now) {
  if (only_walled(*session, now)) {
    close(session);
    return false;
  }
  session->acted = std::max(session->acted, now - std::min<SteadyTime::duration>(ago, limits_.session_idle));
  return true;
}

Sessions::Left Sessions::left(const Session& session, SteadyTime now) const {
  const auto until = [now](SteadyTime end) {
    return std::max(std::chrono::seconds(0), std::chrono::floor<std::chrono::seconds>(end - now));
  };
  return {until(std::max(session.acted, session.walled) + limits_.session_idle),
          until(session.opened + limits_.session_age)};
}

bool Sessions::over(const Session& session, const Register& accounts, SteadyTime now) const {
  if (now - session.opened >= limits_.session_age) return true;
  if (now - std::max(session.acted, session.walled) >= limits_.session_idle) return true;
  const auto account = accounts.people.find(session.account);
  return account == accounts.people.end() || account->second.disabled ||
         account->second.version != session.version;
}

std::shared_ptr<Session> Sessions::find(const std::string& cookie, const Register& accounts, SteadyTime now) {
  const auto at = sessions_.find(digest_of(cookie));
  if (at == sessions_.end()) return nullptr;
  if (over(*at->second, accounts, now)) {
    at->second->ended = true;
    sessions_.erase(at);
    return nullptr;
  }
  at->second->seen = now;
  return at->second;
}

bool Sessions::seen_since(const std::string& account, SteadyTime then) const {
  return std::any_of(sessions_.begin(), sessions_.end(), [&](const auto& each) {
    return each.second->account == account && each.second->seen >= then;
  });
}

void Sessions::close(const std::shared_ptr<Session>& session) {
  session->ended = true;
  std::erase_if(sessions_, [&](const auto& each) { return each.second == session; });
}

std::vector<std::shared_ptr<const Session>> Sessions::all() const {
  std::vector<std::shared_ptr<const Session>> list;
  for (const auto& [digest, session] : sessions_) list.push_back(session);
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a->number < b->number; });
  return list;
}

std::map<std::string, std::size_t> Sessions::per_account() const {
  std::map<std::string, std::size_t> counts;
  for (const auto& [digest, session] : sessions_) ++counts[session->account];
  return counts;
}

std::optional<std::string> Sessions::revoke(std::uint64_t number) {
  const auto at = std::find_if(sessions_.begin(), sessions_.end(),
                               [&](const auto& each) { return each.second->number == number; });
  if (at == sessions_.end()) return std::nullopt;
  at->second->ended = true;
  std::string account = at->second->account;
  sessions_.erase(at);
  return account;
}

std::size_t Sessions::revoke_all(const std::string& account) {
  return std::erase_if(sessions_, [&](const auto& each) {
    if (each.second->account != account) return false;
    each.second->ended = true;
    return true;
  });
}

void Sessions::sweep(const Register& accounts, SteadyTime now) {
  std::erase_if(sessions_, [&](const auto& each) {
    if (!over(*each.second, accounts, now)) return false;
    each.second->ended = true;
    return true;
  });
}

}  // namespace bannette::console
