// Each change of a dossier: may it be, and what does it leave?
#include <algorithm>

#include "tests/sim/model.hpp"

namespace bannette::sim {
namespace {

constexpr const char* kNotFromHere = "not from this state";

bool is_in(char state, std::string_view states) {
  return states.find(state) != std::string_view::npos;
}

std::uint64_t fence_asked(const v1::Envelope& asked) {
  switch (asked.body_case()) {
    case v1::Envelope::kRenew:
      return asked.renew().fence();
    case v1::Envelope::kRelease:
      return asked.release().fence();
    case v1::Envelope::kAccept:
      return asked.accept().fence();
    case v1::Envelope::kNote:
      return asked.note().fence();
    case v1::Envelope::kHandle:
      return asked.handle().fence();
    case v1::Envelope::kHold:
      return asked.hold().fence();
    case v1::Envelope::kResume:
      return asked.resume().fence();
    case v1::Envelope::kSendBack:
      return asked.send_back().fence();
    case v1::Envelope::kPropose:
      return asked.propose().fence();
    case v1::Envelope::kWithdrawProposal:
      return asked.withdraw_proposal().fence();
    case v1::Envelope::kCopy:
      return asked.copy().fence();
    case v1::Envelope::kMerge:
      return asked.merge().fence();
    case v1::Envelope::kReassign:
      return asked.reassign().fence();
    default:
      return 0;
  }
}

// Asked for the next one, not for a chosen one.
bool is_next(const v1::Envelope& asked) {
  return (asked.has_take() && asked.take().dossier().empty()) ||
         (asked.has_reserve() && asked.reserve().dossier().empty());
}

}  // namespace

// Only the holder, or who stands in for them, and with the fence that stands.
void Model::by_holder(const Step_& step, const Followed& d) {
  must(step.asked != nullptr, step, "nobody asked for it");
  if (step.asked == nullptr) return;
  must(fence_asked(step.asked->envelope) == d.fence, step, "a stale fence had its way");
  must(stands_in(step.change.actor, d.holder, step.change.at.wall_ms), step,
       "by " + step.change.actor + ", held by " + d.holder);
  must(step.asked->who.works_in(d.bannette), step, "another unit's dossier, by " + step.change.actor);
  must(!d.closed_to(step.asked->who), step, "no right to it, " + step.change.actor);
}

void Model::acknowledge(const Step_& step, Followed& d) const {
  if (d.danger && step.change.by_person && d.acknowledged_by.empty()) d.acknowledged_by = step.change.actor;
}

// The time of a hold does not count.
void Model::end_hold(const Step_& step, Followed& d) {
  if (d.state != 'O') return;
  if (d.deadline.at_ms > d.held_ms) {
    const Site& now = site(step.at);
    const std::int64_t wall = step.change.at.wall_ms;
    const bool calendar = d.deadline.clock == Within::Clock::calendar;
    const std::int64_t paused = calendar ? std::max<std::int64_t>(0, wall - d.held_ms)
                                         : between(now.hours, d.held_ms, std::max(d.held_ms, wall));
    d.paused_ms += paused;
    d.deadline.at_ms = moved(now, d.deadline, paused);
  }
  d.until_ms = d.held_ms = 0;
}

// To wait in another bannette, in its old place; nobody there has seen a danger yet.
void Model::wait_in(const Step_& step, Followed& d) {
  const Change& change = step.change;
  must(change.fence == d.fence + 1, step, "the fence does not grow by one");
  must(change.bannette == d.bannette && change.to != d.bannette, step, "not from where it was");
  end_hold(step, d);
  d.state = 'W';
  d.bannette = change.to;
  d.holder.clear();
  d.fence = change.fence;
  d.seen = false;
  d.offer.reset();
  d.steps.clear();
  d.climbed = change.at;
  d.acknowledged_by.clear();
}

void Model::check_next(const Step_& step, const Followed& d) {
  if (step.asked == nullptr || !is_next(step.asked->envelope)) return;
  const auto& asked = step.asked->envelope;
  const auto& names = asked.has_take() ? asked.take().bannettes() : asked.reserve().bannettes();
  const auto among = [&](const std::string& bannette) {
    return names.empty() || std::find(names.begin(), names.end(), bannette) != names.end();
  };
  must(among(d.bannette), step, "not of these bannettes");
  for (const auto& [number, other] : dossiers_)
    if (!other.closed_to(step.asked->who) && other.state == 'W' && other.number != d.number &&
        step.asked->who.works_in(other.bannette) && among(other.bannette) && other.place() < d.place())
      return must(false, step, "dossier " + std::to_string(number) + " was before it");
}

void Model::hold(const Step_& step, Followed& d) {
  const Change& change = step.change;
  must(d.state == 'W', step, "a second holder, " + change.actor + " beside " + d.holder);
  must(change.fence == d.fence + 1, step, "the fence does not grow by one");
  must(step.asked != nullptr && step.asked->who.works_in(d.bannette), step,
       "another unit's dossier, by " + change.actor);
  must(step.asked == nullptr || !d.closed_to(step.asked->who), step, "no right to it, " + change.actor);
  check_next(step, d);
  d.fence = change.fence;
  d.holder = change.actor;
  d.leased = change.at;
  d.lease_ms = change.lease_ms;
  d.seen = true;
  d.state = change.kind == ChangeKind::reserved ? 'R' : 'P';
  if (d.state == 'P') acknowledge(step, d);
}

void Model::while_held(const Step_& step, Followed& d) {
  const Change& change = step.change;
  by_holder(step, d);
  switch (change.kind) {
    case ChangeKind::renewed:
      must(d.state == 'R', step, kNotFromHere);
      d.leased = change.at;
      d.lease_ms = change.lease_ms;
      break;
    case ChangeKind::released:
      must(d.state == 'R', step, kNotFromHere);
      d.state = 'W';
      d.holder.clear();
      break;
    case ChangeKind::accepted:
      must(d.state == 'R', step, kNotFromHere);
      d.state = 'P';
      acknowledge(step, d);
      break;
    case ChangeKind::held:
      must(d.state == 'P', step, kNotFromHere);
      must(change.until_ms > change.at.wall_ms, step, "until a date that is over");
      d.state = 'O';
      d.held_ms = change.at.wall_ms;
      d.until_ms = change.until_ms;
      break;
    case ChangeKind::merged: {
      must(d.open() && d.state != 'W', step, kNotFromHere);
      must(!d.danger, step, "a danger was merged away");
      const auto other = dossiers_.find(change.other);
      must(other != dossiers_.end() && other->second.open() && other->first != d.number, step,
           "into what is not open");
      merging_into_ = change.other;
      merged_ = change.number;
      d.merged_into = change.other;
      d.state = 'M';
      d.until_ms = d.held_ms = 0;
      d.offer.reset();
      break;
    }
    default:  // noted
      must(is_in(d.state, "RPO"), step, kNotFromHere);
  }
}

void Model::redirect(const Step_& step, Followed& d) {
  const Change& change = step.change;
  if (change.kind == ChangeKind::proposed) {
    by_holder(step, d);
    must(is_in(d.state, "RPO"), step, kNotFromHere);
    must(!d.offer, step, "a second proposal");
    must(change.to != d.bannette, step, "to where it is");
    const std::int64_t wall = change.at.wall_ms;
    const Site& now = site(step.at);
    const std::int64_t until =
        d.danger ? wall + now.proposal_danger_ms : after(now.hours, wall, now.proposal_working_ms);
    must(change.until_ms == until, step, "until another date");
    if (d.state == 'R') d.state = 'P';
    acknowledge(step, d);
    d.offer = {change.to, change.actor, change.until_ms};
    return;
  }
  must(is_in(d.state, "PO") && d.offer, step, "no proposal is open");
  if (!d.offer) return;
  if (change.kind == ChangeKind::proposal_accepted) {
    const bool may =
        step.asked != nullptr && (step.asked->who.works_in(d.offer->to) || step.asked->who.supervises());
    must(may && change.to == d.offer->to, step, "not theirs to accept: " + change.actor);
    must(d.hops < site(step.at).most_hops || (may && step.asked->who.supervises()), step, "one hop too many");
    ++d.hops;
    return wait_in(step, d);
  }
  if (change.kind == ChangeKind::proposal_refused)
    must(step.asked != nullptr && (step.asked->who.works_in(d.offer->to) || step.asked->who.supervises()),
         step, "not theirs to refuse");
  if (change.kind == ChangeKind::proposal_withdrawn) by_holder(step, d);
  if (change.kind == ChangeKind::proposal_expired)
    must(change.principal == "clock", step, "not by the clock");
  d.offer.reset();
}

void Model::by_others(const Step_& step, Followed& d) {
  const Change& change = step.change;
  const Who who = step.asked != nullptr ? step.asked->who : Who{};
  switch (change.kind) {
    case ChangeKind::returned:
      by_holder(step, d);
      must(is_in(d.state, "RPO") && change.to == "standard", step, kNotFromHere);
      return wait_in(step, d);
    case ChangeKind::moved:
      must(d.open(), step, kNotFromHere);
      must(who.supervises(), step, "by no supervisor");
      return wait_in(step, d);
    case ChangeKind::reassigned:
      must(d.open(), step, kNotFromHere);
      must(who.manages(d.bannette), step, "by no manager");
      must(step.asked != nullptr && fence_asked(step.asked->envelope) == d.fence, step,
           "a stale fence had its way");
      must(change.fence == d.fence + 1, step, "the fence does not grow by one");
      d.fence = change.fence;
      d.holder = change.to;
      if (is_in(d.state, "WR")) d.state = 'P';
      return acknowledge(step, d);
    case ChangeKind::acknowledged:
      must(d.open() && d.danger && d.acknowledged_by.empty(), step, "nothing to acknowledge");
      must(change.by_person, step, "by nobody");
      must(who.works_in(d.bannette) || who.supervises() || who.person == "astrid", step, "not theirs to see");
      return acknowledge(step, d);
    case ChangeKind::copied:
      must(is_in(d.state, "WRPOH"), step, kNotFromHere);
      if (change.key) by_holder(step, d);
      must(change.key || change.seq == d.last + 1, step, "a copy that nobody asked for");
      must(d.copies.insert(change.to).second && change.to != d.bannette, step, "a second copy");
      return;
    default:  // absorbed
      must(d.open(), step, kNotFromHere);
  }
}

// By the right that it names. Whether this person had it, what they were shown tells (sight.cpp).
void Model::read(const Step_& step, Followed& d) {
  const Change& change = step.change;
  const auto reads = [&](const std::string& bannette) {
    return change.principal == "console" || Who{change.principal, {}, {}, {}}.works_in(bannette);
  };
  bool may = change.principal == "console" && change.by_person && !d.restricted();  // for a purpose
  if (change.reason == "unit") may = reads(d.bannette);
  if (change.reason == "copy") may = std::any_of(d.copies.begin(), d.copies.end(), reads);
  if (change.reason == "proposal") may = d.offer && reads(d.offer->to) && !d.restricted();
  must(may, step, "read without a right, " + change.reason);
  if (change.reason == "unit") d.seen = true;
}

// Both were logged by who links them, or the router says that they are of one call.
void Model::link(const Step_& step, Followed& d) {
  const Change& change = step.change;
  const auto other = dossiers_.find(change.other);
  must(other != dossiers_.end() && change.other != change.number, step, "linked to what is not there");
  if (other == dossiers_.end()) return;
  const bool own = other->second.logged_by == change.actor && d.logged_by == change.actor;
  must(own || change.principal == "router", step, "linked to another's");
  must(d.linked.insert(change.other).second, step, "a second link");
}

void Model::over(const Step_& step, Followed& d) {
  const Change& change = step.change;
  switch (change.kind) {
    case ChangeKind::handled:
      by_holder(step, d);
      must(is_in(d.state, "PO"), step, kNotFromHere);
      d.state = 'H';
      d.until_ms = d.danger ? 0 : change.at.wall_ms + site(step.at).close_after_ms;
      must(change.until_ms == d.until_ms, step, "closes at another date");
      d.held_ms = 0;
      d.offer.reset();
      break;
    case ChangeKind::reopened:
      must(d.state == 'H', step, kNotFromHere);
      must(step.asked != nullptr && step.asked->who.works_in(d.bannette), step, "another unit's dossier");
      must(change.fence == d.fence + 1, step, "the fence does not grow by one");
      d.state = 'P';
      d.holder = change.actor;
      d.fence = change.fence;
      d.until_ms = 0;
      break;
    default:  // closed
      must(d.state == 'H', step, kNotFromHere);
      must(!d.danger || change.by_person, step, "a danger was closed, and by nobody");
      must(change.principal == "clock" || (step.asked != nullptr && step.asked->who.works_in(d.bannette)),
           step, "another unit's dossier");
      d.state = 'C';
      d.until_ms = 0;
  }
}

void Model::by_clock(const Step_& step, Followed& d) {
  const Change& change = step.change;
  if (change.kind != ChangeKind::resumed) must(change.principal == "clock", step, "not by the clock");
  switch (change.kind) {
    case ChangeKind::lease_expired:
      must(d.state == 'R' && change.fence == d.fence, step, kNotFromHere);
      d.state = 'W';
      d.holder.clear();
      break;
    case ChangeKind::resumed:
      if (change.principal != "clock") by_holder(step, d);
      must(d.state == 'O', step, kNotFromHere);
      end_hold(step, d);
      d.state = 'P';
      break;
    case ChangeKind::breached:
      must(is_in(d.state, "WR") && d.deadline.at_ms != 0 && !d.breached, step, kNotFromHere);
      d.breached = true;
      break;
    case ChangeKind::starved:
      must(d.state == 'W' && !d.starved, step, kNotFromHere);
      d.starved = true;
      break;
    default: {  // rescheduled
      must(d.open(), step, kNotFromHere);
      const Site& now = site(step.at);
      d.deadline = deadline_of(now, d.topic, d.urgency, d.arrived_ms);
      d.deadline.at_ms = moved(now, d.deadline, d.paused_ms);
    }
  }
}

// Out of hours on-call comes first; then unit, manager, on-call, supervisors; each once.
void Model::climb(const Step_& step, Followed& d) {
  const Change& change = step.change;
  must(change.principal == "clock", step, "not by the clock");
  must(d.danger && d.open(), step, kNotFromHere);
  must(d.acknowledged_by.empty(), step, "after it was acknowledged");
  if (!change.step) return must(false, step, "to nobody");
  const bool closed = !is_open(site(step.at).hours, change.at.wall_ms);
  Step due = Step::unit;
  if (closed && !d.steps.contains(Step::on_call))
    due = Step::on_call;
  else
    for (Step each : {Step::supervisors, Step::on_call, Step::manager, Step::unit})
      // Within hours the people on call are at work like everybody else.
      if (!d.steps.contains(each) && (each != Step::on_call || closed)) due = each;
  must(*change.step == due, step,
       "to " + std::string(name(*change.step)) + ", not " + std::string(name(due)));
  must(d.steps.insert(*change.step).second, step, "twice to " + std::string(name(*change.step)));
  d.climbed = change.at;
}

}  // namespace bannette::sim
