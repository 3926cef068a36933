// What each change of the callback list does: the only place that changes it.
#include <algorithm>

#include "router/calls/callbacks.hpp"

namespace bannette::calls {

using What = CallbackChange::What;

void Callbacks::Times::set(const std::string& number, std::int64_t at_ms) {
  const auto [found, added] = at_.emplace(number, at_ms);
  if (!added) found->second = std::max(found->second, at_ms);
  order_.emplace_back(number, at_ms);
  // A number has as many places in the line as it was set, so the line is bounded too.
  while (order_.size() > remembered) {
    const auto& [oldest, its_ms] = order_.front();
    const auto held = at_.find(oldest);
    if (held != at_.end() && held->second <= its_ms) at_.erase(held);
    order_.pop_front();
  }
}

std::optional<std::int64_t> Callbacks::Times::find(const std::string& number) const {
  const auto found = at_.find(number);
  if (found == at_.end()) return std::nullopt;
  return found->second;
}

Callbacks::Rank Callbacks::rank(const Callback& entry) {
  return {!entry.danger, -std::int64_t{entry.attempts}, entry.first_ms, entry.id};
}

void Callbacks::tell(const std::string& call) {
  if (call.empty() || !told_.insert(call).second) return;
  told_order_.push_back(call);
  while (told_order_.size() > remembered) {
    told_.erase(told_order_.front());
    told_order_.pop_front();
  }
}

void Callbacks::open(const CallbackChange& change) {
  Callback entry;
  entry.id = change.entry;
  entry.number = change.number;
  entry.dialled = change.dialled;
  entry.queue = change.queue;
  entry.call = change.call;
  entry.as = change.as;
  entry.first_ms = entry.last_ms = change.arrival_ms;
  entry.attempts = 1;
  if (change.as == MissedAs::abandoned_short) {  // the second one: the first counts too
    const auto before = shorts_.find(change.number);
    if (before) {
      entry.first_ms = std::min(entry.first_ms, *before);
      entry.attempts = 2;
    }
  }
  last_id_ = std::max(last_id_, change.entry);
  order_.insert(rank(entry));
  by_number_[entry.number] = entry.id;
  ages_.emplace(entry.last_ms, entry.id);
  entries_.emplace(entry.id, std::move(entry));
}

void Callbacks::end(const Callback& entry) {
  order_.erase(rank(entry));
  ages_.erase({entry.last_ms, entry.id});
  by_number_.erase(entry.number);
  if (entry.locked()) {
    by_post_.erase(entry.post);
    lock_ends_.erase({entry.locked_until_ms, entry.id});
  }
  if (entry.danger) --in_danger_;
  entries_.erase(entry.id);
}

void Callbacks::change_entry(Callback& entry, const CallbackChange& change) {
  order_.erase(rank(entry));
  const auto unlock = [&] {
    if (!entry.locked()) return;
    by_post_.erase(entry.post);
    lock_ends_.erase({entry.locked_until_ms, entry.id});
    entry.post.clear();
    entry.person.clear();
    entry.locked_until_ms = 0;
  };
  switch (change.what) {
    case What::called_again:
      ages_.erase({entry.last_ms, entry.id});
      ++entry.attempts;
      entry.first_ms = std::min(entry.first_ms, change.arrival_ms);
      if (change.arrival_ms >= entry.last_ms) {
        entry.last_ms = change.arrival_ms;
        entry.as = change.as;
        entry.dialled = change.dialled;
        entry.queue = change.queue;
        entry.call = change.call;
      }
      ages_.emplace(entry.last_ms, entry.id);
      break;
    case What::danger_told:
      if (entry.danger != change.danger) change.danger ? ++in_danger_ : --in_danger_;
      entry.danger = change.danger;
      break;
    case What::locked:
      unlock();
      entry.post = change.post;
      entry.person = change.person;
      entry.locked_until_ms = change.until_ms;
      by_post_[entry.post] = entry.id;
      lock_ends_.emplace(entry.locked_until_ms, entry.id);
      break;
    case What::released:
      unlock();
      break;
    case What::tried:
      unlock();
      ++entry.tries;
      entry.tried_ms = change.at_ms;
      entry.rests_until_ms = change.until_ms;
      break;
    default:
      break;
  }
  order_.insert(rank(entry));
}

void Callbacks::evolve(const CallbackChange& change) {
  if (change.what != What::got_through && change.what != What::ended) tell(change.call);
  switch (change.what) {
    case What::noted_short:
      shorts_.set(change.number, change.arrival_ms);
      return;
    case What::got_through:
      through_.set(change.number, change.at_ms);
      return;
    case What::not_kept:
      ++not_kept_;
      return;
    case What::opened:
      if (!entries_.contains(change.entry)) open(change);
      return;
    default:
      break;
  }
  const auto found = entries_.find(change.entry);
  if (found == entries_.end()) return;  // ended before: told twice
  if (change.what == What::ended)
    end(found->second);
  else
    change_entry(found->second, change);
}

}  // namespace bannette::calls
