#include "router/calls/ledger.hpp"

#include <algorithm>
#include <utility>

#include "router/calls/told.hpp"

namespace bannette::calls {

namespace {

bool of_pbx(Kind kind) {
  return kind >= Kind::pbx_up && kind <= Kind::snapshot_end && kind != Kind::snapshot_entry;
}
bool of_post(Kind kind) {
  return kind >= Kind::post_state && kind <= Kind::bound;
}
bool of_person(Kind kind) {
  return kind >= Kind::wrapped_up;
}

// Whether a call that is not known yet begins with this: a hangup of something that we never saw says
// nothing, nor does a further channel of a call whose first is not ours.
bool begins(const Event& event) {
  switch (event.kind) {
    case Kind::announced:
      return event.linkedid.empty() || event.uniqueid == event.linkedid;
    case Kind::joined:
    case Kind::left:
    case Kind::line_ended:
    case Kind::ringing:
    case Kind::ring_ended:
    case Kind::connected:
    case Kind::completed:
    case Kind::snapshot_entry:
    case Kind::typed:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string key_of(std::string_view pbx, std::string_view id) {
  std::string key;
  key.reserve(pbx.size() + 1 + id.size());
  return key.append(pbx).append(":").append(id);
}

Ledger::Ledger(Rules rules) : rules_(rules) {}

void Ledger::set_rules(const Rules& rules) {
  rules_ = rules;
  for (auto& [id, call] : calls_) {
    call.state = judge(call, rules_.short_ms);
    look_at(call, finished_at(call));
  }
}

const Call* Ledger::find(std::string_view id) const {
  const auto found = calls_.find(std::string(id));
  return found == calls_.end() ? nullptr : &found->second;
}

Changes Ledger::apply(const Event& event) {
  Changes changes;
  const auto known = pbxs_.find(event.pbx);
  if (event.kind == Kind::none || event.pbx.size() + 1 + event.uniqueid.size() > limits::call_id ||
      event.pbx.size() + 1 + event.linkedid.size() > limits::call_id ||
      (known == pbxs_.end() && pbxs_.size() >= limits::pbxs)) {
    ++counts_.refused;
    return changes;
  }
  auto& pbx = known != pbxs_.end() ? known->second : pbxs_[event.pbx];
  // That this class reaches us is a fact of its own: outcomes are judged by it.
  if (event.from_call_class && !pbx.call_class) pbx.call_class = changes.any = true;
  Told told{event, {event.timed ? event.at_ms : -1, ++order_}, pbx, changes};
  if (of_pbx(event.kind) ||
      ((event.kind == Kind::redirected || event.kind == Kind::withdrawn) && event.uniqueid.empty())) {
    changes.any |= on_pbx(told);
    return changes;
  }
  if (of_post(event.kind)) {
    const bool other = posts_.apply(event);
    changes.any |= other;
    if (other) changes.posts.push_back(Posts::id(event.pbx, event.post));
    return changes;
  }
  auto* call = call_of(event, begins(event));
  if (call == nullptr) return changes;
  told.fresh = !call->seen;
  bool other = of_person(event.kind) ? on_person(told, *call) : on_channel(told, *call);
  other |= told.fresh;
  if (!other) {
    ++counts_.repeated;
    return changes;
  }
  changes.any = true;
  settle(*call, told);
  return changes;
}

// The call that an event is about, "" = none: by the channel, for a channel's Linkedid may change under a
// transfer.
Call* Ledger::call_of(const Event& event, bool may_begin) {
  const bool named = of_person(event.kind);  // by its id, not by a channel
  const auto& linkedid = event.linkedid.empty() ? event.uniqueid : event.linkedid;
  if (!named && !event.uniqueid.empty()) {
    const auto key = key_of(event.pbx, event.uniqueid);
    if (const auto found = channels_.find(key); found != channels_.end()) return &calls_.at(found->second);
    if (over_.contains(key)) {
      ++counts_.repeated;
      return nullptr;
    }
  }
  const auto id = key_of(event.pbx, linkedid);
  if (const auto found = calls_.find(id); found != calls_.end()) return &found->second;
  if (!may_begin || linkedid.empty()) {
    ++counts_.unrelated;
    return nullptr;
  }
  if (over_.contains(id)) {
    ++counts_.repeated;
    return nullptr;
  }
  make_room();
  auto& call = calls_[id];
  call.id = id;
  call.pbx = event.pbx;
  call.linkedid = linkedid;
  oldest_.push_back(id);
  return &call;
}

Channel* Ledger::channel_of(Call& call, const std::string& uniqueid, const std::string& channel) {
  if (uniqueid.empty()) return nullptr;
  const auto found = std::ranges::find(call.channels, uniqueid, &Channel::uniqueid);
  if (found != call.channels.end()) {
    if (found->channel.empty()) found->channel = channel;
    return &*found;
  }
  if (call.channels.size() >= limits::channels) {
    std::erase_if(call.channels, [&](const Channel& c) {
      const bool caller =
          std::ranges::any_of(call.legs, [&](const Leg& leg) { return leg.uniqueid == c.uniqueid; });
      if (!c.gone || caller) return false;
      remember(channels_, over_, over_order_, key_of(call.pbx, c.uniqueid));
      return true;
    });
    if (call.channels.size() >= limits::channels) return nullptr;
  }
  channels_.emplace(key_of(call.pbx, uniqueid), call.id);
  auto& added = call.channels.emplace_back();
  added.uniqueid = uniqueid;
  added.channel = channel;
  return &added;
}

void Ledger::make_room() {
  while (calls_.size() >= limits::calls && !oldest_.empty()) {
    const auto id = std::move(oldest_.front());
    oldest_.pop_front();
    const auto found = calls_.find(id);
    if (found == calls_.end()) continue;
    ++counts_.displaced;
    lose(found->second, found->second.seen);
    finish(id);
  }
  // What has ended before its turn stays in the order; it is swept when it is most of it.
  if (oldest_.size() > 2 * calls_.size() + 1'024)
    std::erase_if(oldest_, [&](const std::string& id) { return !calls_.contains(id); });
}

void Ledger::lose(Call& call, const Moment& at) {
  for (auto& leg : call.legs) {
    if (leg.over()) continue;
    leg.lost = at;
    posts_.free(call.pbx, leg.post, call.id, at.at_ms);
  }
  for (auto& channel : call.channels) {
    if (!channel.gone) channel.gone = at;
  }
  call.ended = at;
  call.state = judge(call, rules_.short_ms);
}

// After a change: whether it is over, what state it is in, and when to look at it again.
void Ledger::settle(Call& call, Told& told) {
  const auto& at = told.at;
  if (!call.seen || at.at_ms >= call.seen.at_ms) call.seen = at;
  call.timed |= told.event.timed;
  call.call_class |= told.event.from_call_class;
  Moment ended;
  bool open = false;
  const auto take = [&](const Moment& end, bool over) {
    open |= !over;
    if (over && end && (!ended || not_after(ended, end))) ended = end;
  };
  if (call.call_class && !call.channels.empty()) {
    for (const auto& channel : call.channels) take(channel.gone, static_cast<bool>(channel.gone));
  } else {
    for (const auto& leg : call.legs) take(leg.completed ? leg.completed : leg.end(), leg.over());
  }
  if (call.typed) ended = call.announced;
  call.ended = open ? Moment{} : ended;
  const auto state = judge(call, rules_.short_ms);
  if (state != call.state || !call.since) call.since = at;
  call.state = state;
  look_at(call, finished_at(call));
  told.changes.calls.push_back(call.id);
}

// When nothing late can come any more; negative: no time is known.
std::int64_t Ledger::finished_at(const Call& call) const {
  if (call.ended && call.ended.at_ms >= 0) {
    const auto settled_ms =
        call.ended.at_ms + (call.call_class || call.typed ? limits::settle : limits::settle_blind);
    return call.state == State::wrap_up ? std::max(settled_ms, call.ended.at_ms + rules_.unqualified_ms)
                                        : settled_ms;
  }
  return call.seen.at_ms >= 0 ? call.seen.at_ms + limits::silent : -1;
}

// Only where that is earlier than is known: each fact of a call puts its end off, and when its time has come
// it is looked at again. So a call has one place in the line, however much is told of it.
void Ledger::look_at(Call& call, std::int64_t at_ms) {
  if (at_ms < 0 || (call.due_ms >= 0 && call.due_ms <= at_ms)) return;
  if (call.due_ms >= 0) due_.erase({call.due_ms, call.id});
  call.due_ms = at_ms;
  due_.emplace(at_ms, call.id);
}

void Ledger::advance(std::int64_t now_ms) {
  while (!due_.empty() && due_.begin()->first <= now_ms) {
    const auto id = due_.begin()->second;
    due_.erase(due_.begin());
    auto& call = calls_.at(id);
    call.due_ms = -1;
    if (const auto at_ms = finished_at(call); at_ms > now_ms) {
      look_at(call, at_ms);
      continue;
    }
    if (!call.ended) lose(call, {finished_at(call), ++order_});
    finish(id);
  }
}

void Ledger::close(std::int64_t now_ms) {
  const Moment at{now_ms, ++order_};
  for (const auto& id : std::exchange(oldest_, {})) {
    const auto found = calls_.find(id);
    if (found == calls_.end()) continue;
    auto& call = found->second;
    for (auto& leg : call.legs) {
      // Out of the line at the very end, and the word whether to a post or by a key can have been the next.
      if (leg.left && !leg.line_ended && !leg.connected && !leg.gone && !leg.went_on &&
          within(leg.left, at, limits::order_slack, 2)) {
        leg.lost = at;
      }
    }
    if (!call.ended) lose(call, at);
    call.state = judge(call, rules_.short_ms);
    finish(id);
  }
}

void Ledger::finish(const std::string& id) {
  auto node = calls_.extract(id);
  auto& call = node.mapped();
  due_.erase({call.due_ms, call.id});
  remember(channels_, over_, over_order_, id);
  for (const auto& channel : call.channels)
    remember(channels_, over_, over_order_, key_of(call.pbx, channel.uniqueid));
  // A post that telephones by itself is no call of the service.
  if (call.direction != Direction::internal || !call.legs.empty()) finished_.push_back(std::move(call));
}

std::vector<Call> Ledger::take_finished() {
  return std::exchange(finished_, {});
}

}  // namespace bannette::calls
