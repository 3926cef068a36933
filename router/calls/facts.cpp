#include "router/calls/facts.hpp"

#include <algorithm>

namespace bannette::calls {
namespace {

std::uint64_t caller(const Call& call, const CallerHash& hash) {
  const std::string key = call.withheld ? std::string{} : caller_of(call.number);
  return key.empty() ? 0 : hash(key);
}

std::int64_t known(const Moment& moment) {
  return std::max<std::int64_t>(0, moment.at_ms);
}

// The call's first queue. Facts come late and in another order, and legs stand as they were told of.
const Leg& first_of(const Call& call) {
  const Leg* first = &call.legs.front();
  for (const auto& leg : call.legs)
    if (leg.joined.at_ms >= 0 && (first->joined.at_ms < 0 || leg.joined.at_ms < first->joined.at_ms))
      first = &leg;
  return *first;
}

// From the first queue's entry to the answer or the end of this leg.
std::optional<std::int64_t> wait_through(const Call& call, const Leg& leg) {
  const auto last_ms = leg.wait_ms();
  if (!last_ms || leg.waiting()) return std::nullopt;
  const auto& first = first_of(call);
  if (&leg == &first) return last_ms;
  if (first.joined.at_ms < 0 || leg.joined.at_ms < 0) return std::nullopt;
  return std::max<std::int64_t>(0, leg.joined.at_ms - first.joined.at_ms) + *last_ms;
}

std::optional<std::int64_t> handling(const Call& call) {
  std::int64_t sum_ms = 0;
  for (const auto& leg : call.legs) {
    if (leg.outcome() != Outcome::answered) continue;
    const auto talk_ms = leg.talk_ms();
    if (leg.talking() || !talk_ms) return std::nullopt;
    sum_ms += *talk_ms;
  }
  return sum_ms;
}

// The work after a call ends with its qualification, or where the person says so. A dossier that was sent
// while they still talked leaves none.
std::optional<std::int64_t> wrap_up(const Call& call) {
  std::int64_t talked_until_ms = -1;
  for (const auto& leg : call.legs)
    if (leg.outcome() == Outcome::answered) talked_until_ms = std::max(talked_until_ms, leg.completed.at_ms);
  const auto& end = call.wrapped ? call.wrapped : call.qualified_at;
  if (talked_until_ms < 0 || !end || end.at_ms < 0) return std::nullopt;
  return std::max<std::int64_t>(0, end.at_ms - talked_until_ms);
}

// Where it was answered first.
const Leg* answered_leg(const Call& call) {
  const Leg* out = nullptr;
  for (const auto& leg : call.legs)
    if (leg.outcome() == Outcome::answered &&
        (!out || (leg.joined.at_ms >= 0 && leg.joined.at_ms < out->joined.at_ms)))
      out = &leg;
  return out;
}

// When its caller got through, by a time that stays whatever is told of the call later, and that is not after
// it: somebody who calls again afterwards, and is missed, has not got through by a call of before.
std::int64_t through_ms(const Call& call) {
  const auto* leg = answered_leg(call);
  for (const Moment* each : {leg ? &leg->connected : nullptr, leg ? &leg->joined : nullptr, &call.announced,
                             leg ? &leg->completed : nullptr})
    if (each != nullptr && each->at_ms >= 0) return each->at_ms;
  return -1;
}

Fate fate_of(const Call& call) {
  switch (call.state) {
    case State::abandoned:
      return Fate::abandoned;
    case State::abandoned_short:
      return Fate::abandoned_short;
    case State::overflowed:
      return Fate::overflowed;
    case State::failed:
      return Fate::unknown;
    case State::turned_away:
      return Fate::turned_away;
    default:
      return Fate::waiting;
  }
}

// An abandoned call is judged once, with its last leg, under the rule of then.
Fate fate_of(const Call& call, const Leg& leg, std::int64_t short_ms) {
  if (&leg == call.last_leg() && (call.state == State::abandoned || call.state == State::abandoned_short))
    return fate_of(call);
  switch (leg.outcome()) {
    case Outcome::open:
      return Fate::waiting;
    case Outcome::answered:
      return Fate::answered;
    case Outcome::abandoned:
      return leg.wait_ms().value_or(short_ms) < short_ms ? Fate::abandoned_short : Fate::abandoned;
    case Outcome::timeout:
    case Outcome::exit_key:
    case Outcome::withdrawn:
    case Outcome::redirected:
      return Fate::overflowed;
    case Outcome::unknown:
      return Fate::unknown;
  }
  return Fate::unknown;
}

}  // namespace

bool answered_outside(const Call& call) {
  return call.direction == Direction::outbound && call.dial_result == "ANSWER";
}

std::optional<Fact> fact_of(const Call& call, const CallerHash& hash) {
  Fact out;
  out.caller = caller(call, hash);
  if (call.direction == Direction::outbound) {
    if (!answered_outside(call) && !call.ended) return std::nullopt;
    out.outgoing = true;
    out.arrival_ms = known(call.announced);
    out.fate = answered_outside(call) ? Fate::answered : Fate::unknown;
    return out;
  }
  if (call.direction != Direction::inbound) return std::nullopt;
  if (call.legs.empty()) {
    if (call.state != State::turned_away) return std::nullopt;
    out.arrival_ms = known(call.announced);
    out.fate = Fate::turned_away;
    return out;
  }
  out.arrival_ms = known(first_of(call).joined);
  if (const auto* leg = answered_leg(call)) {
    out.fate = Fate::answered;
    out.wait_ms = wait_through(call, *leg);
    out.handling_ms = handling(call);
    out.wrap_up_ms = wrap_up(call);
    return out;
  }
  out.fate = fate_of(call);
  if (out.fate != Fate::waiting) out.wait_ms = wait_through(call, call.legs.back());
  return out;
}

std::vector<std::pair<std::string, Fact>> facts_by_queue(const Call& call, const CallerHash& hash,
                                                         std::int64_t short_ms) {
  std::vector<std::pair<std::string, Fact>> out;
  if (call.direction != Direction::inbound) return out;
  const auto who = caller(call, hash);
  const auto* answered = answered_leg(call);
  for (const auto& leg : call.legs) {
    Fact fact;
    fact.arrival_ms = known(leg.joined);
    fact.caller = who;
    fact.fate = fate_of(call, leg, short_ms);
    if (fact.fate != Fate::waiting) fact.wait_ms = leg.wait_ms();
    if (fact.fate == Fate::answered && !leg.talking()) fact.handling_ms = leg.talk_ms();
    if (&leg == answered) fact.wrap_up_ms = wrap_up(call);
    out.emplace_back(leg.queue, fact);
  }
  return out;
}

CallbackChanges tell(Callbacks& callbacks, const Call& call, bool finished, std::int64_t now_ms) {
  if (call.withheld || call.number.empty()) return {};
  if (call.direction == Direction::outbound) {
    // Of a call of ours only its beginning is told with a time that stays.
    if (answered_outside(call))
      return callbacks.got_through(call.number, call.id, true, call.announced.at_ms);
    return finished || call.ended ? callbacks.unanswered(call.number, call.id, now_ms) : CallbackChanges{};
  }
  if (call.direction != Direction::inbound) return {};
  if (call.was_answered())  // through a queue, straight to a post, or typed by hand
    return callbacks.got_through(call.number, call.id, false, through_ms(call));
  if (!finished && !(call.ended && call.call_class)) return {};
  MissedCall missed;
  switch (call.state) {
    case State::abandoned:
      missed.as = MissedAs::abandoned;
      break;
    case State::abandoned_short:
      missed.as = MissedAs::abandoned_short;
      break;
    case State::overflowed:
      missed.as = MissedAs::overflowed;
      break;
    case State::turned_away:
      missed.as = MissedAs::turned_away;
      break;
    case State::failed:
      missed.as = MissedAs::unknown;
      break;
    default:
      return {};
  }
  if (const auto* leg = call.last_leg()) {
    const auto outcome = leg->outcome();
    if (outcome == Outcome::withdrawn || outcome == Outcome::redirected) return {};
    missed.queue = leg->queue;
  } else if (call.state == State::failed) {
    return {};  // it never came near a queue
  }
  missed.call = call.id;
  missed.number = call.number;
  const auto& arrival = call.legs.empty() ? call.announced : first_of(call).joined;
  missed.arrival_ms = arrival.at_ms >= 0 ? arrival.at_ms : now_ms;
  return callbacks.missed(missed, now_ms);
}

}  // namespace bannette::calls
