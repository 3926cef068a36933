#include "queue/core/lifecycle.hpp"

#include <stdexcept>

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
  dossier.arrival_seq = change.seq;
  return dossier;
}

}  // namespace

bool allowed(State from, ChangeKind kind) {
  switch (kind) {
    case ChangeKind::submitted:
      return false;
    case ChangeKind::reserved:
    case ChangeKind::taken:
      return from == State::waiting;
    case ChangeKind::renewed:
    case ChangeKind::released:
    case ChangeKind::lease_expired:
    case ChangeKind::accepted:
      return from == State::reserved;
    case ChangeKind::noted:
      return from == State::reserved || from == State::in_progress;
    case ChangeKind::handled:
      return from == State::in_progress;
  }
  return false;
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
  dossier.changed_ms = change.at.wall_ms;
  switch (change.kind) {
    case ChangeKind::submitted:
      break;
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
    case ChangeKind::accepted:
      dossier.state = State::in_progress;
      end_lease(dossier);
      break;
    case ChangeKind::taken:
      dossier.state = State::in_progress;
      dossier.holder = change.actor;
      dossier.fence = change.fence;
      break;
    case ChangeKind::noted:
      break;
    case ChangeKind::handled:
      dossier.state = State::handled;
      dossier.outcome = change.outcome;
      break;
  }
  return dossier;
}

}  // namespace bannette
