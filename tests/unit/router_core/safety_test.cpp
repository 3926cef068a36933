// The safety rules: what each context does to a grave word, and what RE2 must not do to the service.
#include "router/core/safety.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

using Ids = std::vector<std::string>;
struct Row {
  std::string_view note;
  Ids expected;
};

// "coups" where called as it is, "maintenant:urgent" where its urgency is held back.
Ids called(const SafetyLexicon& safety, std::string_view note) {
  Ids ids;
  for (const auto& each : safety.read(words_of(note)))
    ids.push_back(each.rule->id +
                  (each.urgency == each.rule->urgency ? "" : ":" + std::string(name(each.urgency))));
  return ids;
}

void check(const std::vector<Row>& rows) {
  static const SafetyLexicon safety(test::small_safety());
  REQUIRE(safety.faults().empty());
  for (const auto& [note, expected] : rows) {
    CAPTURE(note);
    CHECK(called(safety, note) == expected);
  }
}

std::string fault_of(const std::string& pattern) {
  auto safety = test::small_safety();
  safety.rules[1].when = {{pattern, 7, 3}};
  const SafetyLexicon lexicon(std::move(safety));
  if (lexicon.faults().size() != 1 || lexicon.faults()[0].at.line != 7) return "";
  return lexicon.faults()[0].what;
}

}  // namespace

TEST_CASE("a denial reaches its own verb") {
  check({{"il a frappé son fils", {"coups"}},
         {"il n'a pas frappé son fils", {}},
         {"jamais frappé sa fille", {}},
         {"il frappe pas sa fille", {}},
         {"il ne frappe plus sa fille", {}},
         {"ni frappé ni insulté, l'enfant", {}},
         {"il frappe sa fille sans arrêt", {"coups"}},              // denies nothing
         {"elle n'ose pas dire qu'il frappe sa fille", {"coups"}},  // the saying is denied, not the blow
         {"pas de travail, il frappe sa fille", {"coups"}},         // another clause
         {"pas de travail il frappe sa fille", {"coups"}},          // another subject
         {"elle n'est jamais là et frappe sa fille", {"coups"}},
         {"jamais frappé sa fille. Hier il a frappé son fils", {"coups"}}});  // the second place stands
}

TEST_CASE("the past counts where the same sentence brings it back") {
  check({{"il y a dix ans il frappait sa fille", {}},
         {"il y a 10 ans il frappait sa fille, hier encore", {"coups"}},
         {"il y a 10 ans il frappait sa fille, elle va bien maintenant", {}},
         {"Il y a 10 ans il frappait sa fille. Hier elle a déménagé", {}},
         {"Frappée dans son enfance. Hier il a frappé sa fille", {"coups"}}});
}

TEST_CASE("what is supposed does not count, what is threatened does") {
  check({{"s'il frappait son fils, que faire", {}},
         {"au cas où il frapperait sa fille", {}},
         {"même si elle pleure il frappe sa fille", {"coups"}},
         {"si je pars il me tue", {"coups"}},
         {"si la soupe est froide, il frappe sa fille", {"coups"}}});
}

TEST_CASE("figures of speech and retractions") {
  check({{"il me tue avec ses devoirs", {}},
         {"il dit qu'il me tue", {"coups"}},
         {"le petit frappe à la porte avec sa fille", {}},
         {"fausse alerte, il n'y avait qu'une porte frappée par le petit", {}},
         {"elle dit que tout va bien, il frappe sa fille", {"coups"}}});
}

TEST_CASE("what is reported is not immediate unless a word says now") {
  check({{"seul au balcon", {"maintenant"}},
         {"l'école rapporte qu'il était seul au balcon", {"maintenant:urgent"}},
         {"l'école : il est encore seul au balcon", {"maintenant"}}});
}

TEST_CASE("the age told nearest decides") {
  check({{"le petit de 3 ans est seul au balcon", {"maintenant"}},
         {"son fils de 40 ans est seul au balcon", {}},
         {"mère de 30 ans, un bébé de 8 mois seul au balcon", {"maintenant"}},
         {"un an, seul au balcon", {"maintenant"}},
         {"seul au balcon, mère 19a absente", {"maintenant"}},  // an adult's age
         {"seul au balcon, 19a", {}},
         {"depuis 30 ans ici. Il est seul au balcon", {"maintenant"}},
         {"il frappe sa fille de 12 ans en ce moment", {"coups"}}});
}

TEST_CASE("what must accompany a word, what must not, and what a rule heeds in spite of its words") {
  check({{"frigo tout vide, un fils", {"faim"}},
         {"frigo vide", {}},
         {"frigo vide, pas d'enfants", {}},
         {"frigo vide, un petit", {"faim"}},
         {"frigo vide, un petit studio", {}},       // part of a set phrase
         {"pas un frigo vide, un fils", {"faim"}},  // this rule does not heed denials
         {"il frappe sur un tambour en ce moment", {}},
         {"on l'entend", {}},  // no danger told
         {"il frappe sa fille, on l'entend", {"temoin", "coups"}},
         {"", {}},
         {"😀", {}}});
}

TEST_CASE("what asks for a danger is also read where a model tells one") {
  const SafetyLexicon safety(test::small_safety());
  const auto note = words_of("on l'entend");
  CHECK(safety.read(note).empty());
  const auto raised = safety.read(note, true);
  REQUIRE(raised.size() == 1);
  CHECK(raised[0].urgency == Urgency::immediate);
}

TEST_CASE("a rule raises its topic and tells the words as written") {
  const SafetyLexicon safety(test::small_safety());
  const auto raised = safety.read(words_of("Hier, il a FRAPPÉ très fort sa Fille en ce moment"));
  REQUIRE(raised.size() == 2);
  CHECK(raised[0].rule->id == "maintenant");  // the most urgent first
  CHECK(raised[1].words == "FRAPPÉ très fort sa Fille");
  CHECK(strength_for(raised, "danger") == 8);
  CHECK(strength_for(raised, "budget") == 1);
}

TEST_CASE("a hostile pattern is a fault at its place, and a hostile note is read in bounded time") {
  CHECK(fault_of("(((x{100}){100}){100})").find("trop grande") != std::string::npos);
  CHECK(fault_of("x{2000}").find("répétition") != std::string::npos);
  CHECK(fault_of(std::string(2'000, '(') + std::string(2'000, ')')) != "");
  CHECK(fault_of("[a").find("crochet") != std::string::npos);
  CHECK(fault_of("a\\").find("\\") != std::string::npos);
  CHECK(fault_of("(a|)*").find("n'importe quel texte") != std::string::npos);
  CHECK(fault_of("{1..9999}").find("200 nombres") != std::string::npos);
  CHECK(fault_of("a ~3") != "");
  CHECK(fault_of("{") != "");
  CHECK(fault_of("É").find("accents") != std::string::npos);
  auto safety = test::small_safety();
  safety.rules[1].when = test::spots({"(\\w+ )*(\\w+ )*(\\w+ )*zzz", "(a|aa|aaa)+b ~30 (a|aa)+c"});
  const SafetyLexicon lexicon(std::move(safety));
  CHECK(lexicon.faults().empty());
  std::string note;
  for (int i = 0; i < 4'000; ++i) note += "aaa ";
  CHECK(lexicon.read(words_of(note)).empty());
  CHECK(lexicon.read(words_of(std::string(20'000, 'a'))).empty());
}
