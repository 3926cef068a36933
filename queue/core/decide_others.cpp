// Decisions of those who do not have the dossier in hand: the bannette that a redirect is proposed to,
// whoever acknowledges a danger, managers and supervisors.
#include <algorithm>

#include "queue/core/bannettes.hpp"
#include "queue/core/deciding.hpp"
#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

Refusal not_found() {
  return refuse(Code::not_found, "dossier", "Aucune demande de ce nom dans vos bannettes.");
}

Refusal already(State state) {
  return refuse(Code::bad_state, "dossier",
                "Impossible : cette demande est " + std::string(french(state)) + ".");
}

bool is_on_call(const Authority& who, const std::vector<OnCallContact>& contacts) {
  if (who.kind != Authority::Kind::console || !who.person) return false;
  return std::any_of(contacts.begin(), contacts.end(), [&](const OnCallContact& contact) {
    return std::find(contact.people.begin(), contact.people.end(), who.person->name) != contact.people.end();
  });
}

}  // namespace

// The number of a dossier whose redirect is the caller's to answer.
Result<std::uint64_t> Bannettes::offered_to(const Authority& who, const Target& target) const {
  std::uint64_t number = 0;
  const Header* h = named(target, number);
  if (h == nullptr) return not_found();
  const auto& proposal = headers_.rare(number, *h).proposal;
  const bool its_own = may_work(who, headers_.bannettes.text(h->bannette));
  const bool answers = proposal && (may_work(who, proposal->to) || may_supervise(who));
  const bool closed = answers && !may_supervise(who) && closed_to(who, *h, proposal->to);
  if (closed) return confidential();
  if (answers) return number;
  if (its_own || may_supervise(who))
    return refuse(Code::no_proposal, "dossier", "Aucune réorientation n'attend votre réponse.");
  return not_found();
}

Result<Change> Bannettes::decide_accept_proposal(const Request& request, const Target& target,
                                                 const Instant& now) const {
  auto number = offered_to(request.who, target);
  if (number.has_error()) return number.error();
  const Dossier d = headers_.opened(number.value());
  if (d.hops >= rules_.max_hops && !may_supervise(request.who))
    return refuse(Code::forbidden, "dossier",
                  "Cette demande a déjà changé " + std::to_string(d.hops) +
                      " fois de bannette : un superviseur décide.");
  if (!knows(d.proposal->to))
    return refuse(Code::unknown_bannette, "dossier",
                  "Cette bannette n'existe plus : refusez la réorientation.");
  Change change = change_by(request, ChangeKind::proposal_accepted);
  change.number = d.number;
  change.fence = d.fence + 1;
  change.bannette = d.bannette;
  change.to = d.proposal->to;
  change.reason = d.proposal->why;
  end_of_hold(change, d, now);
  return change;
}

Result<Change> Bannettes::decide_refuse_proposal(const Request& request,
                                                 const RefuseProposal& refuse_it) const {
  auto number = offered_to(request.who, refuse_it.target);
  if (number.has_error()) return number.error();
  Change change = change_by(request, ChangeKind::proposal_refused);
  change.number = number.value();
  change.to = headers_.rare(change.number, headers_.at(change.number)).proposal->to;
  change.reason = name(refuse_it.why);
  return change;
}

Result<Change> Bannettes::decide_acknowledge(const Request& request, const Target& target,
                                             const Instant& now) const {
  std::uint64_t number = 0;
  const Header* h = named(target, number);
  const bool theirs = h != nullptr && (may_work(request.who, headers_.bannettes.text(h->bannette)) ||
                                       may_supervise(request.who) ||
                                       is_on_call(request.who, on_call_now(rules_, now.wall_ms)));
  if (!theirs) return not_found();
  // Who cannot know what it is about has not seen the danger.
  const bool may_decide =
      may_supervise(request.who) || is_on_call(request.who, on_call_now(rules_, now.wall_ms));
  if (!may_decide && closed_to(request.who, *h, headers_.bannettes.text(h->bannette))) return confidential();
  if (!request.who.person)
    return refuse(Code::missing, "actor", "Un danger est acquitté par une personne, nommée.");
  if (!h->danger) return refuse(Code::bad_state, "dossier", "Cette demande n'est pas signalée en danger.");
  if (!is_open(h->state)) return already(h->state);
  const auto& by = headers_.rare(number, *h).climb.acknowledged_by;
  if (!by.empty()) return refuse(Code::bad_state, "dossier", "Ce danger est déjà acquitté par " + by + ".");
  Change change = change_by(request, ChangeKind::acknowledged);
  change.number = number;
  return change;
}

Result<Change> Bannettes::decide_reopen(const Request& request, const Target& target) const {
  auto number = chosen(request.who, target);
  if (number.has_error()) return number.error();
  const Header& h = headers_.at(number.value());
  if (!allowed(h.state, ChangeKind::reopened)) return already(h.state);
  if (auto bad = too_many_people(label(request.who), "actor")) return *bad;
  Change change = change_by(request, ChangeKind::reopened);
  change.number = number.value();
  change.fence = h.fence + 1;
  return change;
}

Result<Change> Bannettes::decide_close(const Request& request, const Target& target) const {
  // A supervisor too: the unit may be gone from the configuration.
  std::uint64_t its_number = 0;
  Result<std::uint64_t> number = may_supervise(request.who) && named(target, its_number) != nullptr
                                     ? Result<std::uint64_t>(its_number)
                                     : chosen(request.who, target);
  if (number.has_error()) return number.error();
  const Header& h = headers_.at(number.value());
  if (!allowed(h.state, ChangeKind::closed)) return already(h.state);
  if (h.danger && !request.who.person)
    return refuse(Code::in_danger, "actor", "Une demande en danger est close par une personne, nommée.");
  Change change = change_by(request, ChangeKind::closed);
  change.number = number.value();
  change.reason = "confirmed";
  return change;
}

Result<Change> Bannettes::decide_reassign(const Request& request, const Reassign& reassign) const {
  std::uint64_t number = 0;
  const Header* h = named(reassign.target, number);
  if (h == nullptr || !may_list(request.who, headers_.bannettes.text(h->bannette))) return not_found();
  if (!may_manage(request.who, headers_.bannettes.text(h->bannette)))
    return refuse(Code::forbidden, "",
                  "Seul un responsable de l'unité ou un superviseur réattribue une demande.");
  if (reassign.to.empty()) return refuse(Code::missing, "to", "La personne n'est pas indiquée.");
  if (reassign.to.size() > limits::holder) return refuse(Code::too_large, "to", "Ce nom est trop long.");
  if (!may_name(request.who, reassign.to))
    return refuse(Code::forbidden, "to",
                  "Une unité donne une demande à ses propres agents : « " + request.who.principal + "/… ».");
  if (!allowed(h->state, ChangeKind::reassigned)) return already(h->state);
  if (reassign.fence != h->fence)
    return refuse(Code::stale_fence, "fence", "Cette demande a changé de mains entre-temps : relisez-la.");
  if (headers_.people.text(h->holder) == reassign.to && h->state != State::reserved)
    return refuse(Code::bad_state, "to", "Cette demande est déjà à " + reassign.to + ".");
  if (auto bad = too_many_people(reassign.to, "to")) return *bad;
  Change change = change_by(request, ChangeKind::reassigned);
  change.number = number;
  change.fence = h->fence + 1;
  change.to = reassign.to;
  change.reason = name(reassign.why);
  return change;
}

Result<Change> Bannettes::decide_move(const Request& request, const Move& move, const Instant& now) const {
  std::uint64_t number = 0;
  const Header* h = named(move.target, number);
  if (!may_supervise(request.who)) {
    if (h == nullptr || !may_work(request.who, headers_.bannettes.text(h->bannette))) return not_found();
    return refuse(Code::forbidden, "",
                  "Seul un superviseur déplace une demande ; proposez une réorientation.");
  }
  if (h == nullptr) return not_found();
  if (!allowed(h->state, ChangeKind::moved)) return already(h->state);
  const Dossier d = headers_.opened(number);
  if (auto bad = bad_destination(d.bannette, move.to)) return *bad;
  Change change = change_by(request, ChangeKind::moved);
  change.number = number;
  change.fence = d.fence + 1;
  change.bannette = d.bannette;
  change.to = move.to;
  change.reason = name(move.why);
  end_of_hold(change, d, now);
  return change;
}

std::optional<Refusal> Bannettes::too_many_delegations(std::string_view person) const {
  if (site_.delegations.contains(person)) return std::nullopt;
  if (site_.delegations.size() >= limits::delegations)
    return refuse(Code::busy, "", "Trop de délégations en cours.");
  const std::string_view unit = unit_of(person);
  const auto of_unit =
      std::count_if(site_.delegations.begin(), site_.delegations.end(),
                    [&](const auto& each) { return !unit.empty() && unit_of(each.first) == unit; });
  if (of_unit < static_cast<std::ptrdiff_t>(limits::delegations_of_unit)) return std::nullopt;
  return refuse(Code::busy, "person",
                "Cette unité a déjà " + std::to_string(limits::delegations_of_unit) +
                    " délégations en cours : mettez fin à l'une d'elles.");
}

Result<Change> Bannettes::decide_delegate(const Request& request, const Delegate& delegate,
                                          const Instant& now) const {
  if (delegate.person.empty())
    return refuse(Code::missing, "person", "La personne absente n'est pas indiquée.");
  if (delegate.to.empty()) return refuse(Code::missing, "to", "La personne qui remplace n'est pas indiquée.");
  if (delegate.person.size() > limits::holder || delegate.to.size() > limits::holder)
    return refuse(Code::too_large, "to", "Ce nom est trop long.");
  if (!may_delegate_for(request.who, delegate.person))
    return refuse(Code::forbidden, "person",
                  "Chacun délègue ses propres demandes ; un responsable, celles de son équipe.");
  if (!may_name(request.who, delegate.to))
    return refuse(Code::forbidden, "to", "Cette clé ne nomme que les personnes de son unité.");
  if (delegate.person == delegate.to)
    return refuse(Code::malformed, "to", "La personne qui remplace est la personne absente.");
  const std::int64_t from = delegate.from_ms == 0 ? now.wall_ms : delegate.from_ms;
  if (delegate.until_ms <= std::max(now.wall_ms, from) ||
      delegate.until_ms > now.wall_ms + limits::delegation_max)
    return refuse(Code::malformed, "until_ms",
                  "La fin de la délégation doit être à venir, dans l'année, et après son début.");
  if (auto bad = too_many_delegations(delegate.person)) return *bad;
  Change change = change_by(request, ChangeKind::delegated);
  change.person = delegate.person;
  change.to = delegate.to;
  change.from_ms = from;
  change.until_ms = delegate.until_ms;
  return change;
}

Result<Change> Bannettes::decide_end_delegation(const Request& request, const EndDelegation& end) const {
  const auto standing = site_.delegations.find(end.person);
  if (!may_delegate_for(request.who, end.person))
    return refuse(Code::forbidden, "person",
                  "Chacun met fin à ses propres délégations ; un responsable, à celles de son équipe.");
  if (standing == site_.delegations.end())
    return refuse(Code::not_found, "person", "Aucune délégation n'est en cours pour cette personne.");
  Change change = change_by(request, ChangeKind::delegation_ended);
  change.person = end.person;
  change.to = standing->second.to;
  change.reason = "asked";
  return change;
}

}  // namespace bannette
