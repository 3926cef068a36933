// What the site's rules and its address file make of a place, and the reasons that are given.
#include <algorithm>

#include <catch2/catch.hpp>

#include "router/core/engine.hpp"
#include "router/core/street_index.hpp"
#include "tests/unit/router_core/small_site.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace date::literals;

namespace {

const Reason* reason(const Decision& decision, std::string_view code) {
  const auto found = std::find_if(decision.because.begin(), decision.because.end(),
                                  [&](const Reason& r) { return r.code == code; });
  return found == decision.because.end() ? nullptr : &*found;
}

Site with(Fallback homeless, Fallback outside) {
  auto site = test::small_site();
  site.homeless = std::move(homeless);
  site.outside = std::move(outside);
  prepare(site);
  return site;
}

Site with_streets() {
  auto site = test::small_site();
  site.streets = std::make_shared<const StreetIndex>(std::vector<KnownStreet>{{"59512", "Rue du Pile"},
                                                                              {"59512", "Rue de l'Alma"},
                                                                              {"59299", "Rue Jules Guesde"},
                                                                              {"59598", "Rue des Martyrs"},
                                                                              {"59332", "Rue de l'Église"},
                                                                              {"59367", "Rue de l'Église"}});
  prepare(site);
  return site;
}

using Kind = Fallback::Kind;

}  // namespace

TEST_CASE("no fixed abode: where the person is tonight, or where the site says") {
  const Call call{"une facture, sdf, dort dans sa voiture", "Hem", "", {}, false};
  const auto tonight = decide(with({Kind::where_tonight}, {}), call);
  CHECK((tonight.unit == "hem" && tonight.bannette == "hem/social"));
  REQUIRE(reason(tonight, "territory:no-home"));
  CHECK(reason(tonight, "territory:no-home")->text ==
        "Sans domicile fixe (« sdf ») : là où la personne se trouve");
  const auto named = decide(with({Kind::unit, "roubaix-est", "Roubaix-Est"}, {}), call);
  CHECK((named.unit == "roubaix-est" && named.bannette == "roubaix-est/social" && named.insee == "59299"));
  const auto service = decide(with({Kind::service, "mdph", "MDPH"}, {}), call);
  CHECK(
      (service.unit.empty() && service.bannette == "service:mdph" && service.without_unit == "service:mdph"));
  CHECK(decide(with({Kind::standard}, {}), call).bannette == "standard");
  CHECK(decide(with({Kind::arbitration}, {}), call).bannette == "arbitrage");
  // A topic with a bannette of its own goes there all the same.
  CHECK(decide(with({Kind::standard}, {}), {"dossier mdph, sdf", "Hem", "", {}, false}).bannette ==
        "service:mdph");
  CHECK(bannette_for(test::small_site(), "budget", "", "standard") == "standard");
  CHECK(bannette_for(test::small_site(), "budget", "inconnue", "standard") == "arbitrage");
}

TEST_CASE("who is without a home, and who is not") {
  const auto site = test::small_site();
  const auto homeless = [&](std::string_view note, std::string_view commune = "Hem",
                            std::string_view address = "") {
    return reason(decide(site, {std::string(note), std::string(commune), std::string(address), {}, false}),
                  "territory:no-home") != nullptr;
  };
  for (const auto* note :
       {"SDF depuis mars", "sans domicile fixe", "sans abri", "vit ds son fourgon par choix", "dort dehors",
        "il dort dans sa voiture", "domicilié au CCAS de Hem", "domiciliée par le CCAS",
        "est à la rue avec ses enfants", "hébergée par le 115"}) {
    CAPTURE(note);
    CHECK(homeless(note));
  }
  CHECK(homeless("une facture", "SDF"));
  CHECK(homeless("une facture", "Hem", "domiciliation CCAS"));
  CHECK(homeless("une facture", "Hem", "sans domicile fixe"));
  for (const auto* note :
       {"il n'est pas sdf", "a peur d'être à la rue", "va être à la rue lundi", "n'est plus à la rue",
        "rue de la Gare", "a garé sa voiture dans la rue", "le CCAS l'a reçue", ""}) {
    CAPTURE(note);
    CHECK_FALSE(homeless(note));
  }
}

TEST_CASE("outside the territory: where the site says") {
  for (const Call& call :
       {Call{"une facture", "Lens", "", {}, false}, Call{"une facture", "Lille", "", {}, false}}) {
    CHECK(decide(with({}, {Kind::arbitration}), call).bannette == "arbitrage");
    CHECK(decide(with({}, {Kind::standard}), call).bannette == "standard");
    CHECK(decide(with({}, {Kind::service, "mdph", "MDPH"}), call).bannette == "service:mdph");
    const auto unit = decide(with({}, {Kind::unit, "hem", "Hem"}), call);
    CHECK((unit.bannette == "hem/social" && unit.unit == "hem" && reason(unit, "territory:outside-rule")));
  }
  // Not told is not outside.
  CHECK(decide(with({}, {Kind::standard}), {"une facture", "", "", {}, false}).bannette == "arbitrage");
  CHECK(decide(with({}, {Kind::standard}), {"une facture", "Hem", "", {}, false}).bannette == "hem/social");
}

TEST_CASE("a street that is there is sure, one that is not is told") {
  const auto site = with_streets();
  const auto at = [&](std::string_view commune, std::string_view address) {
    return decide(site, {"une facture", std::string(commune), std::string(address), {}, false});
  };
  const auto known = at("Roubaix", "12 r. de l'alma");
  CHECK_FALSE(known.uncertain);
  REQUIRE(reason(known, "territory:street"));
  CHECK(reason(known, "territory:street")->text == "Rue de l'Alma n° 12 : Roubaix-Ouest");
  const auto elsewhere = at("Roubaix", "3 rue jules guesde");
  CHECK(elsewhere.uncertain);
  CHECK(elsewhere.insee == "59512");
  REQUIRE(reason(elsewhere, "territory:street-elsewhere"));
  CHECK(reason(elsewhere, "territory:street-elsewhere")->text ==
        "« rue jules guesde » n'existe pas à Roubaix, mais à Hem");
  CHECK(elsewhere.candidates == std::vector<Candidate>{{"59299", "Hem", "hem", "a « rue jules guesde »"}});
  CHECK(reason(at("Hem", "rue de nulle part"), "territory:street-unknown"));
  CHECK_FALSE(at("Hem", "rue de nulle part").uncertain);  // Hem is one unit, whatever the street
  CHECK(at("Roubaix", "rue de nulle part").uncertain);
  // Communes whose streets are not known say nothing of them.
  CHECK_FALSE(reason(at("Wattrelos", "rue de nulle part"), "territory:street-unknown"));
}

TEST_CASE("a street narrows down what was not clear") {
  const auto site = with_streets();
  const auto at = [&](std::string_view commune, std::string_view address) {
    return decide(site, {"une facture", std::string(commune), std::string(address), {}, false});
  };
  const auto one = at("59390", "12 rue des Martyrs");
  CHECK((one.insee == "59598" && !one.uncertain));
  const auto two = at("59390", "12 rue de l'Église");
  CHECK((two.insee.empty() && two.uncertain && two.candidates.size() == 2 && two.unit == "hem"));
  const auto alone = at("", "12 rue Jules Guesde");  // another commune, not the site's, may have it
  CHECK((alone.insee.empty() && alone.uncertain));
  CHECK(alone.candidates ==
        std::vector<Candidate>{{"59299", "Hem", "hem", "peut être « 12 rue Jules Guesde »"}});
}

TEST_CASE("the unit changes on the day of a new sector") {
  auto site = test::small_site();
  const date::local_days day{2027_y / 3 / 1};
  for (auto& sector : site.sectors)
    if (sector.insee == "59299") sector.last_day = day - date::days{1};
  site.sectors.push_back({"roubaix-est", "59299", "", Sector::Parity::both, {}, {}, day, {}});
  prepare(site);
  const auto on = [&](date::local_days when) {
    return decide(site, {"une facture", "Hem", "", when, false});
  };
  CHECK(on(day - date::days{1}).bannette == "hem/social");
  CHECK(on(day).bannette == "roubaix-est/social");
}

TEST_CASE("what a person chose stands") {
  const auto site = test::small_site();
  const Call call{"une facture pour sa mère qui vit à Lens", "Hem", "", {}, false};
  CHECK(decide(site, call).insee.empty());
  auto chosen = call;
  chosen.commune_chosen = true;
  CHECK((decide(site, chosen).insee == "59299" && !decide(site, chosen).uncertain));
}

TEST_CASE("whatever is typed in any field: a place in bounds, with text that can be shown") {
  const auto site = with_streets();
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  for (const std::string& text :
       {every, std::string(10'000, 'a'), std::string(10'000, '9'), std::string(5'000, '\x01'),
        std::string("Ã©glise Ã  HÃ©m"), std::string("'; DROP TABLE dossiers; --"),
        std::string("<script>alert(1)</script> rue du <b>Pile</b>"), std::string("rue rue rue de la rue de"),
        std::string("12-14-16 bd bd bd"), std::string("rue " + std::string(400, 'x')),
        std::string("\xF0\x9F\x8F\xA0 rue \xF0\x9F\x98\x80"), std::string("rue\nrue\true"),
        std::string("59390 59390 59390"), std::string("de la du des l d le les rue"),
        std::string("\xE2\x80\xAE\xE2\x80\x8B rue du Pile")}) {
    for (const auto& call : {Call{text, "", "", {}, false}, Call{"", text, "", {}, false},
                             Call{"", "Roubaix", text, {}, false}, Call{text, text, text, {}, false}}) {
      const auto decision = decide(site, call);
      CHECK(decision.candidates.size() <= 12);
      for (const auto& candidate : decision.candidates) {
        CHECK(candidate.reason.size() <= 120);
        CHECK(clean(candidate.reason) == candidate.reason);
      }
      for (const auto& each : decision.because)
        CHECK((each.text.size() <= 300 && clean(each.text) == each.text));
    }
    CHECK(site.engine->territory.communes_like(text, {}, 50).size() <= 50);
    CHECK(site.engine->territory.streets_like("", text, {}, 50).size() <= 50);
    CHECK(site.engine->territory.streets_like("59512", text, {}, 50).size() <= 50);
    CHECK(site.engine->territory.streets_like(text, "rue", {}, 50).empty());
  }
}
