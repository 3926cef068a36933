#include "router/calls/tally.hpp"

namespace bannette::calls {

void People::add(std::uint64_t caller) {
  if (caller == 0 || callers_.contains(caller)) return;
  if (callers_.size() >= bound)
    full_ = true;
  else
    callers_.insert(caller);
}

void People::merge(const People& other) {
  full_ = full_ || other.full_;
  for (const std::uint64_t caller : other.callers_) add(caller);
}

std::optional<std::uint64_t> People::count() const {
  if (full_) return std::nullopt;
  return callers_.size();
}

void Tally::add(const Fact& fact) {
  if (fact.outgoing) {
    ++outgoing;
    if (fact.fate != Fate::answered) return;
    ++outgoing_answered;
    served.add(fact.caller);
    return;
  }
  const bool missed = fact.fate == Fate::abandoned || fact.fate == Fate::overflowed ||
                      fact.fate == Fate::unknown || fact.fate == Fate::turned_away;
  if (missed && fact.caller == 0) ++missed_withheld;
  switch (fact.fate) {
    case Fate::waiting:
      ++waiting;
      break;
    case Fate::answered:
      ++answered;
      if (fact.wait_ms) wait.add(*fact.wait_ms);
      if (fact.handling_ms) handling.add(*fact.handling_ms);
      if (fact.wrap_up_ms) wrap_up.add(*fact.wrap_up_ms);
      served.add(fact.caller);
      break;
    case Fate::abandoned:
      ++abandoned;
      if (fact.wait_ms) patience.add(*fact.wait_ms);
      break;
    case Fate::abandoned_short:
      ++abandoned_short;
      break;
    case Fate::overflowed:
      ++overflowed;
      break;
    case Fate::unknown:
      ++unknown;
      break;
    case Fate::turned_away:
      ++turned_away;
      return;
  }
  if (fact.caller == 0) ++withheld;
  calling.add(fact.caller);
}

void Tally::add(const PostTime& time) {
  busy_ms += time.busy_ms;
  free_ms += time.free_ms;
  paused_ms += time.paused_ms;
}

void Tally::add(const CallbackChange& change) {
  if (change.what == CallbackChange::What::opened) ++opened;
  if (change.what != CallbackChange::What::ended) return;
  switch (change.end) {
    case CallbackEnd::reached:
      ++reached;
      break;
    case CallbackEnd::unreachable:
      ++unreachable;
      break;
    case CallbackEnd::resolved_by_call:
      ++resolved;
      break;
    case CallbackEnd::given_up:
    case CallbackEnd::expired:
      ++dropped;
      break;
  }
}

void Tally::merge(const Tally& other) {
  for (const auto member :
       {&Tally::waiting, &Tally::answered, &Tally::abandoned, &Tally::abandoned_short, &Tally::overflowed,
        &Tally::unknown, &Tally::turned_away, &Tally::withheld, &Tally::missed_withheld, &Tally::outgoing,
        &Tally::outgoing_answered, &Tally::opened, &Tally::reached, &Tally::unreachable, &Tally::resolved,
        &Tally::dropped})
    this->*member += other.*member;
  for (const auto member : {&Tally::busy_ms, &Tally::free_ms, &Tally::paused_ms})
    this->*member += other.*member;
  for (const auto member : {&Tally::wait, &Tally::patience, &Tally::handling, &Tally::wrap_up})
    (this->*member).merge(other.*member);
  for (const auto member : {&Tally::calling, &Tally::served}) (this->*member).merge(other.*member);
}

}  // namespace bannette::calls
