// What is told about one channel: it appears, hangs up, is gone; and the ways to the other parts.
#include <algorithm>

#include "router/calls/set.hpp"
#include "router/calls/told.hpp"

namespace bannette::calls {

bool tell(Moment& moment, const Moment& at) {
  if (!moment) {
    moment = at;
    return true;
  }
  if (moment.at_ms < 0 || at.at_ms < 0 || at.at_ms >= moment.at_ms) return false;
  moment.at_ms = at.at_ms;
  return true;
}

bool tell_last(Moment& moment, const Moment& at) {
  if (moment && !(moment.at_ms >= 0 && at.at_ms >= 0 ? moment.at_ms < at.at_ms : moment.at_ms < 0))
    return false;
  moment = at;
  return true;
}

bool Ledger::on_channel(Told& told, Call& call) {
  const auto& event = told.event;
  switch (event.kind) {
    case Kind::announced:
      return announced(told, call);
    case Kind::hangup_requested:
    case Kind::hangup_forced:
    case Kind::channel_gone:
      return ending(told, call);
    case Kind::held:
      return tell_last(call.held, told.at);
    case Kind::resumed:
      return tell_last(call.resumed, told.at);
    case Kind::transferred:
      return tell_last(call.transferred, told.at);
    case Kind::dial_ended:
      return dial_ended(told, call);
    case Kind::originated: {
      bool other = set(call.originate_id, event.other);
      if (other) {
        call.direction = Direction::outbound;
        call.number = event.number;
        call.post = posts_.interface_of(event.pbx, event.channel);
      }
      if (event.reason == "Failure" && call.dial_result.empty())
        other |= set(call.dial_result, std::string("FAILED"));
      return other;
    }
    case Kind::queue_result:
    case Kind::redirected:
    case Kind::withdrawn:
      return on_leg_of_channel(told, call);
    default:
      return on_queue(told, call);
  }
}

bool Ledger::announced(Told& told, Call& call) {
  const auto& event = told.event;
  const bool first = event.uniqueid == event.linkedid;
  const auto before = call.channels.size();
  channel_of(call, event.uniqueid, event.channel);
  bool other = call.channels.size() != before;
  if (!first) return other;
  const bool new_here = !call.announced;
  other |= tell(call.announced, told.at);
  if (new_here && call.direction == Direction::inbound && call.legs.empty()) {
    if (event.reason == "Down") {
      call.direction = Direction::outbound;
    } else if (posts_.known(event.pbx, event.channel)) {
      call.direction = Direction::internal;
    }
  }
  if (call.direction != Direction::inbound) return other;
  if (event.withheld) return conceal(call) || other;
  if (call.number.empty() && !call.withheld) {
    call.number = event.number;
    call.caller_name = event.name;
  }
  return other;
}

bool Ledger::conceal(Call& call) {
  if (call.withheld) return false;
  call.withheld = true;
  call.number.clear();
  call.caller_name.clear();
  for (auto& leg : call.legs) {
    leg.withheld = true;
    leg.number.clear();
    leg.caller_name.clear();
  }
  return true;
}

// A channel ends. What it says about the legs of its caller is laid beside them.
bool Ledger::ending(Told& told, Call& call) {
  const auto& event = told.event;
  auto* channel = channel_of(call, event.uniqueid, event.channel);
  if (channel == nullptr) return false;
  bool other = false;
  if (event.kind == Kind::hangup_requested) {
    other = tell(channel->hangup_requested, told.at);
  } else if (event.kind == Kind::hangup_forced) {
    other = tell(channel->hangup_forced, told.at);
  } else {
    other = tell(channel->gone, told.at);
    if (channel->gone_place.empty()) channel->gone_place = event.place;
  }
  for (auto& leg : call.legs) {
    if (leg.uniqueid != event.uniqueid) continue;
    if (!leg.over()) leg.call_class |= event.from_call_class;
    other |= end_of_channel(leg, *channel);
    if (leg.gone) posts_.free(call.pbx, leg.post, call.id, told.at.at_ms);
  }
  return other;
}

bool Ledger::end_of_channel(Leg& leg, const Channel& channel) {
  bool other = false;
  if (channel.hangup_requested) other |= tell(leg.hangup_requested, channel.hangup_requested);
  if (channel.hangup_forced) other |= tell(leg.hangup_forced, channel.hangup_forced);
  if (channel.gone) {
    other |= tell(leg.gone, channel.gone);
    leg.gone_place = channel.gone_place;
  }
  return other;
}

bool Ledger::dial_ended(Told& told, Call& call) {
  const auto& event = told.event;
  bool other = false;
  if (auto* dialled = channel_of(call, event.other, {}); dialled != nullptr && dialled->dialled.empty()) {
    dialled->dialled = event.reason;
    dialled->dialled_at = told.at;
    other = true;
  }
  for (auto& leg : call.legs) {
    for (auto& ring : leg.rings) {
      if (!ring.uniqueid.empty() && ring.uniqueid == event.other)
        return end_of_dial(told, call, ring) || other;
    }
  }
  // Of a call of ours the post is dialled first, by nobody: its answer is not the citizen's.
  const bool post_answered = event.uniqueid.empty() && event.reason == "ANSWER";
  if (call.legs.empty() && !post_answered) other |= set(call.dial_result, event.reason);
  return other;
}

bool Ledger::end_of_dial(Told& told, Call& call, Ring& ring) {
  const auto* dialled = channel_of(call, ring.uniqueid, {});
  if (dialled == nullptr || dialled->dialled.empty() || ring.end != Ring::End::ringing) return false;
  ring.end = dialled->dialled == "ANSWER" ? Ring::End::answered : Ring::End::cancelled;
  ring.until = dialled->dialled_at;
  if (ring.end == Ring::End::cancelled && posts_.free(call.pbx, ring.post, call.id, told.at.at_ms)) {
    told.changes.posts.push_back(Posts::id(call.pbx, ring.post));
  }
  return true;
}

// QUEUESTATUS, and commands of ours whose channel is known: of the leg that the caller was in then.
bool Ledger::on_leg_of_channel(Told& told, Call& call) {
  Leg* found = nullptr;
  for (auto& leg : call.legs) {
    if (leg.uniqueid != told.event.uniqueid) continue;
    if (found != nullptr && leg.joined && told.at.at_ms >= 0 && leg.joined.at_ms > told.at.at_ms) continue;
    found = &leg;
  }
  if (found == nullptr) return false;
  if (told.event.kind == Kind::queue_result) return set(found->queue_result, told.event.reason);
  if (found->talking()) return false;
  return tell(told.event.kind == Kind::redirected ? found->redirected : found->withdrawn, told.at);
}

bool Ledger::on_person(Told& told, Call& call) {
  const auto& event = told.event;
  if (event.kind == Kind::typed) {
    call.typed = true;
    call.number = event.number;
    call.caller_name.clear();
    call.person = event.name;
    return tell(call.announced, told.at);
  }
  if (event.kind == Kind::wrapped_up) return tell(call.wrapped, told.at);
  if (event.reason == "dossier") {
    if (std::ranges::find(call.dossiers, event.other) != call.dossiers.end() ||
        call.dossiers.size() >= limits::dossiers)
      return false;
    call.dossiers.push_back(event.other);
  } else {
    bool other = set(call.outcome, event.reason);
    other |= set(call.redirected_to, event.other);
    if (!other) return false;
  }
  tell(call.qualified_at, told.at);
  call.qualified_by = event.name;
  return true;
}

}  // namespace bannette::calls
