// What is told about a caller's way through a queue. Which leg is meant is found by queue, channel and time,
// for a caller may come back into the same queue, and what is told about the earlier stay may come later.
#include <algorithm>

#include "router/calls/told.hpp"

namespace bannette::calls {

namespace {

bool later(const Moment& a, const Moment& b) {
  return a.at_ms >= 0 && b.at_ms >= 0 && a.at_ms > b.at_ms;
}
bool same_time(const Moment& a, const Moment& b) {
  return a.at_ms >= 0 && a.at_ms == b.at_ms;
}

bool of(const Leg& leg, const Event& event) {
  return leg.queue == event.queue && leg.uniqueid == event.uniqueid;
}

// The caller's stay that a fact of this time belongs to: the latest that had begun. Of two that begin and end
// in the same instant the earlier one, as long as it lacks the fact.
template <class Lacks>
Leg* stay_at(std::vector<Leg>& legs, const Event& event, const Moment& at, Lacks lacks) {
  Leg* found = nullptr;
  for (auto& leg : legs) {
    if (!of(leg, event)) continue;
    if (found != nullptr) {
      if (later(leg.joined, at)) break;
      if (same_time(leg.joined, at) && lacks(*found)) break;
    }
    found = &leg;
  }
  return found;
}

Moment end_of(const Leg& leg) {
  return leg.completed ? leg.completed : leg.end();
}

}  // namespace

Leg* Ledger::open_leg(Told& told, Call& call) {
  if (call.legs.size() >= limits::legs) {
    ++counts_.refused;
    return nullptr;
  }
  const auto& event = told.event;
  Leg leg;
  leg.pbx = event.pbx;
  leg.queue = event.queue;
  leg.uniqueid = event.uniqueid;
  leg.linkedid = event.linkedid.empty() ? call.linkedid : event.linkedid;
  leg.call_class = told.pbx.call_class;
  leg.timed = event.timed;
  for (auto& other : call.legs) {
    if (of(other, event)) leg.nth = other.nth + 1;
    if (other.uniqueid == event.uniqueid && other.over()) tell(other.went_on, told.at);
  }
  if (const auto* channel = channel_of(call, event.uniqueid, event.channel)) end_of_channel(leg, *channel);
  call.legs.push_back(std::move(leg));
  return &call.legs.back();
}

// Who calls, as this fact has it. Whether that is more than was known.
bool Ledger::describe(const Told& told, Call& call, Leg& leg) {
  const auto& event = told.event;
  bool other = event.withheld && conceal(call);
  if (call.withheld) {
    other |= !leg.withheld;
    leg.withheld = true;
    leg.number.clear();
    leg.caller_name.clear();
  } else if (leg.number.empty() && !event.number.empty()) {
    leg.number = event.number;
    leg.caller_name = event.name;
    other = true;
  }
  if (call.number.empty() && !leg.number.empty()) {
    call.number = leg.number;
    call.caller_name = leg.caller_name;
    other = true;
  }
  if (event.position > 0 && leg.position < 0 &&
      (event.kind == Kind::joined || event.kind == Kind::snapshot_entry)) {
    leg.position = event.position;
    other = true;
  }
  if (told.pbx.call_class && !leg.over()) leg.call_class = true;
  if (leg.lost && event.kind != Kind::completed) {  // who is heard of again was not lost
    leg.lost = {};
    other = true;
  }
  return other;
}

// Whether a join is a new stay beside the last one of the same caller in the same queue.
bool Ledger::comes_again(const Told& told, const Call& call, const Leg& last) const {
  const auto& at = told.at;
  if (same_time(last.joined, at)) return false;
  const auto gone = std::ranges::any_of(call.channels, [&](const Channel& c) {
    return c.uniqueid == last.uniqueid && c.gone &&
           !(c.gone.at_ms >= 0 && at.at_ms >= 0 && at.at_ms <= c.gone.at_ms);
  });
  if (gone) return false;  // told late: a channel that is gone joins nothing
  if (!last.joined) return last.over() && !last.gone && later(at, end_of(last));
  if (later(last.joined, at)) return false;
  if (told.event.stamped) return true;  // the same fact would bear the same time
  if (last.waiting()) return false;
  // Out of a conversation back into the queue, before the PBX says that the conversation is over: from
  // another place.
  if (last.talking()) {
    if (not_after(last.connected, call.transferred) && not_after(call.transferred, at)) return true;
    return !last.joined_place.empty() && !told.event.place.empty() && last.joined_place != told.event.place;
  }
  return !later(end_of(last), at);
}

bool Ledger::joined(Told& told, Call& call) {
  const auto& event = told.event;
  Leg* leg = nullptr;
  for (auto& other : call.legs) {
    if (!of(other, event)) continue;
    if (same_time(other.joined, told.at)) return false;
    leg = &other;
  }
  // A list and the events of the same moment overtake each other: who waits since before the end of the last
  // stay is that one.
  const bool listed = event.kind == Kind::snapshot_entry;
  const auto since_ms = listed && event.timed && event.hold_s >= 0 ? event.at_ms - event.hold_s * 1'000 : -1;
  if (listed && leg != nullptr && leg->over() && (since_ms < 0 || since_ms - 1'000 < end_of(*leg).at_ms))
    return false;
  bool other = false;
  if (leg == nullptr || comes_again(told, call, *leg)) {
    leg = open_leg(told, call);
    if (leg == nullptr) return false;
    other = true;
  }
  if (listed) {
    if (!leg->joined && leg->waiting()) {
      leg->began_before = true;
      // Whom a first list shows had not left; after a loss an order of ours may have been missed.
      leg->gap = told.pbx.was_down;
      leg->joined = told.at;
      if (since_ms >= 0) leg->joined.at_ms = since_ms;
      other = true;
    }
  } else if (!leg->joined) {
    other |= tell(leg->joined, told.at);
  }
  if (leg->joined_place.empty()) leg->joined_place = event.place;
  other |= describe(told, call, *leg);
  if (leg->joined) tell(call.announced, leg->joined);
  return other;
}

bool Ledger::on_queue(Told& told, Call& call) {
  const auto& event = told.event;
  if (event.kind == Kind::joined || event.kind == Kind::snapshot_entry) return joined(told, call);
  if (event.kind == Kind::completed) return completed(told, call);
  if (event.kind == Kind::dumped) return dumped(told, call);
  Leg* leg = nullptr;
  switch (event.kind) {
    case Kind::left:
      leg = stay_at(call.legs, event, told.at, [](const Leg& l) { return !l.left; });
      break;
    case Kind::line_ended:
      leg = stay_at(call.legs, event, told.at, [](const Leg& l) { return !l.line_ended; });
      break;
    case Kind::connected:
      leg = stay_at(call.legs, event, told.at, [](const Leg& l) { return !l.connected && !l.line_ended; });
      break;
    default:
      leg = stay_at(call.legs, event, told.at, [](const Leg& l) { return !l.over(); });
  }
  if (leg == nullptr) {
    leg = open_leg(told, call);
    if (leg == nullptr) return false;
    leg->began_before = true;
  }
  const bool other = describe(told, call, *leg);
  switch (event.kind) {
    case Kind::left:
      return tell(leg->left, told.at) || other;
    case Kind::line_ended:
      return line_ended(told, *leg) || other;
    case Kind::connected:
      return connected(told, call, *leg) || other;
    default:
      return ringing(told, call, *leg) || other;
  }
}

bool Ledger::line_ended(Told& told, Leg& leg) {
  const auto& event = told.event;
  const bool other = tell(leg.line_ended, told.at);
  if (!other) return false;
  if (event.hold_s >= 0 && leg.hold_s < 0) leg.hold_s = event.hold_s;
  // Nothing but a redirect changes the place of a channel that waits in Queue().
  if (!event.place.empty() && !leg.joined_place.empty() && event.place != leg.joined_place)
    tell(leg.redirected, told.at);
  take_order(told.pbx, leg);
  return true;
}

bool Ledger::ringing(Told& told, Call& call, Leg& leg) {
  const auto& event = told.event;
  channel_of(call, event.other, {});
  auto ring = std::ranges::find_if(leg.rings, [&](const Ring& r) {
    return event.other.empty() ? r.post == event.post && r.end == Ring::End::ringing
                               : r.uniqueid == event.other;
  });
  bool other = false;
  if (ring == leg.rings.end()) {
    if (leg.rings.size() >= limits::rings) {
      ++counts_.refused;
      return false;
    }
    auto& added = leg.rings.emplace_back();
    added.post = event.post;
    added.post_name = event.post_name;
    added.uniqueid = event.other;
    ring = leg.rings.end() - 1;
    other = true;
    end_of_dial(told, call, *ring);  // which may have been told before
  }
  const auto id = Posts::id(call.pbx, event.post);
  if (event.kind == Kind::ringing) {
    other |= tell(ring->from, told.at);
    if (ring->end == Ring::End::ringing && !leg.over() && posts_.busy(event, call.id, false))
      told.changes.posts.push_back(id);
    if (!leg.over() && !leg.connected) {
      call.post = event.post;
      call.post_name = event.post_name;
    }
    return other;
  }
  if (ring->end == Ring::End::no_answer) return tell(ring->until, told.at) || other;
  ring->end = Ring::End::no_answer;
  ring->until = told.at;
  ring->ring_ms = event.ring_ms;
  if (posts_.free(call.pbx, event.post, call.id, told.at.at_ms)) told.changes.posts.push_back(id);
  return true;
}

// The post hung up during its announcement: the caller waits on.
bool Ledger::dumped(Told& told, Call& call) {
  for (auto& leg : call.legs) {
    for (auto& ring : leg.rings) {
      if (ring.uniqueid.empty() || ring.uniqueid != told.event.other || ring.end == Ring::End::cancelled)
        continue;
      ring.end = Ring::End::cancelled;
      ring.until = told.at;
      if (posts_.free(call.pbx, ring.post, call.id, told.at.at_ms))
        told.changes.posts.push_back(Posts::id(call.pbx, ring.post));
      return true;
    }
  }
  return false;
}

bool Ledger::connected(Told& told, Call& call, Leg& leg) {
  const auto& event = told.event;
  if (leg.completed && leg.post_uniqueid == event.other && leg.connected) return tell(leg.connected, told.at);
  const bool other = tell(leg.connected, told.at);
  if (!other) return false;
  channel_of(call, event.other, {});
  leg.post = event.post;
  leg.post_name = event.post_name;
  leg.post_uniqueid = event.other;
  if (event.hold_s >= 0) leg.hold_s = event.hold_s;
  for (auto& ring : leg.rings) {
    if (ring.end == Ring::End::no_answer || ring.end == Ring::End::cancelled) continue;
    const bool this_one = event.other.empty() ? ring.post == event.post : ring.uniqueid == event.other;
    ring.end = this_one ? Ring::End::answered : Ring::End::cancelled;
    if (!ring.until) ring.until = told.at;
    if (!this_one && posts_.free(call.pbx, ring.post, call.id, told.at.at_ms)) {
      told.changes.posts.push_back(Posts::id(call.pbx, ring.post));
    }
  }
  tell_last(call.answered, told.at);
  call.post = leg.post;
  call.post_name = leg.post_name;
  if (leg.talking() && posts_.busy(event, call.id, true))
    told.changes.posts.push_back(Posts::id(call.pbx, leg.post));
  if (const auto* post = posts_.find(Posts::id(call.pbx, leg.post));
      post != nullptr && !post->person.empty()) {
    call.person = post->person;
  }
  return true;
}

// Of the stay that this post answered. Its channel is not told where the caller was redirected, and is
// another where a Local channel was optimised away; so may be the caller's.
Leg* Ledger::talked(const Told& told, Call& call) {
  const auto& event = told.event;
  for (auto& leg : call.legs) {
    if (leg.queue == event.queue && leg.connected && !event.other.empty() && leg.post_uniqueid == event.other)
      return &leg;
  }
  Leg* found = nullptr;
  for (const bool same_caller : {true, false}) {
    for (auto& leg : call.legs) {
      if (leg.queue != event.queue || !leg.connected || leg.completed ||
          (leg.uniqueid == event.uniqueid) != same_caller)
        continue;
      if (later(leg.connected, told.at)) continue;  // that conversation had not begun
      if (leg.post == event.post || leg.post.empty()) return &leg;
    }
  }
  found = stay_at(call.legs, event, told.at, [](const Leg& l) { return !l.completed; });
  return found != nullptr && found->line_ended ? nullptr
                                               : found;  // nobody answered one that ended in the line
}

bool Ledger::completed(Told& told, Call& call) {
  const auto& event = told.event;
  Leg* found = talked(told, call);
  if (found == nullptr) {
    found = open_leg(told, call);
    if (found == nullptr) return false;
    found->began_before = true;
  }
  const bool other = describe(told, call, *found);
  if (!tell(found->completed, told.at)) return other;
  if (event.hold_s >= 0 && found->hold_s < 0) found->hold_s = event.hold_s;
  if (event.talk_s >= 0) found->talk_s = event.talk_s;
  found->completed_reason = event.reason;
  if (found->post.empty()) {
    found->post = event.post;
    found->post_name = event.post_name;
    found->post_uniqueid = event.other;
    call.post = event.post;
    call.post_name = event.post_name;
  }
  if (found->post_name.empty()) found->post_name = event.post_name;
  if (!event.other.empty()) channel_of(call, event.other, {});
  if (posts_.free(call.pbx, found->post, call.id, told.at.at_ms))
    told.changes.posts.push_back(Posts::id(call.pbx, found->post));
  return true;
}

}  // namespace bannette::calls
