// consignes.toml: the sample's, none at all, and each mistake at its place.
#include "router/core/consignes.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "router/config/load.hpp"
#include "router/core/decision.hpp"
#include "tests/unit/router_config/folder.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

constexpr const char* kGood = R"(
[[numero]]
code = "119"
numero = "119"
nom = "Enfance en danger"
[danger]
dire = ["Où êtes-vous ?"]
transmettre = ["Gardez la personne en ligne."]
numeros = ["119"]
[[motif]]
motif = "budget"
dire = ["Bonjour."]
numeros = ["119"]
question = [{ code = "foyer", libelle = "Foyer", texte = "Combien êtes-vous ?", choix = ["un", "deux"] }]
[[renvoi]]
code = "caf"
nom = "CAF"
telephone = "32 30"
[[correction]]
code = "precise"
libelle = "Précisé"
[[sans_dossier]]
code = "wrong_number"
libelle = "Erreur de numéro"
)";

// What is told of the file with this in place of that.
std::vector<Finding> told(const std::string& that, const std::string& by) {
  std::string text = kGood;
  const auto at = text.find(that);
  REQUIRE(at != std::string::npos);
  text.replace(at, that.size(), by);
  const test::Folder folder;
  folder.write("consignes.toml", text);
  const auto loaded = folder.load();
  CHECK(std::all_of(loaded.findings.begin(), loaded.findings.end(),
                    [](const Finding& each) { return each.file == "consignes.toml" && each.line > 0; }));
  return loaded.findings;
}

}  // namespace

TEST_CASE("consignes are read, and their version is the rules'") {
  const test::Folder folder;
  const auto without = folder.load();
  REQUIRE(without.site);
  CHECK(without.site->consignes->guides.empty());
  folder.write("consignes.toml", kGood);
  const auto loaded = folder.load();
  for (const auto& finding : loaded.findings) UNSCOPED_INFO(to_string(finding));
  REQUIRE(loaded.findings.empty());
  const Consignes& all = *loaded.site->consignes;
  CHECK(loaded.site->rules_version != without.site->rules_version);
  CHECK(all.numbers.at(0).name == "Enfance en danger");
  CHECK(all.danger.handover == std::vector<std::string>{"Gardez la personne en ligne."});
  CHECK(all.guides.at(0).topic == "budget");
  CHECK(all.guides.at(0).questions.at(0).choices == std::vector<std::string>{"un", "deux"});
  CHECK(all.referrals.at(0).phone == "32 30");
  CHECK(find_correction(all, "precise") != nullptr);
  CHECK(find_correction(all, "autre") == nullptr);
  CHECK(all.no_dossier.at(0).code == "wrong_number");
}

TEST_CASE("each mistake of the consignes is told at its place, with what to write instead") {
  const struct {
    const char *that, *by, *message, *instead;
  } mistakes[] = {
      {"motif = \"budget\"", "motif = \"budgte\"", "motif inconnu « budgte »", "budget"},
      {"numeros = [\"119\"]\nquestion", "numeros = [\"118\"]\nquestion", "numéro inconnu « 118 »", "119"},
      {"code = \"wrong_number\"", "code = \"wrong\"", "issue inconnue « wrong »",
       "answered, redirected, wrong_number, prank, nobody, cut_off, internal"},
      {"telephone = \"32 30\"", "telephone = \"appelez\"", "numéro de téléphone mal formé « appelez »",
       "\"03 20 00 00 00\""},
      {"code = \"caf\"", "code = \"La CAF\"", "code « La CAF » mal formé",
       "des lettres minuscules sans accent, des chiffres, « - » et « . », 64 au plus"},
      {"[[correction]]", "[[correction]]\ncode = \"precise\"\nlibelle = \"x\"\n[[correction]]",
       "code « precise » en double", "un code qui n'est pas déjà pris"},
      {"[[motif]]", "[[motif]]\nmotif = \"budget\"\n[[motif]]", "deux consignes pour le motif « budget »",
       "une seule"},
  };
  for (const auto& each : mistakes) {
    CAPTURE(each.by);
    const auto findings = told(each.that, each.by);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].severity == Severity::error);
    CHECK(findings[0].message == each.message);
    CHECK(findings[0].instead == each.instead);
  }
  CHECK(told("nom = \"CAF\"", "nome = \"CAF\"").size() == 2);  // one is missing, one unknown
  std::string many = "choix = [";
  for (int i = 0; i < 9; ++i) many += "\"x\",";
  CHECK(told("choix = [\"un\", \"deux\"", many).at(0).message == "plus de 8 textes dans « choix »");
}

TEST_CASE("a number that no panel shows is told: nobody would find it in a call") {
  const auto findings =
      told("[danger]", "[[numero]]\ncode = \"18\"\nnumero = \"18\"\nnom = \"Pompiers\"\n[danger]");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::warning);
  CHECK(findings[0].message == "numéros montrés nulle part : 18");
}

TEST_CASE("the sample's consignes speak of every topic, and of children in danger most") {
  const Site& site = test::sample_site();
  const Consignes& all = *site.consignes;
  for (const auto& topic : site.topics) {
    CAPTURE(topic.code);
    CHECK(std::any_of(all.guides.begin(), all.guides.end(),
                      [&](const Guide& each) { return each.topic == topic.code; }));
  }
  const auto most = std::max_element(
      all.guides.begin(), all.guides.end(),
      [](const Guide& a, const Guide& b) { return a.questions.size() < b.questions.size(); });
  CHECK(most->topic == "enfance.danger");
  for (const char* number : {"119", "17", "15", "115", "3919", "3977", "3114"}) {
    CAPTURE(number);
    CHECK(std::any_of(all.numbers.begin(), all.numbers.end(),
                      [&](const Helpline& each) { return each.number == number; }));
  }
  CHECK(all.no_dossier.size() == no_dossier_outcomes.size());
}

// Answers are read by the router like the rest of the note: one that says "no" must not raise anything.
TEST_CASE("no answer of the sample's questions that denies raises a danger or an urgency") {
  const Site& site = test::sample_site();
  const auto plain = decide(site, {"La personne demande un rendez-vous.", "Roubaix", ""});
  for (const auto& guide : site.consignes->guides) {
    for (const auto& question : guide.questions) {
      for (const auto& choice : question.choices) {
        if (choice != "non" && choice != "en sécurité" && choice != "va bien") continue;
        const std::string answer = question.label + " : " + choice;
        CAPTURE(guide.topic, answer);
        const auto with = decide(site, {"La personne demande un rendez-vous.\n\n" + answer, "Roubaix", ""});
        CHECK_FALSE(with.danger);
        CHECK(with.urgency >= plain.urgency);
      }
    }
  }
}
