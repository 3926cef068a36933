// What is told about a PBX as a whole: it is there, it stops, it says who is there; and commands of ours that
// it obeyed.
#include <algorithm>

#include "router/calls/told.hpp"

namespace bannette::calls {

namespace {

constexpr std::uint64_t facts_near = 64;  // where no time is known

// Somebody was taken out of a queue, and neither the caller nor an earlier command did it.
bool unexplained(const Leg& leg) {
  return leg.line_ended && !leg.redirected && !leg.withdrawn && !leg.connected &&
         !not_after(leg.hangup_requested, leg.line_ended, limits::order_slack);
}

}  // namespace

bool Ledger::on_pbx(Told& told) {
  switch (told.event.kind) {
    case Kind::redirected:
    case Kind::withdrawn:
      return on_order(told);
    case Kind::pbx_up:
      told.pbx.call_class = false;
      told.pbx.orders.clear();
      told.pbx.stopping = {};
      return true;
    case Kind::events_on:
      told.pbx.call_class = false;  // the new mask may be another: what comes will show it
      return true;
    case Kind::events_off:
      told.pbx.call_class = false;
      for (auto& [id, call] : calls_) {
        if (call.pbx != told.event.pbx) continue;
        for (auto& leg : call.legs) {
          if (!leg.over()) leg.lost = told.at;
        }
      }
      return true;
    case Kind::pbx_down:
      posts_.lose(told.event.pbx, told.at.at_ms);
      told.pbx.was_down = true;
      for (auto& [id, call] : calls_) {
        if (call.pbx != told.event.pbx || call.ended) continue;
        for (auto& leg : call.legs) leg.gap |= !leg.completed;
      }
      return true;
    case Kind::pbx_stopping:
      return stopping(told);
    case Kind::snapshot_begin:
      told.pbx.snapshot_began = told.at;
      told.pbx.present.clear();
      told.pbx.bridges.clear();
      return true;  // a journal without it would not know whose end was missed
    case Kind::snapshot_channel:
      return snapshot_channel(told);
    case Kind::snapshot_end:
      return snapshot_end(told);
    default:
      return true;  // pbx_booted: known to whoever reads the facts
  }
}

// "core stop" ends every waiting caller as if they had given up; who left a moment before was thrown out by
// it.
bool Ledger::stopping(Told& told) {
  if (!tell(told.pbx.stopping, told.at)) return false;
  for (auto& [id, call] : calls_) {
    if (call.pbx != told.event.pbx) continue;
    bool other = false;
    for (auto& leg : call.legs) {
      if (leg.connected || leg.completed) continue;
      if (leg.over() && !within(leg.end(), told.at, limits::stopping, facts_near)) continue;
      leg.shutdown = other = true;
    }
    if (other) settle(call, told);
  }
  return true;
}

// Whom it moved is told by AMI in no other way than that somebody leaves now without having hung up.
bool Ledger::on_order(Told& told) {
  const auto as = told.event.kind == Kind::redirected ? Outcome::redirected : Outcome::withdrawn;
  Leg* found = nullptr;
  Call* of = nullptr;
  for (auto& [id, call] : calls_) {
    if (call.pbx != told.event.pbx) continue;
    for (auto& leg : call.legs) {
      if (!unexplained(leg) || !within(leg.line_ended, told.at, limits::command_effect, facts_near)) continue;
      if (found != nullptr && not_after(leg.line_ended, found->line_ended)) continue;
      found = &leg;
      of = &call;
    }
  }
  if (found != nullptr) {
    tell(as == Outcome::redirected ? found->redirected : found->withdrawn, told.at);
    settle(*of, told);
    return true;
  }
  if (std::ranges::any_of(told.pbx.orders, [&](const Ordered& o) {
        return o.as == as && o.at.at_ms >= 0 && o.at.at_ms == told.at.at_ms;
      })) {
    return false;
  }
  if (told.pbx.orders.size() >= limits::orders) told.pbx.orders.erase(told.pbx.orders.begin());
  told.pbx.orders.push_back({as, told.at});
  return true;
}

void Ledger::take_order(Pbx& pbx, Leg& leg) {
  std::erase_if(pbx.orders, [&](const Ordered& o) {
    return o.at.at_ms >= 0 && leg.line_ended.at_ms > o.at.at_ms + 4 * limits::command_effect;
  });
  if (!unexplained(leg)) return;
  const auto order = std::ranges::find_if(pbx.orders, [&](const Ordered& o) {
    return within(o.at, leg.line_ended, limits::command_effect, facts_near);
  });
  if (order == pbx.orders.end()) return;
  tell(order->as == Outcome::redirected ? leg.redirected : leg.withdrawn, order->at);
  pbx.orders.erase(order);
}

// One line of CoreShowChannels: a caller in Queue() waits, or talks where it is in a bridge, with the post in
// the same bridge.
bool Ledger::snapshot_channel(Told& told) {
  const auto& event = told.event;
  auto& pbx = told.pbx;
  if (pbx.present.size() >= limits::snapshot || pbx.bridges.size() >= limits::snapshot) return false;
  pbx.present.insert(event.uniqueid);
  const bool caller = event.reason == "Queue" && !event.queue.empty();
  auto* call = call_of(event, caller);
  if (call == nullptr) return false;
  channel_of(*call, event.uniqueid, event.channel);
  if (!caller && event.reason != "AppQueue") {  // it is there: so much is to be known again
    told.changes.calls.push_back(call->id);
    return true;
  }
  Leg* leg = nullptr;
  if (caller) {
    for (auto& other : call->legs) {
      if (other.queue == event.queue && other.uniqueid == event.uniqueid) leg = &other;
    }
    if (leg == nullptr) {
      leg = open_leg(told, *call);
      if (leg == nullptr) return false;
      leg->began_before = true;
      leg->gap = pbx.was_down;
    }
    describe(told, *call, *leg);
    if (leg->joined_place.empty()) leg->joined_place = event.place;
    leg->lost = {};
    tell(call->announced, told.at);  // at the latest
    if (!event.other.empty() && !leg->connected)
      leg->connected = {-1, told.at.order};  // since when is not told
  }
  if (!event.other.empty()) {
    auto& bridge = pbx.bridges[event.other];
    (caller ? bridge.caller : bridge.post_channel) = caller ? event.uniqueid : event.channel;
    if (!caller) bridge.post_uniqueid = event.uniqueid;
    for (auto& other : call->legs) {
      if (other.uniqueid != bridge.caller || !other.talking() || !other.post.empty() ||
          bridge.post_channel.empty())
        continue;
      take_post(*call, other, bridge);
    }
  }
  settle(*call, told);
  return true;
}

void Ledger::take_post(Call& call, Leg& leg, const Bridge& bridge) {
  leg.post = posts_.interface_of(call.pbx, bridge.post_channel);
  leg.post_uniqueid = bridge.post_uniqueid;
  if (const auto* post = posts_.find(Posts::id(call.pbx, leg.post))) {
    leg.post_name = post->name;
    call.person = post->person;
  }
  call.post = leg.post;
  call.post_name = leg.post_name;
  Event event;
  event.pbx = call.pbx;
  event.post = leg.post;
  event.timed = false;
  posts_.busy(event, call.id, true);
}

// Both lists are whole: of who is not in them and was not heard of since, the end was missed.
bool Ledger::snapshot_end(Told& told) {
  auto& pbx = told.pbx;
  if (!pbx.snapshot_began) return false;
  for (auto& [id, call] : calls_) {
    if (call.pbx != told.event.pbx || call.ended || call.typed || call.seen.order > pbx.snapshot_began.order)
      continue;
    if (std::ranges::any_of(call.channels,
                            [&](const Channel& c) { return pbx.present.contains(c.uniqueid); }))
      continue;
    lose(call, told.at);
    settle(call, told);
  }
  pbx.snapshot_began = {};
  pbx.present.clear();
  pbx.bridges.clear();
  return true;
}

}  // namespace bannette::calls
