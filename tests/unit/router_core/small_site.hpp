// A small site made by hand: what the tests of the core decide on.
#pragma once
#include "router/core/decision.hpp"
#include "router/core/safety.hpp"
#include "tests/unit/router_core/small_model.hpp"

namespace bannette::router::test {

inline std::vector<Spot> spots(std::initializer_list<const char*> texts) {
  std::vector<Spot> out;
  for (const auto* text : texts) out.push_back({text, 0, 0});
  return out;
}

// A few safety rules, and the words around them that the tables of safety_test.cpp turn.
inline Safety small_safety() {
  Safety safety;
  safety.classes = {{"enfant", spots({"enfants?", "fille", "fils", "petite?"})}};
  auto& contexts = safety.contexts;
  const auto words = [&](Context context) -> ContextWords& {
    return contexts.contexts[static_cast<std::size_t>(context)];
  };
  words(Context::negation) = {spots({"pas", "jamais", "plus", "sans", "ni", "aucune?"}),
                              spots({"sans arret"})};
  words(Context::past).words = spots({"il y a {2..90} ans", "dans son enfance"});
  words(Context::hypothesis) = {spots({"si", "s il", "au cas ou"}), spots({"meme si"})};
  words(Context::figure).words = spots({"frapp\\w* a la porte", "tue avec", "petit studio"});
  words(Context::retraction) = {spots({"fausse alerte", "tout va bien"}), spots({"dit que tout va bien"})};
  words(Context::report).words = spots({"ecole"});
  contexts.present = {spots({"hier", "encore", "en ce moment", "maintenant"}), spots({"va bien maintenant"})};
  contexts.adult = spots({"mere", "mr"});
  contexts.clause = spots({"que", "qu", "mais", "et"});
  contexts.subject = spots({"il", "elle", "je"});
  SafetyRule blow;
  blow.id = "coups";
  blow.text = "Coups";
  blow.urgency = Urgency::urgent;
  blow.danger = true;
  blow.topic = "danger";
  blow.strength = 8;
  blow.when = spots({"frapp\\w* ~3 {enfant}", "me tue"});
  SafetyRule now;
  now.id = "maintenant";
  now.text = "En cours";
  now.urgency = Urgency::immediate;
  now.danger = true;
  now.when = spots({"frapp\\w* ~8 en ce moment", "seule? au balcon"});
  now.without = spots({"tambour"});
  now.ages = AgeRange{0, 10};
  SafetyRule hunger;
  hunger.id = "faim";
  hunger.text = "Rien à manger";
  hunger.urgency = Urgency::priority;
  hunger.when = spots({"frigo ~2 vide"});
  hunger.with = spots({"{enfant}", "lundi"});
  hunger.heeds[static_cast<std::size_t>(Context::negation)] = false;
  SafetyRule witness;
  witness.id = "temoin";
  witness.text = "On l'entend";
  witness.urgency = Urgency::immediate;
  witness.danger = true;
  witness.when = spots({"on l entend"});
  witness.with_danger = true;
  safety.rules = {witness, blow, now, hunger};
  return safety;
}

inline ModelTable small_model() {
  return small_table(
      {"danger", "budget", "handicap", "hors-champ"},
      {{"frappe", {"danger"}},
       {"signalement", {"danger"}},
       {"facture", {"budget"}},
       {"frigo", {"budget", "priority"}},
       {"mdph", {"handicap"}},
       {"carte", {"hors-champ"}},
       {"grise", {"hors-champ"}},
       {"une un le la il elle a de sa son fils mere habite vit qui nee dossier en ce moment hier", {}}});
}

inline Site small_site() {
  using Kind = Destination::Kind;
  Site site;
  site.code = "essai";
  site.rules_version = "essai-1";
  site.unit_services = {{"enfance", "Enfance"}, {"social", "Service social"}};
  site.units = {{"roubaix-ouest", "Roubaix-Ouest", {"enfance", "social"}},
                {"roubaix-est", "Roubaix-Est", {"enfance", "social"}},
                {"hem", "Hem", {"enfance", "social"}}};
  site.services = {{"mdph", "MDPH"}};
  site.topics = {
      {"danger",
       "enfance",
       "Enfant en danger",
       "",
       Urgency::urgent,
       {},
       true,
       {Kind::unit_service, "enfance", "crip"}},
      {"budget", "social", "Budget", "", Urgency::normal, {}, false, {Kind::unit_service, "social", ""}},
      {"handicap", "autonomie", "Handicap", "", Urgency::normal, {}, false, {Kind::service, "mdph", ""}},
      {"hors-champ", "hors-champ", "Hors du champ", "", Urgency::normal, {}, false, {Kind::none, "", ""}}};
  site.communes = {{"59512", "Roubaix", {"59100"}, 98828},
                   {"59299", "Hem", {"59510"}, 18713},
                   {"59009", "Villeneuve-d'Ascq", {"59650"}, 62868},
                   {"59650", "Wattrelos", {"59150"}, 40988},
                   {"59332", "Lannoy", {"59390"}, 1784},
                   {"59367", "Lys-lez-Lannoy", {"59390"}, 13397},
                   {"59598", "Toufflers", {"59390"}, 3896},
                   {"59527", "Saint-André-lez-Lille", {"59350"}, 12000},
                   {"59350", "Lille", {"59000", "59800"}, 236234},
                   {"59247", "Forest-sur-Marque", {"59510"}, 1400},
                   {"59246", "Forest-en-Cambrésis", {"59222"}, 500}};
  site.aliases = {{"rbx", "59512", Alias::Kind::short_name},
                  {"Lomme", "59350", Alias::Kind::associated},
                  {"59355", "59350", Alias::Kind::associated}};
  site.elsewhere = {{"Lens", "Pas-de-Calais"}, {"Béthune", "Pas-de-Calais"}};
  using Parity = Sector::Parity;
  site.sectors = {{"roubaix-ouest", "59512", "", Parity::both, {}, {}, {}, {}},
                  {"roubaix-est", "59512", "Rue du Pile", Parity::both, {}, {}, {}, {}},
                  {"roubaix-est", "59512", "Boulevard de Reims", Parity::odd, {}, {}, {}, {}},
                  {"roubaix-est", "59512", "Rue de Lannoy", Parity::both, 200, {}, {}, {}},
                  {"roubaix-est", "59512", "Rue de Tourcoing", Parity::even, 120, {}, {}, {}},
                  {"roubaix-est", "59512", "Rue Pierre de Roubaix", Parity::both, {}, {}, {}, {}},
                  {"hem", "59299", "", Parity::both, {}, {}, {}, {}},
                  {"hem", "59332", "", Parity::both, {}, {}, {}, {}},
                  {"hem", "59367", "", Parity::both, {}, {}, {}, {}},
                  {"hem", "59598", "", Parity::both, {}, {}, {}, {}},
                  {"hem", "59247", "", Parity::both, {}, {}, {}, {}}};
  site.model = std::make_shared<const Model>(Model::make(small_model(), "essai-modele").value());
  site.safety = std::make_shared<const SafetyLexicon>(small_safety());
  prepare(site);
  return site;
}

}  // namespace bannette::router::test
