// What is allowed: each command is checked against the state and becomes a change, or is refused with a
// reason.
#include <algorithm>

#include "queue/core/bannettes.hpp"
#include "queue/core/idempotency.hpp"
#include "queue/core/lifecycle.hpp"

namespace bannette {
namespace {

constexpr std::size_t kPeople = 200'000;  // names of holders kept; beyond: busy

Refusal refuse(Code code, std::string field, std::string detail) {
  return {code, std::move(field), std::move(detail)};
}

std::string_view word(State state) {
  switch (state) {
    case State::waiting:
      return "en attente";
    case State::reserved:
      return "réservé";
    case State::in_progress:
      return "pris en charge";
    case State::handled:
      return "traité";
  }
  return "inconnu";
}

Change change_by(const Request& request, ChangeKind kind) {
  Change change;
  change.kind = kind;
  change.principal = request.who.principal;
  change.actor = label(request.who);
  change.key = request.key;
  change.digest = request.digest;
  return change;
}

// "The tighter of topic and urgency applies": reference data's README.
Delay urgency_delay(Urgency urgency) {
  constexpr std::int64_t hour_ms = 3'600'000;
  switch (urgency) {
    case Urgency::immediate:
      return {Delay::Unit::calendar_ms, 0};
    case Urgency::urgent:
      return {Delay::Unit::working_ms, 4 * hour_ms};
    case Urgency::priority:
      return {Delay::Unit::calendar_ms, 48 * hour_ms};
    case Urgency::normal:
      return {};
  }
  return {};
}

}  // namespace

std::optional<Reply> Bannettes::replay(const Request& request, const KeyId& id) const {
  const auto found = keys_.find(id);
  if (found == keys_.end()) return std::nullopt;
  const Remembered& first = found->second;
  if (first.digest != request.digest)
    return refuse(Code::key_reused, "idempotency_key", "Cette clé a déjà servi pour une autre demande.");
  const Dossier d = opened(first.number, dossiers_.at(first.number));
  if (std::holds_alternative<Submit>(request.command))
    return Receipt{first.seq, d.id, d.number, d.bannette, d.arrived_ms, d.deadline_ms};
  return Done{first.seq, first.fence, d};
}

std::int64_t Bannettes::deadline(const std::string& topic, Urgency urgency, std::int64_t wall_ms) const {
  const auto rule = std::find_if(rules_.topics.begin(), rules_.topics.end(),
                                 [&](const TopicRule& each) { return each.code == topic; });
  std::int64_t tightest = 0;
  for (const Delay& delay : {rule != rules_.topics.end() ? rule->delay : Delay{}, urgency_delay(urgency)}) {
    const std::int64_t end = deadline_after(rules_.calendar, wall_ms, delay);
    if (end != 0 && (tightest == 0 || end < tightest)) tightest = end;
  }
  return tightest;
}

Result<Change> Bannettes::decide(const Request& request, const Instant& now) const {
  if (auto bad = check_key(request.key, now.wall_ms)) return *bad;
  if (keys_.size() >= limits::keys)
    return refuse(Code::busy, "idempotency_key",
                  "Trop de demandes récentes en mémoire : réessayez plus tard.");

  struct Decide {
    const Bannettes& all;
    const Request& request;
    const Instant& now;
    Result<Change> operator()(const Submit& c) const { return all.decide_submit(request, c, now); }
    Result<Change> operator()(const Reserve& c) const {
      return all.decide_hold(request, c.target, ChangeKind::reserved, c.lease_ms);
    }
    Result<Change> operator()(const Take& c) const {
      return all.decide_hold(request, c.target, ChangeKind::taken, 0);
    }
    Result<Change> operator()(const Renew& c) const {
      auto change = all.decide_held(request, c.target, c.fence, ChangeKind::renewed);
      if (change) change.value().lease_ms = c.lease_ms != 0 ? c.lease_ms : all.rules_.lease_ms;
      return change;
    }
    Result<Change> operator()(const Release& c) const {
      return all.decide_held(request, c.target, c.fence, ChangeKind::released);
    }
    Result<Change> operator()(const Accept& c) const {
      return all.decide_held(request, c.target, c.fence, ChangeKind::accepted);
    }
    Result<Change> operator()(const AddNote& c) const {
      return all.decide_held(request, c.target, c.fence, ChangeKind::noted);
    }
    Result<Change> operator()(const Handle& c) const {
      auto change = all.decide_held(request, c.target, c.fence, ChangeKind::handled);
      if (change) {
        change.value().outcome = c.outcome;
        change.value().reason = name(c.outcome);
      }
      return change;
    }
  };
  auto change = std::visit(Decide{*this, request, now}, request.command);
  if (change && change.value().lease_ms != 0 &&
      (change.value().lease_ms < limits::lease_min || change.value().lease_ms > limits::lease_max))
    return refuse(Code::malformed, "lease_ms",
                  "La durée de réservation doit être comprise entre 5 s et 1 h.");
  return change;
}

Result<Change> Bannettes::decide_submit(const Request& request, const Submit& submit,
                                        const Instant& now) const {
  if (!may_submit(request.who)) return refuse(Code::forbidden, "", "Vous ne pouvez pas déposer de dossier.");
  if (submit.bannette.empty()) return refuse(Code::missing, "bannette", "La bannette n'est pas indiquée.");
  if (!knows(submit.bannette))
    return refuse(Code::unknown_bannette, "bannette", "Bannette inconnue : " + submit.bannette);
  if (submit.topic.empty()) return refuse(Code::missing, "topic", "Le motif n'est pas indiqué.");
  const bool topic_known = std::any_of(known_topics_.begin(), known_topics_.end(),
                                       [&](auto index) { return topic_names_.text(index) == submit.topic; });
  if (!topic_known) return refuse(Code::unknown_topic, "topic", "Motif inconnu : " + submit.topic);
  if (!submit.insee.empty() && submit.insee.size() != 5)
    return refuse(Code::malformed, "insee", "Un code INSEE a cinq caractères.");
  if (submit.danger && submit.urgency > Urgency::urgent)
    return refuse(Code::malformed, "urgency", "Un danger est au moins « urgent ».");
  if (dossiers_.size() >= limits::dossiers)
    return refuse(Code::busy, "", "Trop de dossiers en mémoire : prévenez l'administrateur.");

  Change change = change_by(request, ChangeKind::submitted);
  change.number = last_number_ + 1;
  change.id = make_dossier_id(now.wall_ms, change.number, site_tag_);
  change.bannette = submit.bannette;
  change.topic = submit.topic;
  change.insee = submit.insee;
  change.urgency = submit.urgency;
  change.danger = submit.danger;
  change.deadline_ms = deadline(submit.topic, submit.urgency, now.wall_ms);
  return change;
}

// "Not found" and "not yours" are one answer: it must not tell whether the dossier exists.
Result<std::uint64_t> Bannettes::chosen(const Authority& who, const Target& target) const {
  const std::uint64_t number = target.number ? *target.number : target.id ? dossier_number(*target.id) : 0;
  const auto found = dossiers_.find(number);
  const bool there = found != dossiers_.end() && (!target.id || found->second.id == *target.id) &&
                     may_work(who, bannette_names_.text(found->second.bannette));
  if (!there) return refuse(Code::not_found, "dossier", "Aucun dossier de ce nom dans vos bannettes.");
  return number;
}

Result<std::uint64_t> Bannettes::next(const Authority& who, const Target& target) const {
  auto indexes = visible(who, target.bannettes, may_work);
  if (indexes.has_error()) return indexes.error();
  std::optional<OrderKey> first;
  for (auto index : indexes.value()) {
    const auto& waiting = trays_.at(index).waiting;
    if (!waiting.empty() && (!first || *waiting.begin() < *first)) first = *waiting.begin();
  }
  if (!first) return refuse(Code::nothing_waiting, "bannettes", "Rien n'attend dans ces bannettes.");
  return first->number;
}

Result<Change> Bannettes::decide_hold(const Request& request, const Target& target, ChangeKind kind,
                                      std::int64_t lease_ms) const {
  const bool is_chosen = target.number || target.id;
  auto number = is_chosen ? chosen(request.who, target) : next(request.who, target);
  if (number.has_error()) return number.error();
  const Header& h = dossiers_.at(number.value());
  if (!allowed(h.state, kind)) {
    const std::string& holder = people_.text(h.holder);
    if (h.state != State::handled && holder != label(request.who))
      return refuse(Code::held_by_other, "dossier",
                    "Déjà " + std::string(word(h.state)) + " par " + holder + ".");
    return refuse(Code::bad_state, "dossier", "Ce dossier est déjà " + std::string(word(h.state)) + ".");
  }
  Change change = change_by(request, kind);
  if (people_.size() >= kPeople && !people_.knows(change.actor))
    return refuse(Code::busy, "actor", "Trop de noms d'agents différents en mémoire.");
  change.number = number.value();
  change.fence = h.fence + 1;
  change.reason = is_chosen ? "chosen" : "next";
  if (kind == ChangeKind::reserved) change.lease_ms = lease_ms != 0 ? lease_ms : rules_.lease_ms;
  return change;
}

Result<Change> Bannettes::decide_held(const Request& request, const Target& target, std::uint64_t fence,
                                      ChangeKind kind) const {
  if (fence == 0) return refuse(Code::missing, "fence", "Le jeton de réservation (fence) n'est pas indiqué.");
  auto number = chosen(request.who, target);
  if (number.has_error()) return number.error();
  const Header& h = dossiers_.at(number.value());
  const std::string& holder = people_.text(h.holder);
  if (fence != h.fence || h.state == State::waiting)
    return refuse(Code::stale_fence, "fence",
                  holder.empty() ? "Votre réservation est terminée : le dossier est de nouveau en attente."
                                 : "Votre réservation est terminée : le dossier est à " + holder + ".");
  if (holder != label(request.who))
    return refuse(Code::held_by_other, "dossier", "Ce dossier est à " + holder + ".");
  if (!allowed(h.state, kind))
    return refuse(Code::bad_state, "dossier",
                  "Impossible : ce dossier est " + std::string(word(h.state)) + ".");
  Change change = change_by(request, kind);
  change.number = number.value();
  change.fence = fence;
  return change;
}

}  // namespace bannette
