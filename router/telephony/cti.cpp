#include "router/telephony/cti.hpp"

#include <algorithm>

#include "router/calls/caller.hpp"

namespace bannette::telephony {
namespace {

using calls::Event;
using calls::Kind;

class Facts {
 public:
  explicit Facts(const CtiMessage& message) : message_(message) {}

  Event& add(Kind kind) {
    Event event;
    event.kind = kind;
    event.pbx = message_.pbx;
    event.uniqueid = event.linkedid = message_.id;
    event.at_ms = message_.at_ms;
    event.from_call_class = true;
    all_.push_back(std::move(event));
    return all_.back();
  }
  // Of the queue, with the caller's number.
  Event& add_queued(Kind kind) {
    Event& event = add(kind);
    event.queue = message_.queue.empty() ? message_.to : message_.queue;
    set_number(event, message_.from);
    return event;
  }
  static void set_number(Event& event, const std::string& number) {
    event.number = number;
    event.withheld = calls::caller_of(number).empty();
    if (event.withheld) event.number.clear();
  }
  std::vector<Event> take() { return std::move(all_); }

 private:
  const CtiMessage& message_;
  std::vector<Event> all_;
};

// The caller has hung up already: what is told now was overtaken.
bool is_over(const calls::Call* known, const CtiMessage& message) {
  return known != nullptr &&
         std::any_of(known->channels.begin(), known->channels.end(),
                     [&](const auto& channel) { return channel.uniqueid == message.id && channel.gone; });
}

// Who answers: the extension before the names.
CtiPost answering(const CtiMessage& message, const FindPost& post) {
  CtiPost found = message.answering_number.empty() ? CtiPost{} : post(message.answering_number);
  for (const auto& user : message.users) {
    if (!found.interface.empty()) break;
    found = post(user);
  }
  // One that the site does not know is shown as the PBX names it.
  if (found.interface.empty()) found.interface = found.name = message.answering_number;
  if (found.interface.empty() && !message.users.empty()) found.interface = found.name = message.users.front();
  return found;
}

// Told again it must not join the queue again.
void begin(Facts& facts, const CtiMessage& message, const calls::Call* known, const FindPost& post) {
  Event& announced = facts.add(Kind::announced);
  announced.reason = message.outbound ? "Down" : "Ring";
  if (message.outbound) {
    Event& originated = facts.add(Kind::originated);
    originated.other = message.id;
    originated.reason = "Success";
    originated.number = message.to;
    originated.channel = answering(message, post).interface;
    return;
  }
  Facts::set_number(announced, message.from);
  if (known == nullptr || known->legs.empty() || !known->legs.front().joined) facts.add_queued(Kind::joined);
  for (const auto& user : message.users) {
    const CtiPost found = post(user);
    if (found.interface.empty() || is_over(known, message)) continue;
    Event& ringing = facts.add_queued(Kind::ringing);
    ringing.post = found.interface;
    ringing.post_name = found.name;
    ringing.other = message.id + "/" + found.interface;
  }
}

void answer(Facts& facts, const CtiMessage& message, const calls::Call* known, const FindPost& post) {
  if (message.outbound) {
    facts.add(Kind::dial_ended).reason = "ANSWER";
    return;
  }
  const CtiPost found = answering(message, post);
  Event& connected = facts.add_queued(Kind::connected);
  connected.post = found.interface;
  connected.post_name = found.name;
  const std::string channel = message.id + "/" + found.interface;
  connected.other = channel;
  if (is_over(known, message)) facts.add(Kind::channel_gone).uniqueid = channel;
}

// How an unanswered one ended: the queue's word for it, or that the caller hung up. That somebody left comes
// first, for it makes a call of one whose beginning was never told.
void unanswered(Facts& facts, const CtiMessage& message) {
  const std::string& cause = message.cause;
  facts.add_queued(Kind::left);
  if (cause == "noAnswer" || cause == "busy" || cause == "congestion") {
    facts.add(Kind::queue_result).reason = cause == "noAnswer" ? "TIMEOUT" : "LEAVEEMPTY";
  } else if (cause == "forwarded" || cause == "notFound") {
    facts.add(Kind::queue_result).reason = "WITHDRAW";
  } else {
    facts.add(Kind::hangup_requested);
  }
}

void hangup(Facts& facts, const CtiMessage& message, const calls::Call* known) {
  const calls::Leg* leg = known == nullptr ? nullptr : known->last_leg();
  if (message.outbound) {
    if (known == nullptr || known->dial_result != "ANSWER")
      facts.add(Kind::dial_ended).reason = message.cause == "busy"       ? "BUSY"
                                           : message.cause == "noAnswer" ? "NOANSWER"
                                                                         : "CANCEL";
  } else if (leg != nullptr && leg->connected) {
    Event& completed = facts.add_queued(Kind::completed);
    completed.queue = leg->queue;
    completed.post = leg->post;
    completed.post_name = leg->post_name;
    completed.reason = "caller";
  } else {
    unanswered(facts, message);
  }
  if (known != nullptr)
    for (const auto& channel : known->channels)
      if (channel.uniqueid != message.id && !channel.gone)
        facts.add(Kind::channel_gone).uniqueid = channel.uniqueid;
  facts.add(Kind::channel_gone);
}

}  // namespace

std::vector<Event> facts_of(const CtiMessage& message, const calls::Call* known, const FindPost& post) {
  Facts facts(message);
  switch (message.kind) {
    case CtiKind::new_call:
      begin(facts, message, known, post);
      break;
    case CtiKind::answer:
      answer(facts, message, known, post);
      break;
    case CtiKind::hangup:
      hangup(facts, message, known);
      break;
  }
  return facts.take();
}

}  // namespace bannette::telephony
