// Sectors with dates, the rules for whom no sector can place, and the file of streets.
#include <algorithm>

#include <catch2/catch.hpp>

#include "router/config/street_file.hpp"
#include "router/core/decision.hpp"
#include "tests/unit/router_config/folder.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace date::literals;

namespace {

const std::string two_units =
    "[[service_unite]]\ncode = \"social\"\nnom = \"Social\"\n[[unite]]\ncode = \"hem\"\nnom = "
    "\"Hem\"\nservices = "
    "[\"social\"]\n[[unite]]\ncode = \"roubaix\"\nnom = \"Roubaix\"\nservices = "
    "[\"social\"]\n[[service]]\ncode = "
    "\"mdph\"\nnom = \"MDPH\"\n[[service]]\ncode = \"crip\"\nnom = \"CRIP\"\n";

// What is said of these rows, one finding a line.
std::string said(const std::string& rows, const std::string& header = "unite;insee;voie;parite;de;a;du;au") {
  const router::test::Folder folder;
  folder.write("units.toml", two_units);
  folder.write("sectorisation.csv", header + "\n" + rows);
  std::string all;
  for (const auto& finding : folder.load().findings) all += to_string(finding) + "\n";
  return all;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("sectors with dates") {
  const router::test::Folder folder;
  folder.write("units.toml", two_units);
  folder.write(
      "sectorisation.csv",
      "unite;insee;voie;parite;de;a;du;au\nhem;59299;;;;;;2026-12-31\nroubaix;59299;;;;;2027-01-01;\n"
      "hem;59512;;;;;;\nroubaix;59512;Rue du Pile;;;;2027-01-01;\n");
  const auto loaded = folder.load();
  for (const auto& finding : loaded.findings) FAIL_CHECK(to_string(finding));
  REQUIRE(loaded.site);
  const auto bannette = [&](std::string_view commune, std::string_view address, date::year_month_day day) {
    return decide(*loaded.site,
                  {"une facture", std::string(commune), std::string(address), date::local_days{day}, false})
        .bannette;
  };
  CHECK(bannette("Hem", "", 2026_y / 12 / 31) == "hem/social");
  CHECK(bannette("Hem", "", 2027_y / 1 / 1) == "roubaix/social");
  CHECK(bannette("Roubaix", "rue du pile", 2026_y / 12 / 31) == "hem/social");
  CHECK(bannette("Roubaix", "rue du pile", 2027_y / 1 / 1) == "roubaix/social");
  // 23:30 in Paris on New Year's Eve is 22:30 UTC: the day is that of the site.
  CHECK(day_of(*loaded.site, 1'798'756'200'000) == date::local_days{2026_y / 12 / 31});
  CHECK(day_of(*loaded.site, 1'798'759'800'000) == date::local_days{2027_y / 1 / 1});
}

TEST_CASE("what is wrong with the dates of sectors") {
  CHECK(said("hem;59299;;;;;;\nroubaix;59512;;;;;;\n").empty());
  CHECK(said("hem;59299;;;;\nroubaix;59512;;;;\n", "unite;insee;voie;parite;de;a").empty());  // an older file
  CHECK(has(
      said("hem;59299;;;;;2026-02-30;\nroubaix;59512;;;;;;\n"),
      "sectorisation.csv:2:15: erreur: date « 2026-02-30 » qui n'existe pas ; écrire plutôt : AAAA-MM-JJ"));
  CHECK(has(said("hem;59299;;;;;2027-01-01;2026-01-01\nroubaix;59512;;;;;;\n"),
            "finit (2026-01-01) avant de commencer"));
  // The same houses on the same days: never reached. In part: the first one wins, and it is told.
  CHECK(has(
      said(
          "hem;59299;;;;;;\nroubaix;59512;;;;;;\nhem;59512;Rue X;;;;;\nhem;59512;Rue X;pair;;;2027-01-01;\n"),
      ":5:11: erreur: ligne jamais atteinte : la ligne 4"));
  CHECK(has(said("hem;59299;;;;;;\nroubaix;59512;;;;;;2026-12-31\nhem;59512;;;;;2026-12-01;\n"),
            ":4:5: avertissement: recouvre en partie la ligne 3, d'une autre unité"));
  CHECK(has(
      said("hem;59299;;;;;;\nroubaix;59512;;;;;;\nhem;59512;Rue X;;1;99;;\nroubaix;59512;Rue X;;50;150;;\n"),
      ":5:15: avertissement: recouvre en partie la ligne 4"));
  CHECK(said("hem;59299;;;;;;\nroubaix;59512;;;;;;\nhem;59512;Rue X;;1;99;;2026-12-31\nroubaix;59512;Rue "
             "X;;50;150;2027-01-01;\n")
            .empty());
  // Days without a rule.
  CHECK(has(said("hem;59299;;;;;;\nroubaix;59512;;;;;;2026-12-31\n"),
            ":3:1: avertissement: la commune 59512 n'a plus d'unité après le 2026-12-31"));
  CHECK(has(said("hem;59299;;;;;;\nroubaix;59512;;;;;;2026-12-31\nhem;59512;;;;;2027-02-01;\n"),
            "après le 2026-12-31, jusqu'au 2027-01-31"));
  CHECK(said("hem;59299;;;;;;\nhem;59512;;;;;2027-01-01;\nroubaix;59512;;;;;;2026-12-31\n").empty());
}

TEST_CASE("rules for whom no sector can place") {
  const auto with = [&](const std::string& line) {
    const router::test::Folder folder;
    folder.write("units.toml", two_units);
    folder.write("sectorisation.csv", "unite;insee;voie;parite;de;a\nhem;59299;;;;\nroubaix;59512;;;;\n");
    folder.change("site.toml", "", line + "\n");
    return folder.load();
  };
  const auto service = with("sans_domicile = \"service:mdph\"\nhors_territoire = \"standard\"");
  REQUIRE(service.site);
  CHECK(decide(*service.site, {"une facture, sdf", "Hem", "", {}, false}).bannette == "service:mdph");
  CHECK(decide(*service.site, {"une facture", "Lens", "", {}, false}).bannette == "standard");
  const auto unit = with("sans_domicile = \"unite:roubaix\"");
  REQUIRE(unit.site);
  CHECK(decide(*unit.site, {"une facture, sdf", "Hem", "", {}, false}).bannette == "roubaix/social");
  const auto plain = with("");
  REQUIRE(plain.site);
  CHECK(decide(*plain.site, {"une facture, sdf", "Hem", "", {}, false}).bannette == "hem/social");
  CHECK(decide(*plain.site, {"une facture", "Lens", "", {}, false}).bannette == "arbitrage");
  for (const auto& [line, message] : std::vector<std::pair<std::string, std::string>>{
           {"sans_domicile = \"unite:rien\"",
            "unité inconnue « unite:rien » ; écrire plutôt : "
            "unite: et l'une de hem, roubaix"},
           {"hors_territoire = \"service:rien\"", "service inconnu « service:rien »"},
           {"hors_territoire = \"presence\"", "règle inconnue « presence »"},
           {"sans_domicile = \"ailleurs\"", "règle inconnue « ailleurs »"},
           {"sans_domicile = 3", "« sans_domicile » n'a pas la bonne forme"}}) {
    CAPTURE(line);
    const auto loaded = with(line);
    std::string all;
    for (const auto& finding : loaded.findings) all += to_string(finding) + "\n";
    CHECK_FALSE(loaded.site);
    CHECK(has(all, message));
  }
}

TEST_CASE("the file of streets is read back, and what is wrong in it is told") {
  const router::test::Folder folder;
  const auto version = folder.load().site.value().rules_version;
  folder.write("voies.csv", write_streets({{"59299", "Rue Jules Guesde"},
                                           {"59299", "Rue de l'Église"},
                                           {"59299", "Rue de l'Église"}}));
  const auto loaded = folder.load();
  REQUIRE(loaded.site);
  CHECK(loaded.findings.empty());
  REQUIRE(loaded.site->streets);
  CHECK(loaded.site->streets->size() == 2);
  CHECK(loaded.site->rules_version != version);
  const auto decision = decide(*loaded.site, {"une facture", "Hem", "5 r guesde", {}, false});
  CHECK(std::any_of(decision.because.begin(), decision.because.end(),
                    [](const Reason& r) { return r.text == "Rue Jules Guesde n° 5 : Hem"; }));
  folder.write("voies.csv", "insee;voie\n75056;Rue de Rivoli\n59299;Rue X\n");
  const auto foreign = folder.load();
  REQUIRE(foreign.site);
  CHECK(foreign.site->streets->size() == 1);
  CHECK(foreign.findings.size() == 1);
  for (const std::string& bad :
       {std::string(), std::string("insee;rue\n59299;Rue X\n"), std::string("insee;voie\n59299\n"),
        std::string("insee;voie\n59299;\n"), std::string("insee;voie\n5929;Rue X\n"),
        std::string("insee;voie\n59299;Rue\x01X\n"), std::string("insee;voie\n59299;Rue X;12\n"),
        "insee;voie\n59299;" + std::string(101, 'x') + "\n", std::string("insee;voie\n59299;\xFF\xFE\n"),
        std::string(100'000, '\n'), std::string("<html>")}) {
    folder.write("voies.csv", bad);
    const auto broken = folder.load();
    CAPTURE(bad.substr(0, 40));
    CHECK_FALSE(broken.site);
    CHECK((!broken.findings.empty() && broken.findings.size() < 20));
    CHECK(broken.findings[0].file == "voies.csv");
  }
}
