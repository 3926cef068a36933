// Memory of the bannettes, and the one way by which it changes. What is allowed stands in decide*.cpp, what
// the clock brings in due.cpp.
#include "queue/core/bannettes.hpp"

#include <algorithm>
#include <stdexcept>

#include "queue/core/deciding.hpp"
#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

bool takes_in_hand(ChangeKind kind) {
  return kind == ChangeKind::accepted || kind == ChangeKind::taken;
}

Reply reply_to(const Persist& kept) {
  const Dossier& d = kept.after;
  if (kept.change.kind == ChangeKind::submitted)
    return Receipt{kept.change.seq, d.id, d.number, d.bannette, d.arrived_ms, d.deadline_ms};
  return Done{kept.change.seq, kept.change.fence, d};
}

}  // namespace

Bannettes::Bannettes(Rules rules)
    : rules_(std::move(rules)),
      time_(rules_.calendar),
      fingerprint_(fingerprint(rules_)),
      site_tag_(fnv1a(rules_.site)),
      restricted_(std::make_shared<Restricted>(rules_)),
      known_bannettes_(rules_.bannettes.begin(), rules_.bannettes.end()) {
  for (const auto& bannette : rules_.bannettes) trays_.of(headers_.bannettes.index(bannette));
}

void Bannettes::put(const Dossier& d, const Instant& now) {
  if (headers_.find(d.number) != nullptr) trays_.leave(headers_, d.number);
  headers_.put(d);
  trays_.enter(headers_, d.number);
  arm(d.number, now);
}

void Bannettes::arm(std::uint64_t number, const Instant& now) {
  const Header& h = headers_.at(number);
  const Rare& rare = headers_.rare(number, h);
  if (const auto due = wall_due_ms(h, rare); due != kNoDeadline) by_wall_.arm(due, number);
  if (const auto due = boot_due_ms(number, h, rare, now); due != kNoDeadline) by_boot_.arm(due, number);
}

void Bannettes::restore(const Dossier& d, const Instant& now) {
  const bool lease = d.state == State::reserved && d.lease_boot_id != now.boot_id;
  const bool step = d.danger && d.climb.steps != 0 && d.climb.last.boot_id != now.boot_id;
  if (lease || step) {
    // What is left by the wall clock, but never more than the whole. Fencing keeps a wrong guess safe.
    const auto end = [&](std::int64_t wall_end_ms, std::int64_t length_ms) {
      return now.boot_ms + std::clamp<std::int64_t>(wall_end_ms - now.wall_ms, 0, length_ms);
    };
    const std::int64_t its_step = step_ms(d.urgency);
    carried_[d.number] = {end(d.lease_until_wall_ms, d.lease_ms),
                          end(d.climb.last.wall_ms + its_step, its_step)};
  }
  put(d, now);
}

void Bannettes::restore_key(const Change& change) {
  keys_.add(change);
  logged_.add(change);
}

void Bannettes::restore_site(const Change& change) {
  evolve(site_, change);
}

void Bannettes::begin(std::uint64_t last_seq, std::uint64_t last_number, const Instant& now) {
  last_seq_ = last_seq;
  last_number_ = last_number;
  // An alarm of a bannette that the configuration has lost must be able to end.
  for (const auto* alarms : {&site_.unattended, &site_.restricted_unattended})
    for (const auto& bannette : *alarms) trays_.of(headers_.bannettes.index(bannette));
  for (auto& [index, tray] : trays_.all())
    tray.anybody.unwatched_since_ms = tray.cleared.unwatched_since_ms = now.boot_ms;
}

void Bannettes::adopt(Rules rules, const Instant& now) {
  if (rules.site != rules_.site) throw std::logic_error("rules of another site: " + rules.site);
  rules_ = std::move(rules);
  time_ = WorkingTime(rules_.calendar);
  fingerprint_ = fingerprint(rules_);
  restricted_ = std::make_shared<Restricted>(rules_);
  recomputed_ = 0;
  known_bannettes_ = {rules_.bannettes.begin(), rules_.bannettes.end()};
  for (const auto& bannette : rules_.bannettes) {
    const auto index = headers_.bannettes.index(bannette);
    if (trays_.all().contains(index)) continue;
    Tray& tray = trays_.of(index);
    tray.anybody.unwatched_since_ms = tray.cleared.unwatched_since_ms = now.boot_ms;
  }
  std::erase_if(trays_.all(), [this](const auto& each) {
    const std::string& bannette = headers_.bannettes.text(each.first);
    return each.second.empty() && !knows(bannette) && !site_.unattended.contains(bannette) &&
           !site_.restricted_unattended.contains(bannette);
  });
  // What was armed by other rules may be due earlier now, and what is popped too early would be forgotten.
  by_wall_.clear();
  by_boot_.clear();
  for (std::uint64_t number = 1; number <= headers_.last_number(); ++number)
    if (headers_.find(number) != nullptr) arm(number, now);
}

// Numbers the change, makes it the state, and gives what is to be kept.
Persist Bannettes::commit(Change change, const Instant& now) {
  change.seq = ++last_seq_;
  change.at = now;
  if (of_site(change.kind)) {
    change.previous_seq = site_.last_seq;
    evolve(site_, change);
    keys_.add(change);
    return {std::move(change), {}};
  }
  std::optional<Dossier> before;
  if (headers_.find(change.number) != nullptr) {
    before = headers_.opened(change.number);
    change.previous_seq = before->changed_seq;
    change.id = before->id;
    if (change.fence == 0) change.fence = before->fence;
  } else {
    last_number_ = change.number;
  }
  Dossier after = evolve(before, change);
  put(after, now);
  keys_.add(change);
  logged_.add(change);
  if (is_reading(change.kind) && change.kind != ChangeKind::read)
    readings_.add(change.number, change.actor, std::string(kByUnit) + "\n", now.boot_ms, change.seq);
  if (takes_in_hand(change.kind))
    trays_.of(headers_.at(change.number).bannette).took(now.wall_ms - after.arrived_ms);
  return {std::move(change), std::move(after)};
}

std::optional<Reply> Bannettes::replay(const Request& request) const {
  if (!request.key) return std::nullopt;
  const auto* first = keys_.find(request.who.principal, *request.key);
  if (first == nullptr) return std::nullopt;
  if (first->digest != request.digest)
    return Refusal{Code::key_reused, "idempotency_key", "Cette clé a déjà servi pour une autre demande."};
  if (first->number == 0) return Done{first->seq, 0, {}};
  Dossier d = headers_.opened(first->number);
  if (std::holds_alternative<Submit>(request.command))
    return Receipt{first->seq, d.id, d.number, d.bannette, d.arrived_ms, d.deadline_ms};
  return Done{first->seq, first->fence, std::move(d)};
}

Effects Bannettes::apply(const Request& request, const Instant& now) {
  Effects effects;
  run_timers(now, limits::due_at_once, effects.persist);
  keys_.forget(now);
  if (auto replayed = replay(request)) {
    effects.reply = std::move(*replayed);
  } else if (auto changes = decide(request, now); changes.has_error()) {
    effects.reply = changes.error();
  } else {
    effects.own = effects.persist.size();
    for (auto& change : changes.value()) effects.persist.push_back(commit(std::move(change), now));
    effects.reply = reply_to(effects.persist[*effects.own]);
    run_timers(now, limits::due_at_once, effects.persist);  // a danger's first step belongs to its arrival
  }
  effects.reply_after_seq = last_seq_;
  return effects;
}

std::optional<Dossier> Bannettes::find(std::uint64_t number) const {
  if (headers_.find(number) == nullptr) return std::nullopt;
  return headers_.opened(number);
}

bool Bannettes::knows(std::string_view bannette) const {
  return known_bannettes_.contains(bannette);
}

}  // namespace bannette
