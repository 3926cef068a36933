#include "router/core/decision.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include "router/core/engine.hpp"
#include "router/core/safety.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t topics_shown = 5;
constexpr std::size_t reasons_max = 16;
constexpr std::size_t reason_bytes = 300;
constexpr double sure_from = 0.40;    // below, the topic is uncertain
constexpr double sure_margin = 0.15;  // ahead of the runner-up

void add(Decision& decision, std::string code, std::string text) {
  if (decision.because.size() < reasons_max)
    decision.because.push_back({std::move(code), cut(text, reason_bytes)});
}

std::string quoted(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "« " : ", « ") + word + " »";
  return out;
}

// A safety rule makes its topic so many times more probable; the shares make one again.
void raise_topics(std::vector<Heard>& topics, const std::vector<Raised>& raised) {
  double total = 0;
  for (auto& heard : topics) total += heard.score *= strength_for(raised, heard.topic);
  for (auto& heard : topics) heard.score /= total;
  std::sort(topics.begin(), topics.end(), [](const Heard& a, const Heard& b) {
    return std::tie(b.score, a.topic) < std::tie(a.score, b.topic);
  });
}

void name_topic(Decision& decision, const Site& site, const Reading& reading) {
  for (const auto& heard : reading.topics)
    if (decision.topics.size() < topics_shown)
      decision.topics.push_back({heard.topic, std::round(heard.score * 1e4) / 1e4});
  if (reading.topics.empty()) return;
  const auto& best = reading.topics[0];
  decision.topic = best.topic;
  add(decision, "lexicon:" + best.topic,
      best.words.empty()
          ? "Aucun mot ne désigne un motif : " + label_of_topic(site, best.topic) + " par défaut"
          : label_of_topic(site, best.topic) + " : " + quoted(best.words));
  if (reading.topics.size() < 2) return;
  const auto& next = reading.topics[1];
  if (best.score < sure_from || best.score - next.score < sure_margin) decision.uncertain = true;
  if (next.score >= 0.1)
    add(decision, "runner-up",
        "Autre motif possible : " + label_of_topic(site, next.topic) +
            (next.words.empty() ? "" : " (" + quoted(next.words) + ")"));
}

// The topic's usual urgency, unless the note says that nothing presses; then the safety rules, which only
// raise.
void set_urgency(Decision& decision, const Site& site, const Reading& reading,
                 const std::vector<Raised>& raised) {
  const auto* topic = find_topic(site, decision.topic);
  if (topic != nullptr) decision.urgency = topic->urgency;
  if (reading.calm != nullptr && decision.urgency < Urgency::normal) {
    add(decision, "calm:" + reading.calm->id,
        reading.calm->text + " : urgence habituelle du motif (" + std::string(in_french(decision.urgency)) +
            ") non retenue");
    decision.urgency = Urgency::normal;
  } else if (decision.urgency < Urgency::normal) {
    add(decision, "topic:urgency",
        "Urgence habituelle du motif : " + std::string(in_french(decision.urgency)));
  }
  for (const auto& each : raised) {
    decision.urgency = std::min(decision.urgency, each.urgency);
    decision.danger = decision.danger || each.rule->danger;
    add(decision, "safety:" + each.rule->id, each.rule->text + " : « " + each.words + " »");
  }
}

// Danger wins over everything: a topic that makes no dossier gives way to the next that does.
void keep_danger_in_scope(Decision& decision, const Site& site) {
  const auto without_dossier = [&](const TopicScore& each) {
    const auto* topic = find_topic(site, each.code);
    return topic == nullptr || topic->destination.kind == Destination::Kind::none;
  };
  if (!decision.danger || decision.topics.empty() || !without_dossier(decision.topics.front())) return;
  const auto next = std::find_if_not(decision.topics.begin(), decision.topics.end(), without_dossier);
  if (next == decision.topics.end()) return;
  std::rotate(decision.topics.begin(), next, next + 1);
  decision.topics.front().score = std::max(decision.topics.front().score, decision.topics[1].score);
  decision.topic = decision.topics.front().code;
  decision.uncertain = true;
  add(decision, "danger:in-scope", "Un danger ne sort pas du champ : motif à vérifier");
}

void set_destination(Decision& decision, const Site& site) {
  decision.bannette = bannette_for(site, decision.topic, decision.unit);
  if (decision.bannette.empty()) {
    add(decision, "destination:none", "Hors du champ : réponse ou réorientation, sans dossier");
  } else if (decision.bannette == arbitration_bannette) {
    add(decision, "destination:arbitrage", "Aucune unité ne peut être désignée : arbitrage");
  } else {
    add(decision, "destination", "Destination : " + label_of(site, decision.bannette));
  }
}

}  // namespace

std::string_view in_french(Urgency urgency) {
  switch (urgency) {
    case Urgency::immediate:
      return "immédiate";
    case Urgency::urgent:
      return "urgente";
    case Urgency::priority:
      return "prioritaire";
    case Urgency::normal:
      return "normale";
  }
  return "normale";
}

Decision decide(const Site& site, const Call& call) {
  if (site.engine == nullptr) throw std::logic_error("decide() before prepare()");
  Decision decision;
  decision.rules_version = site.rules_version;
  const auto note = words_of(call.note);
  auto place = site.engine->territory.locate(call, note);
  decision.insee = std::move(place.insee);
  decision.commune_name = std::move(place.commune_name);
  decision.unit = std::move(place.unit);
  decision.uncertain = place.uncertain;
  decision.candidates = std::move(place.candidates);
  auto reading = site.engine->lexicon.read(note);
  const auto raised = site.safety == nullptr ? std::vector<Raised>() : site.safety->read(note);
  raise_topics(reading.topics, raised);
  name_topic(decision, site, reading);
  set_urgency(decision, site, reading, raised);
  keep_danger_in_scope(decision, site);
  for (auto& reason : place.because) add(decision, std::move(reason.code), std::move(reason.text));
  set_destination(decision, site);
  return decision;
}

}  // namespace bannette::router
