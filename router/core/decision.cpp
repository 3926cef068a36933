#include "router/core/decision.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include "router/core/engine.hpp"
#include "router/core/hearing.hpp"
#include "router/core/safety.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t topics_shown = 5;
constexpr std::size_t reasons_max = 16;
constexpr std::size_t reason_bytes = 300;

void add(Decision& decision, std::string code, std::string text) {
  if (decision.because.size() < reasons_max)
    decision.because.push_back({std::move(code), cut(text, reason_bytes)});
}

bool tell_danger(const std::vector<Raised>& raised) {
  return std::any_of(raised.begin(), raised.end(), [](const Raised& each) { return each.rule->danger; });
}

// A safety rule makes its topic so many times more probable; the shares make one again.
void raise_topics(std::vector<TopicHeard>& topics, const std::vector<Raised>& raised) {
  double total = 0;
  for (auto& heard : topics) total += heard.score *= strength_for(raised, heard.topic);
  for (auto& heard : topics) heard.score /= total;
  std::sort(topics.begin(), topics.end(), [](const TopicHeard& a, const TopicHeard& b) {
    return std::tie(b.score, a.output) < std::tie(a.score, b.output);
  });
}

void name_topic(Decision& decision, const Site& site, Hearing& hearing) {
  for (const auto& heard : hearing.topics())
    if (decision.topics.size() < topics_shown)
      decision.topics.push_back({heard.topic, std::round(heard.score * 1e4) / 1e4});
  if (decision.topics.empty()) return;
  decision.topic = decision.topics.front().code;
  decision.uncertain = decision.uncertain || hearing.is_uncertain();
  for (auto& reason : hearing.why_topic(site)) add(decision, std::move(reason.code), std::move(reason.text));
}

// The model's, then the safety rules, which only raise; those that ask for a danger heed the model's too.
void set_urgency(Decision& decision, const Hearing& hearing, const std::vector<Raised>& raised) {
  decision.urgency = hearing.urgency();
  decision.danger = hearing.danger();
  for (auto& reason : hearing.why_urgency()) add(decision, std::move(reason.code), std::move(reason.text));
  for (const auto& each : raised) {
    decision.urgency = std::min(decision.urgency, each.urgency);
    decision.danger = decision.danger || each.rule->danger;
    add(decision, "safety:" + each.rule->id, each.rule->text + " : « " + each.words + " »");
  }
  if (decision.danger) decision.urgency = std::min(decision.urgency, Urgency::urgent);
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
  decision.bannette = site.model == nullptr
                          ? std::string(arbitration_bannette)
                          : bannette_for(site, decision.topic, decision.unit, decision.without_unit);
  if (decision.bannette.empty()) {
    add(decision, "destination:none", "Hors du champ : réponse ou réorientation, sans demande");
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
  if (site.model != nullptr) decision.model_version = site.model->version();
  const auto note = words_of(call.note);
  auto place = site.engine->territory.locate(call, note);
  decision.insee = std::move(place.insee);
  decision.commune_name = std::move(place.commune_name);
  decision.unit = std::move(place.unit);
  decision.without_unit = std::move(place.without_unit);
  decision.uncertain = place.uncertain;
  decision.candidates = std::move(place.candidates);
  auto raised = site.safety == nullptr ? std::vector<Raised>() : site.safety->read(note);
  Hearing hearing(site, note, site.engine->territory.mentions(note), raised);
  if (site.safety != nullptr && hearing.danger() && !tell_danger(raised))
    raised = site.safety->read(note, true);
  raise_topics(hearing.topics(), raised);
  name_topic(decision, site, hearing);
  set_urgency(decision, hearing, raised);
  keep_danger_in_scope(decision, site);
  for (auto& reason : place.because) add(decision, std::move(reason.code), std::move(reason.text));
  set_destination(decision, site);
  return decision;
}

}  // namespace bannette::router
