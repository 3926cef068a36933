#include "router/core/decision.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

bool has_reason(const Decision& decision, std::string_view code) {
  return std::any_of(decision.because.begin(), decision.because.end(),
                     [&](const Reason& r) { return r.code == code; });
}

std::string reason(const Decision& decision, std::string_view code) {
  for (const auto& reason : decision.because)
    if (reason.code == code) return reason.text;
  return "";
}

}  // namespace

TEST_CASE("from a call to a bannette") {
  const auto site = test::small_site();
  struct Row {
    Call call;
    std::string_view topic, insee, unit, bannette;
    Urgency urgency;
    bool danger, uncertain;
  };
  for (const auto& row : std::vector<Row>{
           {{"une facture", "Hem", ""},
            "budget",
            "59299",
            "hem",
            "hem/social",
            Urgency::normal,
            false,
            false},
           {{"une facture, frigo vide, un fils", "rbx", "12 rue du Pile"},
            "budget",
            "59512",
            "roubaix-est",
            "roubaix-est/social",
            Urgency::priority,
            false,
            false},
           {{"dossier mdph", "Hem", ""},
            "handicap",
            "59299",
            "hem",
            "service:mdph",
            Urgency::normal,
            false,
            false},
           {{"dossier mdph", "Lille", ""},
            "handicap",
            "59350",
            "",
            "service:mdph",
            Urgency::normal,
            false,
            false},
           {{"une facture", "Lille", ""}, "budget", "59350", "", "arbitrage", Urgency::normal, false, false},
           {{"une facture", "Lens", ""}, "budget", "", "", "arbitrage", Urgency::normal, false, false},
           {{"une facture", "", ""}, "budget", "", "", "arbitrage", Urgency::normal, false, true},
           {{"une facture", "59390", ""}, "budget", "", "hem", "hem/social", Urgency::normal, false, true},
           {{"une facture", "59390", "rue X, Toufflers"},
            "budget",
            "59598",
            "hem",
            "hem/social",
            Urgency::normal,
            false,
            false},
           {{"une facture", "Roubaix", "boulevard de Reims"},
            "budget",
            "59512",
            "roubaix-ouest",
            "roubaix-ouest/social",
            Urgency::normal,
            false,
            true},
           {{"une facture. Elle habite Hem", "", ""},
            "budget",
            "59299",
            "hem",
            "hem/social",
            Urgency::normal,
            false,
            false},
           {{"une facture. Sa mère habite Lens", "Hem", ""},
            "budget",
            "",
            "",
            "arbitrage",
            Urgency::normal,
            false,
            false},
           {{"facture de sa mère, qui vit à Hem", "Lens", ""},
            "budget",
            "59299",
            "hem",
            "hem/social",
            Urgency::normal,
            false,
            false},
           {{"une facture. Née à Lens", "Hem", ""},
            "budget",
            "59299",
            "hem",
            "hem/social",
            Urgency::normal,
            false,
            false},
           {{"carte grise", "Hem", ""}, "hors-champ", "59299", "hem", "", Urgency::normal, false, false},
           {{"il a frappé son fils", "Hem", ""},
            "danger",
            "59299",
            "hem",
            "hem/enfance",
            Urgency::urgent,
            true,
            false},
           {{"il frappe son fils en ce moment", "Hem", ""},
            "danger",
            "59299",
            "hem",
            "hem/enfance",
            Urgency::immediate,
            true,
            false},
           {{"signalement, signalé frappé hier ; tout va bien", "Hem", ""},
            "danger",
            "59299",
            "hem",
            "hem/enfance",
            Urgency::normal,
            false,
            false}}) {
    CAPTURE(row.call.note, row.call.commune, row.call.address);
    const auto decision = decide(site, row.call);
    CHECK(decision.topic == row.topic);
    CHECK(decision.insee == row.insee);
    CHECK(decision.unit == row.unit);
    CHECK(decision.bannette == row.bannette);
    CHECK(decision.urgency == row.urgency);
    CHECK(decision.danger == row.danger);
    CHECK(decision.uncertain == row.uncertain);
  }
}

TEST_CASE("an uncertain place shows its candidates") {
  const auto site = test::small_site();
  const auto several = decide(site, {"une facture", "59390", ""});
  REQUIRE(several.candidates.size() == 3);
  CHECK(several.candidates[0] == Candidate{"59332", "Lannoy", "hem", "code postal 59390"});
  CHECK(has_reason(several, "territory:several"));
  const auto split = decide(site, {"une facture", "Roubaix", "rue de Lannoy"});
  REQUIRE(split.candidates.size() == 2);
  CHECK(split.candidates[1] ==
        Candidate{"59512", "Roubaix", "roubaix-est", "Rue de Lannoy : à partir du n° 200"});
  CHECK(has_reason(split, "territory:split"));
}

TEST_CASE("a decision says which words it leans on, what else it might be, and by which versions") {
  const auto site = test::small_site();
  const auto decision = decide(site, {"une Facture, le dossier MDPH", "Hem", ""});
  CHECK(decision.topic == "budget");
  CHECK(decision.uncertain);
  CHECK(decision.model_version == "essai-modele");
  CHECK(reason(decision, "model:budget") == "Budget (49 %) : « Facture »");
  CHECK(reason(decision, "runner-up") == "Autre motif possible : Handicap (49 %), à cause de « MDPH »");
  CHECK(reason(decision, "runner-up:against") == "Entre les deux, « Facture » a fait préférer : Budget");
  CHECK(reason(decide(site, {"frigo vide", "Hem", ""}), "model:urgency") ==
        "Urgence prioritaire : « frigo »");
  CHECK(has_reason(decide(site, {"zzz", "Hem", ""}), "model:unknown"));
  CHECK(decide(site, {"zzz", "Hem", ""}).uncertain);
}

TEST_CASE("a safety rule raises what the model said, and nothing lowers it") {
  const auto site = test::small_site();
  const auto both = decide(site, {"mdph ; il a frappé sa fille ; elle dit que tout va bien", "Hem", ""});
  CHECK(both.topic == "danger");
  CHECK(both.urgency == Urgency::urgent);
  CHECK(both.danger);
  CHECK(has_reason(both, "safety:coups"));
}

TEST_CASE("a site without a model starts, and sends every call to a human") {
  auto site = test::small_site();
  site.model = nullptr;
  const auto decision = decide(site, {"une facture", "Hem", ""});
  CHECK(decision.uncertain);
  CHECK(decision.bannette == "arbitrage");
  CHECK(decision.insee == "59299");
  CHECK(decision.topics.size() >= 3);
  CHECK(decision.model_version.empty());
  CHECK(has_reason(decision, "model:none"));
  CHECK(decide(site, {"il a frappé sa fille", "Hem", ""}).danger);
}

TEST_CASE("every decision keeps its promises, whatever is typed") {
  const auto site = test::small_site();
  const auto known = bannettes_of(site);
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  std::string marks = "a";
  for (int i = 0; i < 3'000; ++i) marks += "\u0301";
  for (const std::string& text :
       {std::string(), std::string(10'000, 'x'), std::string("😀🏠👩‍👩‍👧"), every, marks,
        std::string("<script>alert(1)</script>"), std::string("'; DROP TABLE dossiers; --"),
        std::string("Ã©lectricitÃ© Ã  Lille"), std::string("frappé fille "), std::string(3'000, '\n'),
        std::string("{\"a\":[1,2]}"), std::string(20'000, '9'), std::string("rue rue rue 1 1 1")}) {
    for (const Call& call :
         {Call{text, "", ""}, Call{"", text, ""}, Call{"", "", text}, Call{text, text, text}}) {
      const auto decision = decide(site, call);
      CHECK(decision.topics.size() >= 3);
      CHECK(decision.topics[0].code == decision.topic);
      CHECK((decision.bannette.empty() || std::binary_search(known.begin(), known.end(), decision.bannette)));
      CHECK((!decision.danger || decision.urgency <= Urgency::urgent));
      CHECK(decision.because.size() <= 16);
      CHECK(decision.candidates.size() <= 12);
      for (const auto& reason : decision.because) {
        CHECK(reason.text.size() <= 300);
        CHECK(clean(reason.text) == reason.text);
      }
      CHECK(decision.rules_version == "essai-1");
    }
  }
}

TEST_CASE("bannettes and their labels") {
  const auto site = test::small_site();
  CHECK(bannettes_of(site) == std::vector<std::string>{"arbitrage", "hem/enfance", "hem/social",
                                                       "roubaix-est/enfance", "roubaix-est/social",
                                                       "roubaix-ouest/enfance", "roubaix-ouest/social",
                                                       "service:mdph", "standard"});
  CHECK(label_of(site, "hem/social") == "Hem : Service social");
  CHECK(label_of(site, "service:mdph") == "MDPH");
  CHECK(label_of(site, "standard") == "Standard");
  CHECK(label_of(site, "rien/rien") == "rien/rien");
  CHECK(bannette_for(site, "inconnu", "hem") == "arbitrage");
  CHECK(bannette_for(site, "budget", "inconnue") == "arbitrage");
  Site unprepared;
  CHECK_THROWS_AS(decide(unprepared, {}), std::logic_error);
}
