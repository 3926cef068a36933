#include "queue/session/client_session.hpp"

#include <algorithm>

namespace bannette::session {

Actions ClientSession::greet(std::int64_t now_ms) {
  state_ = State::greeting;
  next_beat_ms_ = now_ms + heartbeat_ms_;
  return {SendHello{}};
}

Actions ClientSession::start(std::int64_t now_ms) {
  heard_ms_ = now_ms;
  return greet(now_ms);
}

Actions ClientSession::ask(std::uint64_t id, std::int64_t deadline_ms) {
  asked_.emplace(id, deadline_ms);
  if (state_ == State::open) return {SendRequest{id}};
  return {};
}

Actions ClientSession::welcome(std::int64_t now_ms) {
  heard_ms_ = now_ms;
  if (state_ != State::greeting) return {};
  state_ = State::open;
  next_beat_ms_ = now_ms + heartbeat_ms_;
  // The server answers a repeated key with the first receipt: asking again is safe.
  Actions actions{TellUp{}};
  for (const auto& [id, deadline] : asked_) actions.push_back(SendRequest{id});
  return actions;
}

Actions ClientSession::not_authenticated(std::int64_t now_ms) {
  heard_ms_ = now_ms;
  if (state_ != State::open) return {};
  Actions actions = greet(now_ms);
  actions.insert(actions.begin(), TellDown{});
  return actions;
}

Actions ClientSession::reply(std::uint64_t id, std::int64_t now_ms) {
  heard_ms_ = now_ms;
  if (asked_.erase(id) == 0) return {};
  return {GiveAnswer{id}};
}

Actions ClientSession::tick(std::int64_t now_ms) {
  Actions actions;
  while (!asked_.empty() && asked_.begin()->second <= now_ms) {
    actions.push_back(GiveTimeout{asked_.begin()->first});
    asked_.erase(asked_.begin());
  }
  if (state_ == State::idle) return actions;
  if (state_ == State::open && now_ms - heard_ms_ > heartbeat_ms_ * limits::heartbeats_missed) {
    actions.push_back(TellDown{});
    actions.push_back(SendHello{});
    greet(now_ms);
  } else if (now_ms >= next_beat_ms_) {
    next_beat_ms_ = now_ms + heartbeat_ms_;
    if (state_ == State::open)
      actions.push_back(SendHeartbeat{});
    else
      actions.push_back(SendHello{});
  }
  return actions;
}

std::int64_t ClientSession::next_tick_ms() const {
  // A link has one timeout for all, so deadlines grow with ids.
  return asked_.empty() ? next_beat_ms_ : std::min(next_beat_ms_, asked_.begin()->second);
}

}  // namespace bannette::session
