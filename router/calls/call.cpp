#include "router/calls/call.hpp"

#include <algorithm>

namespace bannette::calls {

namespace {

bool rings_now(const Leg& leg) {
  return std::ranges::any_of(
      leg.rings, [](const Ring& r) { return r.end == Ring::End::ringing || r.end == Ring::End::answered; });
}

// It has left its place in the queue, and whether to a post is not told yet (QueueCallerLeave comes before
// AgentConnect).
bool between(const Leg& leg) {
  return leg.left && !leg.line_ended && !leg.connected && !leg.went_on && !leg.gone && rings_now(leg);
}

State unanswered(const Call& call, std::int64_t short_ms) {
  const auto& leg = call.legs.back();
  switch (leg.outcome()) {
    case Outcome::abandoned: {
      const auto wait = leg.wait_ms();
      return wait && *wait < short_ms ? State::abandoned_short : State::abandoned;
    }
    case Outcome::timeout:
    case Outcome::exit_key:
    case Outcome::withdrawn:
    case Outcome::redirected:
      return State::overflowed;
    default:
      return State::failed;
  }
}

State after_talk(const Call& call) {
  return call.qualified_at ? State::qualified : State::wrap_up;
}

State without_queue(const Call& call) {
  const bool answered = call.dial_result == "ANSWER";
  if (call.typed) return after_talk(call);
  if (!call.ended) return answered ? (call.on_hold() ? State::held : State::talking) : State::announced;
  if (answered) return after_talk(call);
  return call.direction == Direction::inbound ? State::turned_away : State::failed;
}

}  // namespace

bool Call::was_answered() const {
  return typed || std::ranges::any_of(legs, [](const Leg& leg) { return leg.connected || leg.completed; }) ||
         (legs.empty() && dial_result == "ANSWER");
}

State judge(const Call& call, std::int64_t short_ms) {
  if (call.legs.empty()) return without_queue(call);
  for (const auto& leg : call.legs) {
    if (leg.talking()) return call.on_hold() ? State::held : State::talking;
  }
  for (const auto& leg : call.legs) {
    if (leg.waiting() || between(leg)) return rings_now(leg) ? State::presented : State::queued;
  }
  return call.was_answered() ? after_talk(call) : unanswered(call, short_ms);
}

}  // namespace bannette::calls
