#include "queue/session/sessions.hpp"

#include <algorithm>

#include "queue/core/utf8.hpp"

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
  const auto its_own = std::count_if(sessions_.begin(), sessions_.end(), [&](const auto& each) {
    return each.second.who.principal == who.principal;
  });
  const bool too_many =
      who.kind == Authority::Kind::unit && std::cmp_greater_equal(its_own, limits::sessions_of_unit);
  if (!sessions_.contains(peer) && (too_many || sessions_.size() >= limits::sessions))
    return Refusal{Code::busy, "", "Trop de sessions ouvertes : réessayez plus tard."};
  Session& session = sessions_[peer];
  session = Session{};
  session.who = who;
  session.heartbeat_ms = heartbeat;
  session.heard_ms = now_ms;
  session.program = cut(hello.program, limits::code);
  silence_ms_ = std::min(silence_ms_, silent_at(session));
  return &session;
}

Result<Session*> Sessions::heard(const Peer& peer, const Authority& who, std::int64_t now_ms) {
  const auto found = sessions_.find(peer);
  if (found == sessions_.end() || found->second.who.principal != who.principal)
    return Refusal{Code::not_authenticated, "", "Session inconnue : commencez par HELLO."};
  found->second.heard_ms = now_ms;
  return &found->second;
}

std::int64_t Sessions::silent_at(const Session& session) {
  return session.heard_ms + session.heartbeat_ms * limits::heartbeats_missed + 1;
}

std::vector<Peer> Sessions::expire(std::int64_t now_ms) {
  std::vector<Peer> gone;
  if (now_ms < silence_ms_) return gone;  // a message only ever puts a session's end off
  silence_ms_ = kNever;
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    const std::int64_t end = silent_at(at->second);
    if (end > now_ms) {
      silence_ms_ = std::min(silence_ms_, end);
      ++at;
      continue;
    }
    gone.push_back(at->first);
    at = sessions_.erase(at);
  }
  return gone;
}

Result<void> Sessions::subscribe(Session& session, std::set<std::string, std::less<>> bannettes,
                                 std::uint32_t credit) {
  if (credit == 0 || credit > limits::credit)
    return Refusal{Code::malformed, "subscribe.credit", "Le crédit doit être compris entre 1 et 1000."};
  session.subscribed = true;
  session.bannettes = std::move(bannettes);
  session.credit = credit;
  session.missed = 0;
  return {};
}

void Sessions::give_credit(Session& session, std::uint32_t credit) {
  session.credit = std::min<std::uint32_t>(limits::credit, session.credit + std::min(credit, limits::credit));
}

bool Sessions::add_credit(Session& session, std::uint32_t credit) {
  give_credit(session, credit);
  return session.credit != 0 && std::exchange(session.missed, 0) != 0;
}

namespace {

bool concerns(const Session& session, std::span<const std::string_view> bannettes) {
  if (bannettes.empty()) return may_read_events(session.who);
  return std::any_of(bannettes.begin(), bannettes.end(), [&](std::string_view bannette) {
    return may_list(session.who, bannette) &&
           (session.bannettes.empty() || session.bannettes.contains(bannette));
  });
}

void miss(Session& session, std::int64_t now_ms) {
  if (session.missed++ == 0) session.missed_since_ms = now_ms;
}

}  // namespace

std::vector<Peer> Sessions::watchers(std::span<const std::string_view> bannettes, std::int64_t now_ms) {
  std::vector<Peer> told;
  for (auto& [peer, session] : sessions_) {
    if (!session.subscribed || !concerns(session, bannettes)) continue;
    if (session.credit == 0) {
      miss(session, now_ms);
      ++missed_;
      continue;
    }
    --session.credit;
    told.push_back(peer);
  }
  return told;
}

std::vector<const Session*> Sessions::slow(std::size_t most) const {
  std::vector<const Session*> all;
  for (const auto& [peer, session] : sessions_)
    if (session.missed != 0) all.push_back(&session);
  std::sort(all.begin(), all.end(),
            [](const Session* a, const Session* b) { return a->missed_since_ms < b->missed_since_ms; });
  if (all.size() > most) all.resize(most);
  return all;
}

void Sessions::not_sent(const Peer& peer, std::int64_t now_ms) {
  const auto found = sessions_.find(peer);
  if (found == sessions_.end() || !found->second.subscribed) return;
  miss(found->second, now_ms);
  if (found->second.credit < limits::credit) ++found->second.credit;
}

}  // namespace bannette::session
