// The sample site: whole, and every commune of the Nord found by its own name and code.
#include "tests/unit/router_config/sample_site.hpp"

#include <catch2/catch.hpp>

#include "router/config/load.hpp"
#include "router/config/rules.hpp"
#include "router/core/decision.hpp"
#include "router/core/text.hpp"

using namespace bannette;
using namespace bannette::router;

TEST_CASE("the sample site has no findings") {
  const auto loaded = load_site(test::sample_folder());
  for (const auto& finding : loaded.findings) FAIL_CHECK(to_string(finding));
  REQUIRE(loaded.site);
  for (const auto& finding : check_examples(*loaded.site)) FAIL_CHECK(to_string(finding));
  CHECK(loaded.site->units.size() == 8);
  CHECK(loaded.site->topics.size() == 24);
  CHECK(loaded.site->communes.size() == 647);
  CHECK(rules_of(*loaded.site).bannettes.size() == 8 * 5 + 5 + 2);
}

TEST_CASE("all 647 communes are found by name, code and upper case") {
  const auto& site = test::sample_site();
  for (const auto& commune : site.communes) {
    CAPTURE(commune.insee, commune.name);
    CHECK(decide(site, {"", commune.name, ""}).insee == commune.insee);
    CHECK(decide(site, {"", fold(commune.name), ""}).insee == commune.insee);
    const auto by_code = decide(site, {"", commune.insee, ""});
    // An INSEE code may be the postal code of others, which people mean when they type it.
    const bool also_postal = std::any_of(site.communes.begin(), site.communes.end(), [&](const Commune& c) {
      return std::find(c.postal_codes.begin(), c.postal_codes.end(), commune.insee) != c.postal_codes.end();
    });
    if (!also_postal) CHECK(by_code.insee == commune.insee);
    for (const auto& postal : commune.postal_codes) {
      const auto decision = decide(site, {"", postal, ""});
      const bool listed = std::any_of(decision.candidates.begin(), decision.candidates.end(),
                                      [&](const auto& c) { return c.insee == commune.insee; });
      CHECK((decision.insee == commune.insee || listed || decision.candidates.size() == 12));
      CHECK(decide(site, {"", postal + " " + commune.name, ""}).insee == commune.insee);
    }
  }
}

TEST_CASE("calls as people type them") {
  const auto& site = test::sample_site();
  struct Row {
    Call call;
    std::string_view insee, unit;
    bool uncertain;
  };
  for (const auto& [call, insee, unit, uncertain] : std::vector<Row>{
           {{"", "rbx", "212 rue de Lannoy"}, "59512", "utpas-roubaix-est", false},
           {{"", "rbx", "145 rue de Lannoy"}, "59512", "utpas-roubaix-ouest", false},
           {{"", "rbx", "rue de Lannoy"}, "59512", "utpas-roubaix-ouest", true},
           {{"", "", "212 rue de gand tg"}, "59599", "utpas-tourcoing-est", false},
           {{"", "", "place du Travail Rbx"}, "59512", "utpas-roubaix-est", false},
           {{"", "Tourcoing", "47 chaussée Berthelot"}, "59599", "utpas-tourcoing-est", false},
           {{"", "Tourcoing", "120 chaussée berthelot"}, "59599", "utpas-tourcoing-centre", false},
           {{"", "59390", ""}, "", "utpas-hem-lannoy", true},
           {{"", "Lomme", ""}, "59350", "", false},
           {{"", "Hellemmes", ""}, "59350", "", false},
           {{"", "VdA", ""}, "59009", "", false},
           {{"", "Marcq", ""}, "59378", "utpas-croix-wasquehal", false},
           {{"", "Quesnoy", ""}, "", "", true},
           {{"", "Lens", ""}, "", "", false},
           {{"", "Hem Lenglet", ""}, "59300", "", false},
           {{"Elle habite Willems", "", ""}, "59660", "utpas-hem-lannoy", false},
           {{"Sa mère habite à Halluin", "Lille", ""}, "59279", "utpas-vallee-de-la-lys", false},
           {{"Monsieur Tourcoing habite rue de Roubaix", "Croix", ""},
            "59163",
            "utpas-croix-wasquehal",
            false}}) {
    CAPTURE(call.note, call.commune, call.address);
    const auto decision = decide(site, call);
    CHECK(decision.insee == insee);
    CHECK(decision.unit == unit);
    bool place_uncertain = false;
    for (const auto& reason : decision.because)
      place_uncertain = place_uncertain || reason.code == "territory:several" ||
                        reason.code == "territory:split" || reason.code == "territory:unknown";
    CHECK(place_uncertain == uncertain);
  }
}
