// What is decided about the callback list. What a decision does: callbacks_evolve.cpp.
#include "router/calls/callbacks.hpp"

#include <algorithm>

#include "router/calls/caller.hpp"

namespace bannette::calls {
namespace {

using What = CallbackChange::What;

constexpr std::size_t kIdMost = 128;  // of a call, a queue, a number as told: the ledger's own bound

std::string bounded(std::string_view text) {
  return std::string(text.substr(0, kIdMost));
}

Refusal nobody_dials() {
  return Refusal{Code::bad_state, "callback", "Personne n'est en train de rappeler."};
}

}  // namespace

CallbackChanges Callbacks::made(CallbackChanges changes) {
  for (const auto& change : changes) evolve(change);
  return changes;
}

CallbackChange Callbacks::about(const Callback& entry, What what, std::int64_t now_ms) const {
  CallbackChange out;
  out.what = what;
  out.at_ms = now_ms;
  out.entry = entry.id;
  out.number = entry.number;
  out.post = entry.post;
  out.person = entry.person;
  return out;
}

CallbackChange Callbacks::ending(const Callback& entry, CallbackEnd end, std::string_view person,
                                 std::int64_t now_ms) const {
  CallbackChange out = about(entry, What::ended, now_ms);
  out.end = end;
  if (!person.empty()) out.person = person;
  return out;
}

CallbackChanges Callbacks::missed(const MissedCall& call, std::int64_t now_ms) {
  const auto number = caller_of(call.number);
  if (number.empty() || told(bounded(call.call))) return {};
  const auto through = through_.find(number);
  if (through && *through >= call.arrival_ms) return {};

  CallbackChange change;
  change.at_ms = now_ms;
  change.number = number;
  change.dialled = bounded(call.number);
  change.call = bounded(call.call);
  change.queue = bounded(call.queue);
  change.as = call.as;
  change.arrival_ms = call.arrival_ms;
  const auto open = by_number_.find(number);
  if (open != by_number_.end()) {
    change.what = What::called_again;
    change.entry = open->second;
    return made({change});
  }
  if (call.as == MissedAs::abandoned_short) {
    const auto before = shorts_.find(number);
    if (!before || std::abs(call.arrival_ms - *before) > short_again_ms) {
      change.what = What::noted_short;
      return made({change});
    }
  }
  if (entries_.size() >= bound) {
    change.what = What::not_kept;
    return made({change});
  }
  change.what = What::opened;
  change.entry = last_id_ + 1;
  return made({change});
}

CallbackChanges Callbacks::got_through(std::string_view number, std::string_view call, bool ours,
                                       std::int64_t at_ms) {
  const auto known = caller_of(number);
  if (known.empty()) return {};
  const auto open = by_number_.find(known);
  // An answer from before the missed call settles nothing.
  const bool settles = open != by_number_.end() && entries_.at(open->second).last_ms <= at_ms;
  const auto before = through_.find(known);
  if (!settles && before && *before >= at_ms) return {};  // told already

  CallbackChanges out;
  CallbackChange& change = out.emplace_back();
  change.what = What::got_through;
  change.at_ms = at_ms;
  change.number = known;
  change.call = bounded(call);
  if (settles) {
    const auto& entry = entries_.at(open->second);
    auto end = ending(entry, ours ? CallbackEnd::reached : CallbackEnd::resolved_by_call, {}, at_ms);
    end.call = bounded(call);
    out.push_back(std::move(end));
  }
  return made(std::move(out));
}

CallbackChanges Callbacks::tried(const Callback& entry, std::string_view call, std::int64_t now_ms) {
  CallbackChanges out{about(entry, What::tried, now_ms)};
  out.back().call = call;
  out.back().until_ms = now_ms + rules_.rest_ms;
  if (entry.tries + 1 >= rules_.tries) out.push_back(ending(entry, CallbackEnd::unreachable, {}, now_ms));
  return made(std::move(out));
}

CallbackChanges Callbacks::unanswered(std::string_view number, std::string_view call, std::int64_t now_ms) {
  const auto* entry = of_number(number);
  if (!entry || !entry->locked() || told(bounded(call))) return {};
  return tried(*entry, bounded(call), now_ms);
}

CallbackChanges Callbacks::danger(std::string_view number, bool in_danger, std::int64_t now_ms) {
  const auto* entry = of_number(number);
  if (!entry || entry->danger == in_danger) return {};
  auto change = about(*entry, What::danger_told, now_ms);
  change.danger = in_danger;
  return made({change});
}

Result<const Callback*> Callbacks::free_for(std::uint64_t id, std::string_view person) const {
  const auto* entry = find(id);
  if (!entry) return Refusal{Code::not_found, "callback", "Ce rappel n'est plus dans la liste."};
  if (entry->locked() && entry->person != person)
    return Refusal{Code::held_by_other, "callback",
                   "Un autre poste est en train de rappeler cette personne."};
  return entry;
}

Result<CallbackChanges> Callbacks::dial(std::uint64_t id, std::string_view post, std::string_view person,
                                        std::int64_t now_ms) {
  if (post.empty() || post.size() > name_most)
    return Refusal{Code::malformed, "post", "Le poste qui rappelle n'est pas connu."};
  if (person.empty() || person.size() > name_most)
    return Refusal{Code::malformed, "person", "La personne qui rappelle n'est pas connue."};
  const auto entry = free_for(id, person);
  if (!entry) return entry.error();
  CallbackChanges out;
  const auto held = by_post_.find(post);
  if (held != by_post_.end() && held->second != id)
    out.push_back(about(entries_.at(held->second), What::released, now_ms));
  if ((*entry)->locked() && (*entry)->post != post) out.push_back(about(**entry, What::released, now_ms));
  auto change = about(**entry, What::locked, now_ms);
  change.post = post;
  change.person = person;
  change.dialled = (*entry)->dialled;
  change.until_ms = now_ms + rules_.lock_ms;
  out.push_back(std::move(change));
  return made(std::move(out));
}

Result<CallbackChanges> Callbacks::release(std::uint64_t id, std::string_view person, std::int64_t now_ms) {
  const auto entry = free_for(id, person);
  if (!entry) return entry.error();
  if (!(*entry)->locked()) return nobody_dials();
  return made({about(**entry, What::released, now_ms)});
}

Result<CallbackChanges> Callbacks::reached(std::uint64_t id, std::string_view person, std::int64_t now_ms) {
  const auto entry = free_for(id, person);
  if (!entry) return entry.error();
  CallbackChange through;
  through.what = What::got_through;
  through.at_ms = now_ms;
  through.number = (*entry)->number;
  return made({through, ending(**entry, CallbackEnd::reached, person, now_ms)});
}

Result<CallbackChanges> Callbacks::no_answer(std::uint64_t id, std::string_view person, std::int64_t now_ms) {
  const auto entry = free_for(id, person);
  if (!entry) return entry.error();
  if (!(*entry)->locked()) return nobody_dials();
  return tried(**entry, {}, now_ms);
}

Result<CallbackChanges> Callbacks::give_up(std::uint64_t id, std::string_view person, std::string_view reason,
                                           std::int64_t now_ms) {
  if (reason.empty())
    return Refusal{Code::missing, "reason", "Un motif est nécessaire pour ne plus rappeler."};
  if (reason.size() > reason_most)
    return Refusal{Code::too_large, "reason", "Ce motif est trop long : 300 octets au plus."};
  const auto entry = free_for(id, person);
  if (!entry) return entry.error();
  auto change = ending(**entry, CallbackEnd::given_up, person, now_ms);
  change.reason = reason;
  return made({change});
}

CallbackChanges Callbacks::post_gone(std::string_view post, std::int64_t now_ms) {
  const auto held = by_post_.find(post);
  if (held == by_post_.end()) return {};
  return made({about(entries_.at(held->second), What::released, now_ms)});
}

CallbackChanges Callbacks::advance(std::int64_t now_ms) {
  CallbackChanges out;
  while (!lock_ends_.empty() && lock_ends_.begin()->first <= now_ms) {
    out.push_back(about(entries_.at(lock_ends_.begin()->second), What::released, now_ms));
    evolve(out.back());
  }
  while (!ages_.empty() && ages_.begin()->first + rules_.keep_ms <= now_ms) {
    out.push_back(ending(entries_.at(ages_.begin()->second), CallbackEnd::expired, {}, now_ms));
    evolve(out.back());
  }
  return out;
}

std::optional<std::int64_t> Callbacks::next_due_ms() const {
  std::optional<std::int64_t> due;
  if (!lock_ends_.empty()) due = lock_ends_.begin()->first;
  if (!ages_.empty()) {
    const std::int64_t old_ms = ages_.begin()->first + rules_.keep_ms;
    due = due ? std::min(*due, old_ms) : old_ms;
  }
  return due;
}

const Callback* Callbacks::find(std::uint64_t id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

const Callback* Callbacks::of_number(std::string_view number) const {
  const auto known = caller_of(number);
  if (known.empty()) return nullptr;
  const auto found = by_number_.find(known);
  return found == by_number_.end() ? nullptr : find(found->second);
}

std::vector<const Callback*> Callbacks::ranked(std::int64_t now_ms, std::size_t most) const {
  std::vector<const Callback*> out, resting;
  for (const auto& key : order_) {
    if (out.size() == most) return out;
    const auto& entry = entries_.at(std::get<3>(key));
    if (entry.rests_until_ms <= now_ms)
      out.push_back(&entry);
    else if (resting.size() < most)
      resting.push_back(&entry);
  }
  for (const auto* entry : resting)
    if (out.size() < most) out.push_back(entry);
  return out;
}

std::int64_t Callbacks::oldest_ms() const {
  std::int64_t oldest = 0;
  for (const auto& [id, entry] : entries_)
    if (oldest == 0 || entry.first_ms < oldest) oldest = entry.first_ms;
  return oldest;
}

}  // namespace bannette::calls
