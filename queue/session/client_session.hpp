// The client's side of a session: greets, beats, remembers what it asked, notices silence, asks again after a
// loss. Pure: the shell keeps the messages by their number and obeys the actions. Times on the boot clock.
#pragma once
#include <cstdint>
#include <map>
#include <variant>
#include <vector>

#include "queue/core/limits.hpp"

namespace bannette::session {

struct SendHello {
  bool operator==(const SendHello&) const = default;
};
struct SendHeartbeat {
  bool operator==(const SendHeartbeat&) const = default;
};
struct SendRequest {
  std::uint64_t id;
  bool operator==(const SendRequest&) const = default;
};
struct GiveAnswer {
  std::uint64_t id;
  bool operator==(const GiveAnswer&) const = default;
};  // the message just heard
struct GiveTimeout {
  std::uint64_t id;
  bool operator==(const GiveTimeout&) const = default;
};
struct TellUp {
  bool operator==(const TellUp&) const = default;
};
struct TellDown {
  bool operator==(const TellDown&) const = default;
};
using Action = std::variant<SendHello, SendHeartbeat, SendRequest, GiveAnswer, GiveTimeout, TellUp, TellDown>;
using Actions = std::vector<Action>;

class ClientSession {
 public:
  explicit ClientSession(std::int64_t heartbeat_ms = limits::heartbeat_min) : heartbeat_ms_(heartbeat_ms) {}

  Actions start(std::int64_t now_ms);
  // Sent at once when open, else after WELCOME. Ids and deadlines grow: a link has one timeout for all.
  Actions ask(std::uint64_t id, std::int64_t deadline_ms);
  Actions welcome(std::int64_t now_ms);
  Actions not_authenticated(std::int64_t now_ms);          // the server lost us: greet again
  Actions reply(std::uint64_t id, std::int64_t now_ms);    // late or unknown: nothing
  void heard(std::int64_t now_ms) { heard_ms_ = now_ms; }  // heartbeat, delivery
  Actions tick(std::int64_t now_ms);
  [[nodiscard]] std::int64_t next_tick_ms() const;
  [[nodiscard]] bool open() const { return state_ == State::open; }

 private:
  enum class State { idle, greeting, open };
  Actions greet(std::int64_t now_ms);

  State state_ = State::idle;
  std::int64_t heartbeat_ms_;
  std::int64_t heard_ms_ = 0;
  std::int64_t next_beat_ms_ = 0;
  std::map<std::uint64_t, std::int64_t> asked_;  // id -> deadline; ids grow, so resending keeps the order
};

}  // namespace bannette::session
