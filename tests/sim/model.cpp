#include "tests/sim/model.hpp"

#include <algorithm>

namespace bannette::sim {
namespace {

constexpr std::int64_t kSoon = 5'000;   // "within 5 s"
constexpr std::int64_t kLease = 2'000;  // "+2 s at the most"

bool is_any(ChangeKind kind, std::initializer_list<ChangeKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool clears(ChangeKind kind) {  // may stand without a key, though a person's request made it
  return is_any(kind, {ChangeKind::copied, ChangeKind::absorbed, ChangeKind::read, ChangeKind::linked});
}

char letter(State state) {
  return "?WRPHOCM"[static_cast<std::size_t>(state)];
}

}  // namespace

void Model::must(bool holds, const Step_& step, const std::string& otherwise) {
  if (!holds) complain_("change " + std::to_string(step.change.seq) + " (" + step.name + "): " + otherwise);
}

const Site& Model::site(std::int64_t at) const {
  const Site* found = sites_.front().second;
  for (const auto& [from, each] : sites_)
    if (from <= at) found = each;
  return *found;
}

bool Model::stands_in(const std::string& actor, const std::string& holder, std::int64_t wall) const {
  if (actor == holder) return true;
  const auto away = delegations_.find(holder);
  return away != delegations_.end() && away->second.to == actor && away->second.from_ms <= wall &&
         wall < away->second.until_ms;
}

// What the clock must bring while the dossier stays as it is.
std::vector<Model::Duty> Model::duties(const Followed& d) const {
  using enum Duty::Clock;
  const Site& rules = *sites_.front().second;  // these delays are the same in all
  std::vector<Duty> all;
  const auto by_wall = [&all](ChangeKind kind, std::int64_t due) {
    all.push_back({kind, wall, due, 0, kSoon});
  };
  if (d.state == 'R')
    all.push_back({ChangeKind::lease_expired, boot, d.lease_ms, timeline_.when(d.leased), kLease});
  if ((d.state == 'W' || d.state == 'R') && d.deadline.at_ms != 0 && !d.breached)
    by_wall(ChangeKind::breached, d.deadline.at_ms + (d.urgency == 1 ? rules.step_immediate_ms : 0));
  if (d.state == 'W' && !d.starved) by_wall(ChangeKind::starved, d.arrived_ms + rules.starvation_ms);
  if (d.offer) by_wall(ChangeKind::proposal_expired, d.offer->until_ms);
  if (d.state == 'O') by_wall(ChangeKind::resumed, d.until_ms);
  if (d.state == 'H' && !d.danger) by_wall(ChangeKind::closed, d.until_ms);
  if (d.danger && d.open() && d.acknowledged_by.empty() && !d.steps.contains(Step::supervisors)) {
    const std::int64_t step_ms = d.urgency == 1 ? rules.step_immediate_ms : rules.step_urgent_ms;
    all.push_back(
        {ChangeKind::escalated, boot, d.steps.empty() ? 0 : step_ms, timeline_.when(d.climbed), kSoon});
  }
  return all;
}

std::int64_t Model::overdue(const Duty& duty, std::int64_t from, std::int64_t to) const {
  return duty.clock == Duty::Clock::wall ? timeline_.overdue_by_wall(duty.due_ms, from, to)
                                         : timeline_.overdue_by_boot(duty.began, duty.due_ms, from, to);
}

// Neither before its time, nor later than soon after it while the server was ready.
void Model::check_duties(const Step_& step, const Followed& d) {
  for (const Duty& duty : duties(d)) {
    const std::int64_t late_ms = overdue(duty, d.last_at, step.at);
    must(late_ms <= duty.grace_ms, step,
         std::string(name(duty.kind)) + " was due " + std::to_string(late_ms) + " ms before");
    if (duty.kind != step.change.kind || step.change.principal != "clock") continue;
    if (duty.clock == Duty::Clock::wall)
      must(step.change.at.wall_ms >= duty.due_ms, step, "before its time");
    else if (!timeline_.rebooted(duty.began, step.at) || !timeline_.clock_set(duty.began, step.at))
      must(step.at >= duty.began + duty.due_ms, step, "before its time");
  }
}

void Model::end(std::int64_t at) {
  for (const auto& [number, d] : dossiers_)
    for (const Duty& duty : duties(d))
      if (overdue(duty, d.last_at, at) > duty.grace_ms)
        complain_("dossier " + std::to_string(number) + " (" + d.state +
                  "): " + std::string(name(duty.kind)) + " never came");
}

void Model::check_asked(const Step_& step) {
  const Change& change = step.change;
  if (change.principal == "clock") return must(!change.key, step, "the clock has a key");
  if (step.asked == nullptr) return must(!change.key && clears(change.kind), step, "nobody asked for it");
  must(step.asked->who.principal == change.principal && step.asked->who.label() == change.actor, step,
       "not by who asked for it: " + change.actor);
  must(change.by_person == !step.asked->who.person.empty(), step, "a person, or not");
}

void Model::follow(const journal::Entry& entry, const Asked* asked) {
  const Change& change = entry.persist.change;
  const Step_ step{change, entry, asked, timeline_.when(change.at), std::string(name(change.kind))};
  check_asked(step);
  if (merging_into_ != 0)
    must(change.kind == ChangeKind::absorbed && change.number == merging_into_ && change.other == merged_,
         step, "a merge without its other half");
  merging_into_ = 0;
  if (change.number == 0) return of_the_site(step);
  if (change.kind == ChangeKind::submitted) {
    begin(step);
  } else if (const auto found = dossiers_.find(change.number); found == dossiers_.end()) {
    return must(false, step, "a dossier that was never submitted");
  } else {
    must(found->second.last == change.previous_seq && found->second.id == to_bytes(change.id), step,
         "does not follow the one before");
    check_duties(step, found->second);
    of_a_dossier(step, found->second);
  }
  Followed& now = dossiers_.at(change.number);
  now.last = change.seq;
  now.last_at = step.at;
  check_kept(step, now);
}

void Model::begin(const Step_& step) {
  const Change& change = step.change;
  must(!dossiers_.contains(change.number) && change.number == dossiers_.size() + 1, step, "submitted twice");
  Followed& d = dossiers_[change.number];
  d.id = to_bytes(change.id);
  d.number = change.number;
  d.bannette = change.bannette;
  d.topic = change.topic;
  d.logged_by = change.actor;
  d.urgency = static_cast<int>(change.urgency);
  d.danger = change.danger;
  d.arrived_ms = change.at.wall_ms;
  d.arrival = change.seq;
  d.climbed = change.at;
  d.deadline = deadline_of(site(step.at), d.topic, d.urgency, d.arrived_ms);
  if (step.asked == nullptr || !step.asked->envelope.has_submit()) return;
  const v1::Submit& asked = step.asked->envelope.submit();
  must(asked.bannette() == d.bannette && asked.topic() == d.topic && asked.danger() == d.danger &&
           static_cast<int>(asked.urgency()) == d.urgency,
       step, "not as it was asked for");
}

void Model::of_a_dossier(const Step_& step, Followed& d) {
  using enum ChangeKind;
  const ChangeKind kind = step.change.kind;
  if (is_any(kind, {reserved, taken})) return hold(step, d);
  if (is_any(kind, {renewed, released, accepted, noted, held, merged})) return while_held(step, d);
  if (is_any(kind, {proposed, proposal_accepted, proposal_refused, proposal_withdrawn, proposal_expired}))
    return redirect(step, d);
  if (is_any(kind, {reassigned, moved, returned, acknowledged, copied, absorbed})) return by_others(step, d);
  if (kind == ChangeKind::read) return this->read(step, d);
  if (kind == ChangeKind::linked) return link(step, d);
  if (is_any(kind, {handled, reopened, closed})) return over(step, d);
  if (is_any(kind, {lease_expired, resumed, breached, starved, rescheduled})) return by_clock(step, d);
  if (kind == escalated) return climb(step, d);
  must(false, step, "no change of a dossier");
}

// What stands in the journal beside the change must be the dossier as it is now.
void Model::check_kept(const Step_& step, const Followed& d) {
  const Dossier& kept = step.entry.persist.after;
  const auto same = [&](bool is, const char* what) {
    must(is, step, std::string(what) + " is kept otherwise");
  };
  same(letter(kept.state) == d.state, "the state");
  same(kept.bannette == d.bannette, "the bannette");
  same(kept.holder == d.holder, "the holder");
  same(kept.fence == d.fence, "the fence");
  same(kept.deadline_ms == d.deadline.at_ms, "the deadline");
  same(kept.arrival_seq == d.arrival && kept.arrived_ms == d.arrived_ms, "the place");
  same(static_cast<int>(kept.urgency) == d.urgency && kept.danger == d.danger, "the urgency");
  same(kept.breached == d.breached && kept.starved == d.starved, "an alarm");
  same(kept.seen == d.seen, "whether somebody there has seen it");
  same(kept.until_ms == d.until_ms, "the date");
  same(std::set(kept.linked.begin(), kept.linked.end()) == d.linked, "a link");
  same(kept.hops == d.hops && kept.merged_into == d.merged_into, "the way");
  same(kept.proposal.has_value() == d.offer.has_value() && (!d.offer || kept.proposal->to == d.offer->to),
       "the proposal");
  same(std::set(kept.copies.begin(), kept.copies.end()) == d.copies, "a copy");
  std::uint8_t steps = 0;
  for (Step each : d.steps) steps |= static_cast<std::uint8_t>(1U << (static_cast<unsigned>(each) - 1));
  same(kept.climb.steps == steps && kept.climb.acknowledged_by == d.acknowledged_by, "the climb");
}

void Model::of_the_site(const Step_& step) {
  const Change& change = step.change;
  const std::int64_t wall = change.at.wall_ms;
  switch (change.kind) {
    case ChangeKind::calendar_changed:
      return check_recomputed(step);
    case ChangeKind::delegated:
      must(change.person == change.actor ||
               (step.asked != nullptr &&
                (step.asked->who.supervises() || step.asked->who.role == v1::ROLE_MANAGER)),
           step, "another's dossiers");
      delegations_[change.person] = {change.to, change.from_ms, change.until_ms};
      return;
    case ChangeKind::delegation_ended:
      must(delegations_.contains(change.person), step, "there was none");
      if (change.principal == "clock")
        must(wall >= delegations_[change.person].until_ms, step, "before its time");
      delegations_.erase(change.person);
      return;
    case ChangeKind::unattended:
      must(alarms(change).insert(change.bannette).second, step, "the alarm stands already");
      if (change.reason == "restricted")
        must(std::any_of(dossiers_.begin(), dossiers_.end(),
                         [&](const auto& each) {
                           const Followed& d = each.second;
                           return d.bannette == change.bannette && d.state == 'W' && d.restricted();
                         }),
             step, "nothing restricted waits there");
      return must(is_open(site(step.at).hours, wall), step, "nobody works now");
    case ChangeKind::attended:
      return must(alarms(change).erase(change.bannette) == 1, step, "there was no alarm");
    case ChangeKind::clock_jumped:
      return must(change.until_ms > kSoon || change.until_ms < -kSoon, step, "by next to nothing");
    default:
      must(false, step, "no change of the site");
  }
}

// After it, every open dossier has the deadline of the calendar in force.
void Model::check_recomputed(const Step_& step) {
  const Site& now = site(step.at);
  for (const auto& [number, d] : dossiers_) {
    if (!d.open()) continue;
    const Deadline due = deadline_of(now, d.topic, d.urgency, d.arrived_ms);
    must(d.deadline.at_ms == moved(now, due, d.paused_ms), step,
         "dossier " + std::to_string(number) + " has the deadline of another calendar");
  }
}

}  // namespace bannette::sim
