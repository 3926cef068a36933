// What the clock brings. Leases and the steps of a danger run on boot time, the rest on wall time; what has
// fired is recorded, and never taken back.
#include <algorithm>

#include "queue/core/bannettes.hpp"
#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

Change by_clock(ChangeKind kind, std::uint64_t number, std::string reason = {}) {
  Change change;
  change.kind = kind;
  change.number = number;
  change.principal = change.actor = "clock";
  change.reason = std::move(reason);
  return change;
}

bool climbs(const Header& h, const Rare& rare) {
  return h.danger && is_open(h.state) && rare.climb.acknowledged_by.empty() &&
         !has_fired(rare.climb, Step::supervisors);
}

std::string names_of(const std::vector<OnCallContact>& contacts) {
  std::string names;
  for (const auto& contact : contacts) {
    if (names.size() + contact.label.size() + 2 > limits::reason_text) break;
    names += (names.empty() ? "" : ", ") + contact.label;
  }
  return names;
}

}  // namespace

std::int64_t Bannettes::step_ms(Urgency urgency) const {
  return urgency == Urgency::immediate ? rules_.step_immediate_ms : rules_.step_urgent_ms;
}

// Out of hours on-call comes first; each step once.
std::optional<Step> Bannettes::next_step(const Climb& climb, std::int64_t wall_ms) const {
  const bool somebody = !on_call_now(rules_, wall_ms).empty();
  if (somebody && !has_fired(climb, Step::on_call) && !time_.is_open(wall_ms)) return Step::on_call;
  for (auto step : {Step::unit, Step::manager, Step::on_call, Step::supervisors})
    if (!has_fired(climb, step) && (step != Step::on_call || somebody)) return step;
  return std::nullopt;
}

std::int64_t Bannettes::wall_due_ms(const Header& h, const Rare& rare) const {
  std::int64_t due = kNoDeadline;
  const bool waits = h.state == State::waiting;
  if ((waits || h.state == State::reserved) && h.deadline_ms != 0 && !h.breached)
    // "At once" is late once the first step of a danger would be.
    due = h.deadline_ms + (h.urgency == Urgency::immediate ? rules_.step_immediate_ms : 0);
  if (waits && !h.starved) due = std::min(due, h.arrived_ms + rules_.starvation_ms);
  if (rare.proposal) due = std::min(due, rare.proposal->until_ms);
  if (h.state == State::on_hold) due = std::min(due, rare.until_ms);
  if (h.state == State::handled && rare.until_ms != 0) due = std::min(due, rare.until_ms);
  return due;
}

std::int64_t Bannettes::lease_end_ms(std::uint64_t number, const Rare& rare, const Instant& now) const {
  return rare.lease_boot_id == now.boot_id ? rare.lease_until_boot_ms : carried_.at(number).lease_end_ms;
}

std::int64_t Bannettes::step_end_ms(std::uint64_t number, const Header& h, const Rare& rare,
                                    const Instant& now) const {
  if (rare.climb.steps == 0) return 0;  // its first step is due
  return rare.climb.last.boot_id == now.boot_id ? rare.climb.last.boot_ms + step_ms(h.urgency)
                                                : carried_.at(number).step_end_ms;
}

std::int64_t Bannettes::boot_due_ms(std::uint64_t number, const Header& h, const Rare& rare,
                                    const Instant& now) const {
  std::int64_t due = kNoDeadline;
  if (h.state == State::reserved) due = lease_end_ms(number, rare, now);
  if (climbs(h, rare)) due = std::min(due, step_end_ms(number, h, rare, now));
  return due;
}

std::optional<Change> Bannettes::due_by_wall(std::uint64_t number, const Instant& now) const {
  const Header& h = headers_.at(number);
  const Rare& rare = headers_.rare(number, h);
  if (wall_due_ms(h, rare) > now.wall_ms) return std::nullopt;
  if (h.state == State::on_hold && rare.until_ms <= now.wall_ms) {
    Change change = by_clock(ChangeKind::resumed, number, "hold_ended");
    end_of_hold(change, headers_.opened(number), now);
    return change;
  }
  if (h.state == State::handled) return by_clock(ChangeKind::closed, number, "time");
  if (rare.proposal && rare.proposal->until_ms <= now.wall_ms) {
    Change change = by_clock(ChangeKind::proposal_expired, number, "no_answer");
    change.to = rare.proposal->to;
    return change;
  }
  if (h.state == State::waiting && !h.starved && h.arrived_ms + rules_.starvation_ms <= now.wall_ms)
    return by_clock(ChangeKind::starved, number);
  return by_clock(ChangeKind::breached, number);
}

std::optional<Change> Bannettes::due_by_boot(std::uint64_t number, const Instant& now) const {
  const Header& h = headers_.at(number);
  const Rare& rare = headers_.rare(number, h);
  if (boot_due_ms(number, h, rare, now) > now.boot_ms) return std::nullopt;
  if (climbs(h, rare) && step_end_ms(number, h, rare, now) <= now.boot_ms) {
    const auto step = next_step(rare.climb, now.wall_ms);
    if (step) {
      Change change = by_clock(ChangeKind::escalated, number, std::string(name(*step)));
      change.step = step;
      if (*step == Step::on_call) change.to = names_of(on_call_now(rules_, now.wall_ms));
      return change;
    }
  }
  Change change = by_clock(ChangeKind::lease_expired, number, "lease_expired");
  change.actor = headers_.people.text(h.holder);  // whose reservation ended
  return change;
}

void Bannettes::run_timers(const Instant& now, std::size_t most, std::vector<Persist>& done) {
  const std::size_t enough = done.size() + most;
  while (!by_boot_.empty() && by_boot_.next().first <= now.boot_ms && done.size() < enough) {
    const std::uint64_t number = by_boot_.next().second;
    by_boot_.pop();
    if (auto change = due_by_boot(number, now)) done.push_back(commit(std::move(*change), now));
  }
  while (!by_wall_.empty() && by_wall_.next().first <= now.wall_ms && done.size() < enough) {
    const std::uint64_t number = by_wall_.next().second;
    by_wall_.pop();
    if (auto change = due_by_wall(number, now)) done.push_back(commit(std::move(*change), now));
  }
  const auto stands = [&](const Timers::Entry& entry) {
    const Header& h = headers_.at(entry.second);
    return wall_due_ms(h, headers_.rare(entry.second, h)) == entry.first;
  };
  by_wall_.compact(stands);
}

// The calendar or a delay is another than the one that open deadlines were computed with. Goes on where it
// stopped; after a crash it begins again and finds what is left. The record comes last: until then it is not
// done.
void Bannettes::recompute(const Instant& now, std::size_t most, std::vector<Persist>& done) {
  if (!recomputing()) return;
  const std::size_t enough = done.size() + most;
  const std::uint64_t until = std::min(headers_.last_number(), recomputed_ + limits::recomputed_at_once);
  for (; recomputed_ < until && done.size() < enough; ++recomputed_) {
    const Header* h = headers_.find(recomputed_ + 1);
    if (h == nullptr || !is_open(h->state)) continue;
    // A topic that the configuration has lost tells no delay any more: the deadline stands.
    if (topic_rule(headers_.topics.text(h->topic)) == nullptr) continue;
    const Rare& rare = headers_.rare(recomputed_ + 1, *h);
    Due due = deadline(headers_.topics.text(h->topic), h->urgency, h->arrived_ms);
    due.at_ms = shifted(due.clock, due.at_ms, rare.paused_ms);
    if (due.at_ms == h->deadline_ms && (due.clock == h->clock || h->clock == Delay::Unit::none)) continue;
    Change change = by_clock(ChangeKind::rescheduled, recomputed_ + 1, "calendar_changed");
    change.deadline_ms = due.at_ms;
    change.clock = due.clock;
    done.push_back(commit(std::move(change), now));
  }
  if (recomputed_ < headers_.last_number() || done.size() >= enough) return;
  Change change =
      by_clock(ChangeKind::calendar_changed, 0, site_.rules_fingerprint.empty() ? "first" : "changed");
  change.to = fingerprint_;
  done.push_back(commit(std::move(change), now));
  recomputed_ = 0;
}

void Bannettes::end_delegations(const Instant& now, std::vector<Persist>& done) {
  std::vector<std::string> over;
  for (const auto& [person, delegation] : site_.delegations)
    if (delegation.until_ms <= now.wall_ms && over.size() < limits::command_own) over.push_back(person);
  for (auto& person : over) {
    Change change = by_clock(ChangeKind::delegation_ended, 0, "date");
    change.to = site_.delegations.at(person).to;
    change.person = std::move(person);
    done.push_back(commit(std::move(change), now));
  }
}

std::uint64_t Bannettes::restricted_waiting(const Tray& tray) const {
  std::uint64_t all = 0;
  for (const auto& [topic, waiting] : tray.waiting_by_topic())
    if (restricted_->topic(headers_.topics.text(topic))) all += waiting;
  return all;
}

// Dossiers wait, it is open, and nobody has looked for too long: an alarm, which ends when somebody looks.
// Where those who look have no right to what waits of restricted topics, that is an alarm of its own: a child
// in danger may be among it. It stands back while the first one stands, which says more.
void Bannettes::watch_over(const Instant& now, std::vector<Persist>& done) {
  if (now.boot_ms < watched_over_ms_) return;
  watched_over_ms_ = now.boot_ms + limits::watch_round;
  const bool open = time_.is_open(now.wall_ms);
  const auto too_long = [&](Presence& presence, bool attended) {
    if (attended || !open) presence.unwatched_since_ms = now.boot_ms;
    return now.boot_ms - presence.unwatched_since_ms >= rules_.unattended_ms;
  };
  const auto tell = [&](ChangeKind kind, const std::string& bannette, std::string_view reason) {
    Change change = by_clock(kind, 0, std::string(reason));
    change.bannette = bannette;
    done.push_back(commit(std::move(change), now));
  };
  for (auto& [index, tray] : trays_.all()) {
    const std::string& bannette = headers_.bannettes.text(index);
    const bool lost = !knows(bannette);  // nobody can look
    const bool watched = lost || tray.anybody.watched_until_ms > now.boot_ms;
    const bool late = too_long(tray.anybody, watched || tray.waiting.empty());
    if (const bool alarm = site_.unattended.contains(bannette); alarm ? watched : late)
      tell(alarm ? ChangeKind::attended : ChangeKind::unattended, bannette, {});
    const bool readable =
        lost || tray.cleared.watched_until_ms > now.boot_ms || restricted_waiting(tray) == 0;
    const bool unread = too_long(tray.cleared, readable) && !site_.unattended.contains(bannette);
    // Its end is not told while the other one stands: who pairs them by bannette would take that one for
    // ended.
    const bool ended = readable && !site_.unattended.contains(bannette);
    if (const bool alarm = site_.restricted_unattended.contains(bannette); alarm ? ended : unread)
      tell(alarm ? ChangeKind::attended : ChangeKind::unattended, bannette, kOfRestricted);
    if (done.size() >= limits::due_at_once) return;
  }
}

void Bannettes::notice_jump(const Instant& now, std::vector<Persist>& done) {
  if (last_seen_ && last_seen_->boot_id == now.boot_id) {
    const std::int64_t jump = (now.wall_ms - last_seen_->wall_ms) - (now.boot_ms - last_seen_->boot_ms);
    if (jump > limits::clock_jump || jump < -limits::clock_jump) {
      Change change = by_clock(ChangeKind::clock_jumped, 0);
      change.until_ms = jump;
      done.push_back(commit(std::move(change), now));
    }
  }
  last_seen_ = now;
}

std::vector<Persist> Bannettes::advance(const Instant& now, std::size_t most) {
  std::vector<Persist> done;
  notice_jump(now, done);
  run_timers(now, most, done);
  if (done.size() < most) end_delegations(now, done);
  if (done.size() < most) watch_over(now, done);
  if (done.size() < most) recompute(now, most - done.size(), done);
  return done;
}

std::int64_t Bannettes::next_due_boot_ms(const Instant& now) const {
  if (recomputing()) return now.boot_ms;
  std::int64_t next = watched_over_ms_;
  if (!by_boot_.empty()) next = std::min(next, by_boot_.next().first);
  if (!by_wall_.empty())
    next = std::min(next, now.boot_ms + std::max<std::int64_t>(0, by_wall_.next().first - now.wall_ms));
  for (const auto& [person, delegation] : site_.delegations)
    next = std::min(next, now.boot_ms + std::max<std::int64_t>(0, delegation.until_ms - now.wall_ms));
  return next;
}

void Bannettes::watch(const Authority& who, const std::vector<std::string>& names, const Instant& now) {
  for (auto& [index, tray] : trays_.all()) {
    const std::string& bannette = headers_.bannettes.text(index);
    const bool asked = names.empty() || std::find(names.begin(), names.end(), bannette) != names.end();
    if (!asked || !may_work(who, bannette)) continue;
    tray.anybody.watched_until_ms = now.boot_ms + limits::watch;
    if (may_work_restricted(who, bannette)) tray.cleared.watched_until_ms = now.boot_ms + limits::watch;
  }
}

}  // namespace bannette
