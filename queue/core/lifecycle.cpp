#include "queue/core/lifecycle.hpp"

#include <algorithm>
#include <stdexcept>

#include "queue/core/readings.hpp"

namespace bannette {
namespace {

[[noreturn]] void does_not_fit(const Change& change, const char* why) {
  throw std::logic_error("change " + std::to_string(change.seq) + " (" + std::string(name(change.kind)) +
                         "): " + why);
}

void start_lease(Dossier& dossier, const Change& change) {
  dossier.lease_ms = change.lease_ms;
  dossier.lease_until_wall_ms = change.at.wall_ms + change.lease_ms;
  dossier.lease_until_boot_ms = change.at.boot_ms + change.lease_ms;
  dossier.lease_boot_id = change.at.boot_id;
}

void end_lease(Dossier& dossier) {
  dossier.lease_ms = dossier.lease_until_wall_ms = dossier.lease_until_boot_ms = 0;
  dossier.lease_boot_id = 0;
}

// A hold's time does not count: the deadline moved by as much.
void end_hold(Dossier& dossier, const Change& change) {
  if (dossier.state != State::on_hold) return;
  dossier.deadline_ms = change.deadline_ms;
  dossier.paused_ms += change.paused_ms;
  dossier.until_ms = dossier.held_ms = 0;
  dossier.hold_why.clear();
}

void hold(Dossier& dossier, const Change& change) {
  dossier.state = State::on_hold;
  dossier.held_ms = change.at.wall_ms;
  dossier.until_ms = change.until_ms;
  dossier.hold_why = change.reason;
}

void take_in_hand(Dossier& dossier, const Change& change) {
  dossier.state = State::in_progress;
  dossier.taken_ms = change.at.wall_ms;
  end_lease(dossier);
}

void acknowledge(Dossier& dossier, const Change& change) {
  if (dossier.danger && dossier.climb.acknowledged_by.empty()) dossier.climb.acknowledged_by = change.actor;
}

// Into another bannette, to wait there in its old place. Whoever is there has not seen it yet.
void wait_in(Dossier& dossier, const Change& change) {
  end_hold(dossier, change);
  end_lease(dossier);
  dossier.state = State::waiting;
  dossier.bannette = change.to;
  dossier.holder.clear();
  dossier.fence = change.fence;
  dossier.taken_ms = 0;
  dossier.seen = false;
  dossier.proposal.reset();
  dossier.climb = {};
}

void copy_to(Dossier& dossier, const std::string& bannette) {
  const auto at = std::lower_bound(dossier.copies.begin(), dossier.copies.end(), bannette);
  if (at == dossier.copies.end() || *at != bannette) dossier.copies.insert(at, bannette);
}

void link_to(Dossier& dossier, std::uint64_t other) {
  const auto at = std::lower_bound(dossier.linked.begin(), dossier.linked.end(), other);
  if (at == dossier.linked.end() || *at != other) dossier.linked.insert(at, other);
}

// Does it move the date of the last change? Reading does not; what early versions recorded of it did.
bool moves(const Change& change) {
  return change.kind != ChangeKind::read || change.reason == kByCopy || change.reason == kByProposal;
}

// Has somebody of its own bannette seen the content? By a copy, a proposal or a supervisor's look is not
// that.
bool seen_here(const Change& change) {
  return is_reading(change.kind) && (change.kind != ChangeKind::read || change.reason == kByUnit);
}

void evolve_redirect(Dossier& dossier, const Change& change) {
  if (change.kind == ChangeKind::proposed) {
    if (dossier.proposal) does_not_fit(change, "a proposal is open already");
    if (dossier.state == State::reserved) take_in_hand(dossier, change);  // the sender answers for it now
    if (change.by_person) acknowledge(dossier, change);
    dossier.proposal = Proposal{change.to, change.actor, change.reason, change.until_ms};
    return;
  }
  if (!dossier.proposal) does_not_fit(change, "no proposal is open");
  if (change.kind == ChangeKind::proposal_accepted) {
    ++dossier.hops;
    return wait_in(dossier, change);
  }
  dossier.proposal.reset();
}

void evolve_end(Dossier& dossier, const Change& change) {
  switch (change.kind) {
    case ChangeKind::handled:
      dossier.state = State::handled;
      dossier.outcome = change.outcome;
      dossier.until_ms = change.until_ms;
      dossier.held_ms = 0;
      dossier.hold_why.clear();
      dossier.proposal.reset();
      break;
    case ChangeKind::reopened:
      dossier.state = State::in_progress;
      dossier.outcome.reset();
      dossier.until_ms = 0;
      dossier.holder = change.actor;
      dossier.fence = change.fence;
      break;
    case ChangeKind::closed:
      dossier.state = State::closed;
      dossier.until_ms = 0;
      break;
    case ChangeKind::merged:
      end_lease(dossier);
      dossier.state = State::merged;
      dossier.merged_into = change.other;
      dossier.until_ms = dossier.held_ms = 0;
      dossier.hold_why.clear();
      dossier.proposal.reset();
      break;
    default:
      break;
  }
}

// Marks beside the state.
void evolve_mark(Dossier& dossier, const Change& change) {
  switch (change.kind) {
    case ChangeKind::acknowledged:
      acknowledge(dossier, change);
      break;
    case ChangeKind::escalated:
      if (!change.step || has_fired(dossier.climb, *change.step)) does_not_fit(change, "no step, or again");
      dossier.climb.steps |= static_cast<std::uint8_t>(1U << (static_cast<unsigned>(*change.step) - 1));
      dossier.climb.last = change.at;
      break;
    case ChangeKind::breached:
      dossier.breached = true;
      break;
    case ChangeKind::starved:
      dossier.starved = true;
      break;
    case ChangeKind::rescheduled:
      dossier.deadline_ms = change.deadline_ms;
      dossier.clock = change.clock;
      break;
    case ChangeKind::copied:
      copy_to(dossier, change.to);
      break;
    case ChangeKind::linked:
      link_to(dossier, change.other);
      break;
    default:  // noted, absorbed, read: the history alone
      break;
  }
}

Dossier first(const Change& change) {
  Dossier dossier;
  dossier.id = change.id;
  dossier.number = change.number;
  dossier.bannette = change.bannette;
  dossier.topic = change.topic;
  dossier.insee = change.insee;
  dossier.urgency = change.urgency;
  dossier.danger = change.danger;
  dossier.arrived_ms = change.at.wall_ms;
  dossier.deadline_ms = change.deadline_ms;
  dossier.clock = change.clock;
  dossier.arrival_seq = change.seq;
  return dossier;
}

void evolve_held(Dossier& dossier, const Change& change) {
  switch (change.kind) {
    case ChangeKind::reserved:
      dossier.state = State::reserved;
      dossier.holder = change.actor;
      dossier.fence = change.fence;
      start_lease(dossier, change);
      break;
    case ChangeKind::renewed:
      start_lease(dossier, change);
      break;
    case ChangeKind::released:
    case ChangeKind::lease_expired:
      dossier.state = State::waiting;
      dossier.holder.clear();
      end_lease(dossier);
      break;
    case ChangeKind::taken:
      dossier.holder = change.actor;
      dossier.fence = change.fence;
      [[fallthrough]];
    case ChangeKind::accepted:
      take_in_hand(dossier, change);
      if (change.by_person) acknowledge(dossier, change);
      break;
    case ChangeKind::held:
      hold(dossier, change);
      break;
    case ChangeKind::resumed:
      end_hold(dossier, change);
      dossier.state = State::in_progress;
      break;
    case ChangeKind::reassigned:
      dossier.holder = change.to;
      dossier.fence = change.fence;
      if (dossier.state != State::on_hold && dossier.state != State::in_progress)
        take_in_hand(dossier, change);
      if (change.by_person) acknowledge(dossier, change);
      break;
    default:
      break;
  }
}

}  // namespace

bool allowed(State from, ChangeKind kind) {
  using enum State;
  switch (kind) {
    case ChangeKind::submitted:
      return false;
    case ChangeKind::reserved:
    case ChangeKind::taken:
    case ChangeKind::starved:
      return from == waiting;
    case ChangeKind::renewed:
    case ChangeKind::released:
    case ChangeKind::lease_expired:
    case ChangeKind::accepted:
      return from == reserved;
    case ChangeKind::held:
      return from == in_progress;
    case ChangeKind::resumed:
      return from == on_hold;
    case ChangeKind::handled:
    case ChangeKind::proposal_accepted:
    case ChangeKind::proposal_refused:
    case ChangeKind::proposal_withdrawn:
    case ChangeKind::proposal_expired:
      return from == in_progress || from == on_hold;
    case ChangeKind::noted:
    case ChangeKind::proposed:
    case ChangeKind::returned:
      return from == reserved || from == in_progress || from == on_hold;
    case ChangeKind::breached:
      return from == waiting || from == reserved;
    case ChangeKind::reassigned:
    case ChangeKind::moved:
    case ChangeKind::merged:
    case ChangeKind::escalated:
    case ChangeKind::acknowledged:
    case ChangeKind::rescheduled:
    case ChangeKind::absorbed:
      return is_open(from);
    case ChangeKind::reopened:
    case ChangeKind::closed:
      return from == handled;
    case ChangeKind::copied:
      return from != State::closed && from != State::merged;
    case ChangeKind::read:
    case ChangeKind::linked:
      return true;
    default:  // of the site
      return false;
  }
}

Dossier evolve(const std::optional<Dossier>& before, const Change& change) {
  if (change.kind == ChangeKind::submitted) {
    if (before) does_not_fit(change, "the dossier exists already");
    Dossier dossier = first(change);
    dossier.changed_seq = change.seq;
    dossier.changed_ms = change.at.wall_ms;
    return dossier;
  }
  if (!before) does_not_fit(change, "no such dossier");
  if (before->number != change.number || before->id != change.id) does_not_fit(change, "another dossier");
  if (before->changed_seq != change.previous_seq) does_not_fit(change, "it does not follow the last change");
  if (!allowed(before->state, change.kind)) does_not_fit(change, "not from this state");

  Dossier dossier = *before;
  dossier.changed_seq = change.seq;
  if (moves(change)) dossier.changed_ms = change.at.wall_ms;
  switch (change.kind) {
    case ChangeKind::proposed:
    case ChangeKind::proposal_accepted:
    case ChangeKind::proposal_refused:
    case ChangeKind::proposal_withdrawn:
    case ChangeKind::proposal_expired:
      evolve_redirect(dossier, change);
      break;
    case ChangeKind::returned:
    case ChangeKind::moved:
      wait_in(dossier, change);
      break;
    case ChangeKind::handled:
    case ChangeKind::reopened:
    case ChangeKind::closed:
    case ChangeKind::merged:
      evolve_end(dossier, change);
      break;
    case ChangeKind::reserved:
    case ChangeKind::renewed:
    case ChangeKind::released:
    case ChangeKind::lease_expired:
    case ChangeKind::taken:
    case ChangeKind::accepted:
    case ChangeKind::held:
    case ChangeKind::resumed:
    case ChangeKind::reassigned:
      evolve_held(dossier, change);
      break;
    default:
      evolve_mark(dossier, change);
      break;
  }
  if (seen_here(change)) dossier.seen = true;
  return dossier;
}

DeadlineState deadline_state(const Dossier& d) {
  if (d.deadline_ms == 0) return DeadlineState::none;
  if (d.breached) return DeadlineState::breached;
  if (d.state == State::on_hold) return DeadlineState::paused;
  return d.taken_ms != 0 || !is_open(d.state) ? DeadlineState::met : DeadlineState::running;
}

bool is_event(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::escalated:
    case ChangeKind::acknowledged:
    case ChangeKind::breached:
    case ChangeKind::starved:
    case ChangeKind::proposal_expired:
    case ChangeKind::unattended:
    case ChangeKind::attended:
    case ChangeKind::calendar_changed:
    case ChangeKind::clock_jumped:
      return true;
    default:
      return false;
  }
}

}  // namespace bannette
