#include "router/core/replay.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bannette::router {
namespace {

void list(std::vector<Otherwise>& into, std::uint64_t& count, Otherwise each) {
  ++count;
  if (into.size() < replay_listed_max) into.push_back(std::move(each));
}

std::string urgency_text(const Proposed& proposed) {
  return std::string(in_french(proposed.urgency)) + (proposed.danger ? ", danger" : "");
}

std::string place(const Site& site, const std::string& bannette) {
  return bannette.empty() ? std::string("sans dossier") : label_of(site, bannette);
}

std::string unit_text(const Site& site, const std::string& unit) {
  const auto* found = find_unit(site, unit);
  return found == nullptr ? (unit.empty() ? std::string("aucune unité") : unit) : found->name;
}

// Another bannette for the same topic and place is the topic's destination.
std::string why_moved(const Site& site, const Proposed& before, const Proposed& after) {
  std::string why;
  if (before.topic != after.topic)
    why = "motif : " + label_of_topic(site, before.topic) + " → " + label_of_topic(site, after.topic);
  if (before.unit != after.unit)
    why += (why.empty() ? "" : " ; ") + std::string("territoire : ") + unit_text(site, before.unit) + " → " +
           unit_text(site, after.unit);
  return why.empty() ? "destination du motif " + label_of_topic(site, after.topic) : why;
}

// Did the operator send it elsewhere than the topic that stood goes?
bool chose_bannette(const PastCall& past) {
  return past.sent.topic == past.then.topic && past.sent.bannette != past.then.bannette &&
         !past.then.bannette.empty();
}

// Where a call goes in the end: a human's topic brings its destination, a human's bannette stays. Where the
// machine saw no dossier and yet one was made, somebody has to decide: that stays so too.
std::string stands(const Site& site, const PastCall& past, const Proposed& proposed) {
  if (chose_bannette(past)) return past.sent.bannette;
  if (past.sent.topic != past.then.topic) return bannette_for(site, past.sent.topic, proposed.unit);
  const bool undecided = proposed.bannette.empty() && past.then.bannette.empty();
  return undecided ? past.sent.bannette : proposed.bannette;
}

std::string human_text(const Site& site, const PastCall& past) {
  std::string text;
  const auto add = [&](const std::string& what) { text += (text.empty() ? "" : " ; ") + what; };
  if (past.sent.topic != past.then.topic) add("motif " + label_of_topic(site, past.sent.topic));
  if (past.sent.urgency != past.then.urgency || past.sent.danger != past.then.danger)
    add("urgence " + urgency_text(past.sent));
  if (chose_bannette(past)) add("bannette " + place(site, past.sent.bannette));
  return text.empty() ? text : "décidé par l'opérateur : " + text;
}

std::string owner(const std::string& bannette) {
  return bannette.substr(0, bannette.find('/'));
}

}  // namespace

struct Replay::Compared {
  const PastCall& past;
  const Proposed& before;
  const Proposed& after;
  std::string human;
};

Proposed proposed_of(const Decision& decision) {
  return {decision.topic,    decision.urgency, decision.danger,
          decision.bannette, decision.insee,   decision.unit};
}

Replay::Replay(const Site& after, const Site* before) : after_(after), before_(before) {
  if (before == nullptr) return;
  for (const auto& sector : before->sectors) {
    if (!sector.street.empty()) continue;
    Uncovered& each = uncovered_[sector.insee];
    each.unit_before = sector.unit;
  }
}

void Replay::add(const PastCall& past) {
  ++out_.compared;
  const Proposed after = proposed_of(decide(after_, past.call));
  const Proposed before = before_ == nullptr ? past.then : proposed_of(decide(*before_, past.call));
  const Compared each{past, before, after, human_text(after_, past)};
  compare(each);
  count_load(each);
  cover(before, after);
}

void Replay::compare(const Compared& each) {
  const auto& [past, before, after, human] = each;
  const auto told = [&](std::string from, std::string to, std::string why = {}) {
    return Otherwise{past.reference, past.arrived_ms, std::move(from), std::move(to),
                     std::move(why), human,           past.call.note};
  };
  const bool lower = after.urgency > before.urgency || (before.danger && !after.danger);
  const bool higher = after.urgency < before.urgency || (!before.danger && after.danger);
  if (lower)
    list(out_.dropped, out_.dropped_count, told(urgency_text(before), urgency_text(after)));
  else if (higher)
    list(out_.raised, out_.raised_count, told(urgency_text(before), urgency_text(after)));
  if (before.topic != after.topic)
    list(out_.topics, out_.topics_count,
         told(label_of_topic(after_, before.topic), label_of_topic(after_, after.topic)));
  if (before.bannette != after.bannette)
    list(out_.moved, out_.moved_count,
         told(place(after_, before.bannette), place(after_, after.bannette),
              why_moved(after_, before, after)));
}

void Replay::count_load(const Compared& each) {
  const std::string went =
      before_ == nullptr ? each.past.sent.bannette : stands(*before_, each.past, each.before);
  const std::string goes = stands(after_, each.past, each.after);
  ++out_.by_bannette[went].before;
  ++out_.by_bannette[goes].after;
  ++out_.by_unit[owner(went)].before;
  ++out_.by_unit[owner(goes)].after;
}

void Replay::cover(const Proposed& before, const Proposed& after) {
  const std::string& insee = after.insee.empty() ? before.insee : after.insee;
  if (insee.empty() || !after.unit.empty()) return;
  Uncovered& each = uncovered_[insee];
  ++each.calls;
  if (each.unit_before.empty()) each.unit_before = before.unit;
}

Replayed Replay::finish() {
  for (auto& [insee, each] : uncovered_) {
    const bool covered = std::any_of(
        after_.sectors.begin(), after_.sectors.end(),
        [&code = insee](const Sector& sector) { return sector.street.empty() && sector.insee == code; });
    if (covered) continue;
    const auto* commune = find_commune(after_, insee);
    each.insee = insee;
    each.name = commune == nullptr ? std::string() : commune->name;
    out_.uncovered.push_back(std::move(each));
  }
  uncovered_.clear();
  std::sort(out_.uncovered.begin(), out_.uncovered.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.unit_before.empty(), b.calls, a.insee) <
           std::tuple(b.unit_before.empty(), a.calls, b.insee);
  });
  return std::move(out_);
}

}  // namespace bannette::router
