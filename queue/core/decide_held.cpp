// Decisions of the one who has the dossier in hand.
#include <algorithm>

#include "queue/core/bannettes.hpp"
#include "queue/core/deciding.hpp"
#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

Refusal not_from(State state) {
  return refuse(Code::bad_state, "dossier",
                "Impossible : cette demande est " + std::string(french(state)) + ".");
}

}  // namespace

// The holder, or whoever stands in for an absent one.
bool Bannettes::acts_for(const Authority& who, std::string_view holder, std::int64_t wall_ms) const {
  const std::string name = label(who);
  if (name == holder) return true;
  const auto away = site_.delegations.find(holder);
  return away != site_.delegations.end() && away->second.to == name && away->second.from_ms <= wall_ms &&
         wall_ms < away->second.until_ms;
}

Result<Change> Bannettes::decide_held(const Request& request, const Target& target, std::uint64_t fence,
                                      ChangeKind kind, const Instant& now) const {
  if (fence == 0) return refuse(Code::missing, "fence", "Le jeton de réservation (fence) n'est pas indiqué.");
  auto number = chosen(request.who, target);
  if (number.has_error()) return number.error();
  const Header& h = headers_.at(number.value());
  const std::string& holder = headers_.people.text(h.holder);
  if (fence != h.fence || h.state == State::waiting)
    return refuse(Code::stale_fence, "fence",
                  holder.empty() ? "Votre réservation est terminée : la demande est de nouveau en attente."
                                 : "Votre réservation est terminée : la demande est à " + holder + ".");
  if (!acts_for(request.who, holder, now.wall_ms))
    return refuse(Code::held_by_other, "dossier", "Cette demande est à " + holder + ".");
  if (!allowed(h.state, kind)) return not_from(h.state);
  Change change = change_by(request, kind);
  change.number = number.value();
  change.fence = fence;
  return change;
}

Result<Change> Bannettes::decide_handle(const Request& request, const Handle& handle,
                                        const Instant& now) const {
  auto change = decide_held(request, handle.target, handle.fence, ChangeKind::handled, now);
  if (!change) return change;
  const Header& h = headers_.at(change.value().number);
  // Handled, a danger climbs no further: that no person has seen it must not end so.
  if (h.danger && !request.who.person &&
      headers_.rare(change.value().number, h).climb.acknowledged_by.empty())
    return refuse(Code::in_danger, "actor",
                  "Un danger que personne n'a acquitté est traité par une personne, nommée.");
  change.value().outcome = handle.outcome;
  change.value().reason = name(handle.outcome);
  // A dossier in danger is closed by a person, or stays to be seen.
  if (!headers_.at(change.value().number).danger)
    change.value().until_ms = now.wall_ms + rules_.close_after_ms;
  return change;
}

// Where a hold ends: the time that it lasted does not count, on the deadline's own clock.
void Bannettes::end_of_hold(Change& change, const Dossier& d, const Instant& now) const {
  if (d.state != State::on_hold) return;
  change.deadline_ms = d.deadline_ms;
  if (d.deadline_ms == 0 || d.deadline_ms <= d.held_ms) return;  // none, or it was over before
  const auto clock =
      d.clock != Delay::Unit::none ? d.clock : deadline(d.topic, d.urgency, d.arrived_ms).clock;
  const bool working = clock == Delay::Unit::working_ms || clock == Delay::Unit::working_days;
  change.paused_ms =
      std::max<std::int64_t>(0, working ? time_.between(d.held_ms, now.wall_ms) : now.wall_ms - d.held_ms);
  change.deadline_ms = shifted(clock, d.deadline_ms, change.paused_ms);
}

Result<Change> Bannettes::decide_pause(const Request& request, const Hold& hold, const Instant& now) const {
  if (hold.until_ms <= now.wall_ms || hold.until_ms > now.wall_ms + limits::hold_max)
    return refuse(Code::malformed, "until_ms", "La date de reprise doit être à venir, dans l'année.");
  auto change = decide_held(request, hold.target, hold.fence, ChangeKind::held, now);
  if (!change) return change;
  change.value().reason = name(hold.why);
  change.value().until_ms = hold.until_ms;
  return change;
}

Result<Change> Bannettes::decide_resume(const Request& request, const Resume& resume,
                                        const Instant& now) const {
  auto change = decide_held(request, resume.target, resume.fence, ChangeKind::resumed, now);
  if (change) end_of_hold(change.value(), headers_.opened(change.value().number), now);
  return change;
}

Result<Change> Bannettes::decide_return(const Request& request, const Return& back,
                                        const Instant& now) const {
  auto change = decide_held(request, back.target, back.fence, ChangeKind::returned, now);
  if (!change) return change;
  const Dossier d = headers_.opened(change.value().number);
  if (d.bannette == kSwitchboard)
    return refuse(Code::bad_state, "dossier", "Cette demande est déjà au standard.");
  change.value().reason = name(back.why);
  change.value().bannette = d.bannette;
  change.value().to = kSwitchboard;
  change.value().fence = d.fence + 1;
  end_of_hold(change.value(), d, now);
  return change;
}

std::optional<Refusal> Bannettes::bad_destination(std::string_view from, std::string_view to) const {
  if (to.empty()) return refuse(Code::missing, "to", "La bannette de destination n'est pas indiquée.");
  if (!knows(to)) return refuse(Code::unknown_bannette, "to", "Bannette inconnue : " + std::string(to));
  if (from == to) return refuse(Code::malformed, "to", "Cette demande est déjà dans cette bannette.");
  return std::nullopt;
}

Result<Change> Bannettes::decide_propose(const Request& request, const Propose& propose,
                                         const Instant& now) const {
  auto change = decide_held(request, propose.target, propose.fence, ChangeKind::proposed, now);
  if (!change) return change;
  const Header& h = headers_.at(change.value().number);
  if (auto bad = bad_destination(headers_.bannettes.text(h.bannette), propose.to)) return *bad;
  if (headers_.rare(change.value().number, h).proposal)
    return refuse(Code::proposal_open, "dossier", "Une réorientation attend déjà sa réponse.");
  change.value().to = propose.to;
  change.value().reason = name(propose.why);
  change.value().until_ms = h.danger ? now.wall_ms + rules_.proposal_delay_danger_ms
                                     : time_.deadline_after(now.wall_ms, rules_.proposal_delay);
  return change;
}

Result<Change> Bannettes::decide_withdraw(const Request& request, const Withdraw& withdraw,
                                          const Instant& now) const {
  auto change = decide_held(request, withdraw.target, withdraw.fence, ChangeKind::proposal_withdrawn, now);
  if (!change) return change;
  const Header& h = headers_.at(change.value().number);
  const auto& proposal = headers_.rare(change.value().number, h).proposal;
  if (!proposal) return refuse(Code::no_proposal, "dossier", "Aucune réorientation n'attend de réponse.");
  change.value().to = proposal->to;
  return change;
}

Result<Change> Bannettes::decide_copy(const Request& request, const Copy& copy, const Instant& now) const {
  auto change = decide_held(request, copy.target, copy.fence, ChangeKind::copied, now);
  if (!change) return change;
  const Header& h = headers_.at(change.value().number);
  if (auto bad = bad_destination(headers_.bannettes.text(h.bannette), copy.to)) return *bad;
  const auto& copies = headers_.rare(change.value().number, h).copies;
  if (std::find(copies.begin(), copies.end(), copy.to) != copies.end())
    return refuse(Code::bad_state, "to", "Cette bannette a déjà une copie.");
  if (copies.size() >= limits::copies)
    return refuse(Code::too_large, "to", "Huit copies au plus par demande.");
  change.value().to = copy.to;
  return change;
}

Result<std::vector<Change>> Bannettes::decide_merge(const Request& request, const Merge& merge,
                                                    const Instant& now) const {
  auto change = decide_held(request, merge.target, merge.fence, ChangeKind::merged, now);
  if (change.has_error()) return change.error();
  auto into = chosen(request.who, merge.into);
  if (into.has_error()) return refuse(Code::not_found, "into", into.error().detail);
  if (into.value() == change.value().number)
    return refuse(Code::malformed, "into", "Une demande ne se rattache pas à elle-même.");
  if (headers_.at(change.value().number).danger)
    return refuse(Code::in_danger, "dossier",
                  "Une demande en danger ne se rattache pas à une autre : elle reste visible.");
  if (!is_open(headers_.at(into.value()).state))
    return refuse(Code::bad_state, "into",
                  "L'autre demande est déjà " + std::string(french(headers_.at(into.value()).state)) + ".");
  change.value().other = into.value();
  Change absorbed = change_by(request, ChangeKind::absorbed);
  absorbed.key.reset();
  absorbed.number = into.value();
  absorbed.other = change.value().number;
  std::vector<Change> both;
  both.push_back(std::move(change.value()));
  both.push_back(std::move(absorbed));
  return both;
}

}  // namespace bannette
