// The server's side of sessions: handshake, heartbeats, subscriptions and credit. Pure; times on the boot
// clock.
#pragma once
#include <compare>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/authority.hpp"
#include "queue/core/error.hpp"
#include "queue/core/limits.hpp"

namespace bannette::session {

inline constexpr std::uint32_t kProtocol = 1;

// A connection as the shell knows it: which socket, which routing id (the server's own choice).
struct Peer {
  int listener = 0;
  std::string route;
  auto operator<=>(const Peer&) const = default;
};

struct Session {
  Authority who;
  std::int64_t heartbeat_ms = limits::heartbeat_default;
  std::int64_t heard_ms = 0;
  bool subscribed = false;
  std::set<std::string, std::less<>> bannettes;  // empty: all that it may list
  std::uint32_t credit = 0;
  std::uint64_t missed = 0;          // hints not sent since the credit ended
  std::int64_t missed_since_ms = 0;  // when the oldest of them was
  std::string program;               // as HELLO says, for people
};

struct Hello {
  std::uint32_t protocol = 0;
  std::uint32_t heartbeat_ms = 0;  // 0: the server's choice
  std::string program = {};        // at most limits::code bytes are kept
};

class Sessions {
 public:
  // Opens, or opens again (subscriptions are forgotten). Refused: another protocol, a heartbeat out of
  // bounds, too many.
  Result<const Session*> hello(const Peer& peer, const Authority& who, const Hello& hello,
                               std::int64_t now_ms);

  // Anything else that arrives. Refused with not_authenticated when there was no HELLO, or another key speaks
  // now.
  Result<Session*> heard(const Peer& peer, const Authority& who, std::int64_t now_ms);

  // Forgets sessions that were silent for three heartbeats.
  std::vector<Peer> expire(std::int64_t now_ms);
  // Before that expire() has nothing to do; it may be early. All sessions are looked at only then.
  [[nodiscard]] std::int64_t next_silence_ms() const { return silence_ms_; }
  void forget(const Peer& peer) { sessions_.erase(peer); }

  static Result<void> subscribe(Session& session, std::set<std::string, std::less<>> bannettes,
                                std::uint32_t credit);
  static void give_credit(Session& session, std::uint32_t credit);
  // The same. True: hints were missed before; the consumer must be told to pull.
  static bool add_credit(Session& session, std::uint32_t credit);

  // Who is to be told of a change that concerns these bannettes (none: the site); takes one credit of each.
  std::vector<Peer> watchers(std::span<const std::string_view> bannettes, std::int64_t now_ms);

  // Subscribers with hints that were not sent, the oldest first, at most `most`.
  [[nodiscard]] std::vector<const Session*> slow(std::size_t most) const;

  // A hint for which credit was taken, and which is not sent after all.
  void not_sent(const Peer& peer, std::int64_t now_ms);

  [[nodiscard]] std::uint64_t missed() const { return missed_; }  // hints not sent for want of credit
  [[nodiscard]] std::size_t size() const { return sessions_.size(); }
  [[nodiscard]] const std::map<Peer, Session>& all() const { return sessions_; }

 private:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  [[nodiscard]] static std::int64_t silent_at(const Session& session);

  std::map<Peer, Session> sessions_;
  std::int64_t silence_ms_ = kNever;
  std::uint64_t missed_ = 0;
};

}  // namespace bannette::session
