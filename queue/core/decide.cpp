// What is allowed: each command is checked against the state and becomes changes, or is refused with a
// reason.
#include <algorithm>

#include "queue/core/bannettes.hpp"
#include "queue/core/deciding.hpp"
#include "queue/core/idempotency.hpp"
#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

std::optional<Refusal> bad_lease(std::int64_t lease_ms) {
  if (lease_ms == 0 || (lease_ms >= limits::lease_min && lease_ms <= limits::lease_max)) return std::nullopt;
  return refuse(Code::malformed, "lease_ms", "La durée de réservation doit être comprise entre 5 s et 1 h.");
}

Result<std::vector<Change>> one(Result<Change> change) {
  if (change.has_error()) return change.error();
  std::vector<Change> changes;
  changes.push_back(std::move(change.value()));
  return changes;
}

// Each copy and each link that comes with a submission is a change of its own, without the key: that is the
// submission's alone.
Change beside(const Request& request, ChangeKind kind, std::uint64_t number) {
  Change change = change_by(request, kind);
  change.key.reset();
  change.number = number;
  return change;
}

Result<std::vector<Change>> with_others(const Request& request, const Submit& submit,
                                        Result<Change> submitted,
                                        const Result<std::vector<std::uint64_t>>& links) {
  auto changes = one(std::move(submitted));
  if (!changes) return changes;
  if (links.has_error()) return links.error();
  const std::uint64_t number = changes.value().front().number;
  for (const auto& to : submit.copies)
    changes.value().emplace_back(beside(request, ChangeKind::copied, number)).to = to;
  for (const auto other : links.value()) {  // both know it
    changes.value().emplace_back(beside(request, ChangeKind::linked, number)).other = other;
    changes.value().emplace_back(beside(request, ChangeKind::linked, other)).other = number;
  }
  return changes;
}

}  // namespace

std::string_view french(State state) {
  switch (state) {
    case State::waiting:
      return "en attente";
    case State::reserved:
      return "réservée";
    case State::in_progress:
      return "prise en charge";
    case State::on_hold:
      return "suspendue";
    case State::handled:
      return "traitée";
    case State::closed:
      return "close";
    case State::merged:
      return "rattachée à une autre";
  }
  return "inconnue";
}

Change change_by(const Request& request, ChangeKind kind) {
  Change change;
  change.kind = kind;
  change.principal = request.who.principal;
  change.actor = label(request.who);
  change.by_person = request.who.person.has_value();
  change.key = request.key;
  change.digest = request.digest;
  return change;
}

std::optional<Refusal> Bannettes::too_many_people(std::string_view name, const char* field) const {
  switch (headers_.people.room(name)) {
    case People::Room::there:
      return std::nullopt;
    case People::Room::full_for_unit:
      return refuse(
          Code::busy, field,
          "Cette unité a déjà " + std::to_string(limits::people_of_unit) +
              " noms d'agents différents en mémoire : reprenez-en un, ou prévenez l'administrateur.");
    case People::Room::full:
      break;
  }
  return refuse(Code::busy, field,
                "Trop de noms d'agents différents en mémoire : prévenez l'administrateur.");
}

const TopicRule* Bannettes::topic_rule(std::string_view code) const {
  const auto rule = std::find_if(rules_.topics.begin(), rules_.topics.end(),
                                 [&](const TopicRule& each) { return each.code == code; });
  return rule == rules_.topics.end() ? nullptr : &*rule;
}

// "The tighter of topic and urgency applies": reference data's README.
Due Bannettes::deadline(const std::string& topic, Urgency urgency, std::int64_t wall_ms) const {
  const TopicRule* rule = topic_rule(topic);
  return tighter(time_, wall_ms, rule != nullptr ? rule->delay : Delay{},
                 delay_of(rules_.urgency_delays, urgency));
}

std::int64_t Bannettes::shifted(Delay::Unit clock, std::int64_t deadline_ms, std::int64_t by_ms) const {
  if (deadline_ms == 0 || by_ms == 0) return deadline_ms;
  return time_.deadline_with(clock, deadline_ms, by_ms);
}

Result<std::vector<Change>> Bannettes::decide(const Request& request, const Instant& now) const {
  if (auto bad = check_key(request.key, now.wall_ms)) return *bad;
  // A danger can always be acknowledged.
  const bool too_many =
      keys_.size() >= limits::keys || (request.who.kind == Authority::Kind::unit &&
                                       keys_.size_of(request.who.principal) >= limits::keys_of_unit);
  if (too_many && !std::holds_alternative<Acknowledge>(request.command))
    return refuse(Code::busy, "idempotency_key",
                  "Trop de demandes récentes en mémoire : réessayez plus tard.");

  const auto held = [&](const auto& c, ChangeKind kind) {
    return one(decide_held(request, c.target, c.fence, kind, now));
  };
  return std::visit(
      Overloaded{[&](const Submit& c) {
                   return with_others(request, c, decide_submit(request, c, now), links(request, c, now));
                 },
                 [&](const Reserve& c) {
                   return one(decide_hold(request, c.target, ChangeKind::reserved, c.lease_ms));
                 },
                 [&](const Take& c) { return one(decide_hold(request, c.target, ChangeKind::taken, 0)); },
                 [&](const Renew& c) -> Result<std::vector<Change>> {
                   if (auto bad = bad_lease(c.lease_ms)) return *bad;
                   auto changes = held(c, ChangeKind::renewed);
                   if (changes)
                     changes.value().front().lease_ms = c.lease_ms != 0 ? c.lease_ms : rules_.lease_ms;
                   return changes;
                 },
                 [&](const Release& c) { return held(c, ChangeKind::released); },
                 [&](const Accept& c) { return held(c, ChangeKind::accepted); },
                 [&](const AddNote& c) { return held(c, ChangeKind::noted); },
                 [&](const Handle& c) { return one(decide_handle(request, c, now)); },
                 [&](const Hold& c) { return one(decide_pause(request, c, now)); },
                 [&](const Resume& c) { return one(decide_resume(request, c, now)); },
                 [&](const Return& c) { return one(decide_return(request, c, now)); },
                 [&](const Propose& c) { return one(decide_propose(request, c, now)); },
                 [&](const Withdraw& c) { return one(decide_withdraw(request, c, now)); },
                 [&](const Copy& c) { return one(decide_copy(request, c, now)); },
                 [&](const Merge& c) { return decide_merge(request, c, now); },
                 [&](const AcceptProposal& c) { return one(decide_accept_proposal(request, c.target, now)); },
                 [&](const RefuseProposal& c) { return one(decide_refuse_proposal(request, c)); },
                 [&](const Acknowledge& c) { return one(decide_acknowledge(request, c.target, now)); },
                 [&](const Reopen& c) { return one(decide_reopen(request, c.target)); },
                 [&](const Close& c) { return one(decide_close(request, c.target)); },
                 [&](const Reassign& c) { return one(decide_reassign(request, c)); },
                 [&](const Move& c) { return one(decide_move(request, c, now)); },
                 [&](const Delegate& c) { return one(decide_delegate(request, c, now)); },
                 [&](const EndDelegation& c) { return one(decide_end_delegation(request, c)); }},
      request.command);
}

Result<Change> Bannettes::decide_submit(const Request& request, const Submit& submit,
                                        const Instant& now) const {
  if (!may_submit(request.who)) return refuse(Code::forbidden, "", "Vous ne pouvez pas déposer de dossier.");
  if (submit.bannette.empty()) return refuse(Code::missing, "bannette", "La bannette n'est pas indiquée.");
  if (!knows(submit.bannette))
    return refuse(Code::unknown_bannette, "bannette", "Bannette inconnue : " + submit.bannette);
  if (submit.topic.empty()) return refuse(Code::missing, "topic", "Le motif n'est pas indiqué.");
  if (topic_rule(submit.topic) == nullptr)
    return refuse(Code::unknown_topic, "topic", "Motif inconnu : " + submit.topic);
  if (!submit.insee.empty() && submit.insee.size() != 5)
    return refuse(Code::malformed, "insee", "Un code INSEE a cinq caractères.");
  if (submit.danger && submit.urgency > Urgency::urgent)
    return refuse(Code::malformed, "urgency", "Un danger est au moins « urgent ».");
  if (submit.copies.size() > limits::copies)
    return refuse(Code::too_large, "copies", "Huit copies au plus par demande.");
  for (const auto& to : submit.copies)
    if (auto bad = bad_destination(submit.bannette, to)) return *bad;
  if (last_number_ >= limits::dossiers)
    return refuse(Code::busy, "", "Trop de demandes en mémoire : prévenez l'administrateur.");

  Change change = change_by(request, ChangeKind::submitted);
  change.number = last_number_ + 1;
  change.id = make_dossier_id(now.wall_ms, change.number, site_tag_);
  change.bannette = submit.bannette;
  change.topic = submit.topic;
  change.insee = submit.insee;
  change.urgency = submit.urgency;
  change.danger = submit.danger;
  const Due due = deadline(submit.topic, submit.urgency, now.wall_ms);
  change.deadline_ms = due.at_ms;
  change.clock = due.clock;
  return change;
}

// The numbers of the dossiers that a new one is linked to, each once. What may not be linked is left out, and
// the dossier taken all the same; "not found" and "another's" are one silence. Only who logged one may link
// to it, but for the router: it names those of one call alone, and a call may pass from hand to hand.
Result<std::vector<std::uint64_t>> Bannettes::links(const Request& request, const Submit& submit,
                                                    const Instant& now) const {
  if (submit.linked.size() > limits::linked)
    return refuse(Code::too_large, "linked", "Huit demandes liées au plus.");
  std::set<std::uint64_t> numbers;
  for (const auto& target : submit.linked) {
    std::uint64_t number = 0;
    const Header* h = named(target, number);
    if (h == nullptr) continue;
    const bool vouched = request.who.kind == Authority::Kind::router;
    if (!vouched && logged_.by(number, now.wall_ms) != label(request.who)) continue;
    if (headers_.rare(number, *h).linked.size() < limits::links) numbers.insert(number);
  }
  return std::vector<std::uint64_t>(numbers.begin(), numbers.end());
}

const Header* Bannettes::named(const Target& target, std::uint64_t& number) const {
  number = target.number ? *target.number : target.id ? dossier_number(*target.id) : 0;
  const Header* h = headers_.find(number);
  return h != nullptr && (!target.id || h->id == *target.id) ? h : nullptr;
}

// "Not found" and "not yours" are one answer: it must not tell whether the dossier exists.
Result<std::uint64_t> Bannettes::chosen(const Authority& who, const Target& target) const {
  std::uint64_t number = 0;
  const Header* h = named(target, number);
  if (h == nullptr || !may_work(who, headers_.bannettes.text(h->bannette)))
    return refuse(Code::not_found, "dossier", "Aucune demande de ce nom dans vos bannettes.");
  if (closed_to(who, *h, headers_.bannettes.text(h->bannette))) return confidential();
  return number;
}

// Is it restricted, and not for those who work in this bannette and have no right to such?
bool Bannettes::closed_to(const Authority& who, const Header& h, std::string_view bannette) const {
  return !may_work_restricted(who, bannette) && restricted_->topic(headers_.topics.text(h.topic));
}

Result<std::uint64_t> Bannettes::next(const Authority& who, const Target& target) const {
  auto indexes = visible(who, target.bannettes, may_work);
  if (indexes.has_error()) return indexes.error();
  std::optional<OrderKey> first;
  std::size_t passed_over = 0;
  for (auto index : indexes.value()) {
    const std::string& bannette = headers_.bannettes.text(index);
    for (const OrderKey& key : trays_.all().at(index).waiting) {
      if (first && *first < key) break;
      if (closed_to(who, headers_.at(key.number), bannette)) {
        ++passed_over;
        continue;
      }
      first = key;
      break;
    }
  }
  if (first) return first->number;
  return refuse(Code::nothing_waiting, "bannettes",
                passed_over == 0 ? "Rien n'attend dans ces bannettes."
                                 : "Rien n'attend pour vous ; demandes confidentielles en attente : " +
                                       std::to_string(passed_over) + ".");
}

Result<Change> Bannettes::decide_hold(const Request& request, const Target& target, ChangeKind kind,
                                      std::int64_t lease_ms) const {
  if (auto bad = bad_lease(lease_ms)) return *bad;
  const bool is_chosen = target.number || target.id;
  auto number = is_chosen ? chosen(request.who, target) : next(request.who, target);
  if (number.has_error()) return number.error();
  const Header& h = headers_.at(number.value());
  if (!allowed(h.state, kind)) {
    const std::string& holder = headers_.people.text(h.holder);
    if (is_open(h.state) && holder != label(request.who))
      return refuse(Code::held_by_other, "dossier",
                    "Déjà " + std::string(french(h.state)) + " par " + holder + ".");
    return refuse(Code::bad_state, "dossier", "Cette demande est déjà " + std::string(french(h.state)) + ".");
  }
  if (auto bad = too_many_people(label(request.who), "actor")) return *bad;
  Change change = change_by(request, kind);
  change.number = number.value();
  change.fence = h.fence + 1;
  change.reason = is_chosen ? "chosen" : "next";
  if (kind == ChangeKind::reserved) change.lease_ms = lease_ms != 0 ? lease_ms : rules_.lease_ms;
  return change;
}

}  // namespace bannette
