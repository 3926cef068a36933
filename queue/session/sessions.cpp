#include "queue/session/sessions.hpp"

#include <algorithm>

namespace bannette::session {

Result<const Session*> Sessions::hello(const Peer& peer, const Authority& who, const Hello& hello,
                                       std::int64_t now_ms) {
  if (hello.protocol != kProtocol)
    return Refusal{Code::unsupported_version, "hello.protocol",
                   "Ce serveur parle la version 1 du protocole."};
  const std::int64_t heartbeat = hello.heartbeat_ms == 0 ? limits::heartbeat_default : hello.heartbeat_ms;
  if (heartbeat < limits::heartbeat_min || heartbeat > limits::heartbeat_max)
    return Refusal{Code::malformed, "hello.heartbeat_ms",
                   "Le battement doit être compris entre 1 s et 60 s."};
  if (!sessions_.contains(peer) && sessions_.size() >= limits::sessions)
    return Refusal{Code::busy, "", "Trop de sessions ouvertes : réessayez plus tard."};
  Session& session = sessions_[peer];
  session = Session{};
  session.who = who;
  session.heartbeat_ms = heartbeat;
  session.heard_ms = now_ms;
  return &session;
}

Result<Session*> Sessions::heard(const Peer& peer, const Authority& who, std::int64_t now_ms) {
  const auto found = sessions_.find(peer);
  if (found == sessions_.end() || found->second.who.principal != who.principal)
    return Refusal{Code::not_authenticated, "", "Session inconnue : commencez par HELLO."};
  found->second.heard_ms = now_ms;
  return &found->second;
}

std::vector<Peer> Sessions::expire(std::int64_t now_ms) {
  std::vector<Peer> gone;
  for (const auto& [peer, session] : sessions_)
    if (now_ms - session.heard_ms > session.heartbeat_ms * limits::heartbeats_missed) gone.push_back(peer);
  for (const Peer& peer : gone) sessions_.erase(peer);
  return gone;
}

Result<void> Sessions::subscribe(Session& session, std::set<std::string> bannettes, std::uint32_t credit) {
  if (credit == 0 || credit > limits::credit)
    return Refusal{Code::malformed, "subscribe.credit", "Le crédit doit être compris entre 1 et 1000."};
  session.subscribed = true;
  session.bannettes = std::move(bannettes);
  session.credit = credit;
  session.missed = 0;
  return {};
}

bool Sessions::add_credit(Session& session, std::uint32_t credit) {
  session.credit = std::min<std::uint32_t>(limits::credit, session.credit + std::min(credit, limits::credit));
  return session.credit != 0 && std::exchange(session.missed, 0) != 0;
}

std::vector<Peer> Sessions::watchers(std::string_view bannette) {
  std::vector<Peer> told;
  for (auto& [peer, session] : sessions_) {
    if (!session.subscribed || !may_list(session.who, bannette)) continue;
    if (!session.bannettes.empty() && !session.bannettes.contains(std::string(bannette))) continue;
    if (session.credit == 0) {
      ++session.missed;
      ++missed_;
      continue;
    }
    --session.credit;
    told.push_back(peer);
  }
  return told;
}

void Sessions::not_sent(const Peer& peer) {
  const auto found = sessions_.find(peer);
  if (found == sessions_.end() || !found->second.subscribed) return;
  ++found->second.missed;
  if (found->second.credit < limits::credit) ++found->second.credit;
}

}  // namespace bannette::session
