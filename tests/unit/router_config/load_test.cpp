#include "router/config/load.hpp"

#include <catch2/catch.hpp>

#include "router/config/rules.hpp"
#include "router/core/decision.hpp"
#include "tests/unit/router_config/folder.hpp"

using namespace bannette;
using namespace bannette::router;

TEST_CASE("a folder becomes a site") {
  const test::Folder folder;
  const auto loaded = folder.load();
  for (const auto& finding : loaded.findings) UNSCOPED_INFO(to_string(finding));
  REQUIRE(loaded.findings.empty());
  REQUIRE(loaded.site);
  const auto& site = *loaded.site;
  CHECK(site.code == "essai");
  CHECK(site.queue.lease_ms == 60'000);
  REQUIRE(site.queue.calendar.zone != nullptr);
  CHECK(site.queue.calendar.zone->name() == "Europe/Paris");
  CHECK(site.queue.calendar.week[0] == std::vector<OpenSpan>{{510, 750}, {810, 1050}});
  CHECK(site.queue.calendar.closures.size() == 1);
  CHECK(site.topics[1].destination == Destination{Destination::Kind::service, "mdph", "crip"});
  CHECK(site.sectors[1].from == 2);
  CHECK(site.rules_version.starts_with("essai-"));
  CHECK(decide(site, {"une facture", "Hem", ""}).bannette == "hem/social");
}

TEST_CASE("every change of the rules has its own version") {
  const test::Folder folder;
  const auto before = folder.load().site.value().rules_version;
  CHECK(folder.load().site.value().rules_version == before);
  folder.change("securite.toml", "force = 4", "force = 5");
  CHECK(folder.load().site.value().rules_version != before);
}

TEST_CASE("a model that cannot be used is an error that says why; none at all is not") {
  const test::Folder folder;
  const auto told = [&](const std::string& bytes) {
    folder.write("modele.bin", bytes);
    const auto loaded = folder.load();
    REQUIRE_FALSE(loaded.site);
    REQUIRE(loaded.findings.size() == 1);
    CHECK(loaded.findings[0].file == "modele.bin");
    return loaded.findings[0].message;
  };
  const auto good = test::small_files().at("modele.bin");
  auto altered = good;
  altered[altered.size() / 2] ^= 1;
  CHECK(told(altered) == "modèle coupé ou altéré (somme de contrôle)");
  CHECK(told(good.substr(0, good.size() - 1)) == "modèle coupé ou altéré (somme de contrôle)");
  CHECK(told("") == "ce n'est pas un modèle de Bannette");
  auto table = from_bytes(good).value();
  table.reading ^= 1;
  CHECK(told(to_bytes(table)) ==
        "modèle entraîné avec une autre version de Bannette : entraînez-le à nouveau");
  table.reading ^= 1;
  table.topics[0] = "loyer";
  folder.write("modele.bin", to_bytes(table));
  CHECK(folder.load().findings.size() ==
        2);  // a topic that the site does not know; one that the model does not
  std::filesystem::remove(folder.path() / "modele.bin");
  CHECK_FALSE(folder.load().site);
  folder.change("site.toml", "modele = \"modele.bin\"\n", "");
  CHECK(folder.load().site.value().model == nullptr);
}

TEST_CASE("what the queue must know") {
  const test::Folder folder;
  const auto rules = rules_of(folder.load().site.value());
  CHECK(rules.site == "essai");
  CHECK(rules.bannettes ==
        std::vector<std::string>{"arbitrage", "hem/social", "service:crip", "service:mdph", "standard"});
  REQUIRE(rules.topics.size() == 3);
  CHECK(rules.topics[0].delay == Delay{Delay::Unit::working_days, 5});
  CHECK(rules.topics[1].delay == Delay{Delay::Unit::calendar_ms, 48LL * 3'600'000});
  CHECK(rules.topics[1].restricted);
  CHECK(rules.topics[2].delay == Delay{});
  CHECK(rules.lease_ms == 60'000);
  folder.change("motifs.csv", "48h", "4h ouvrees");
  CHECK(rules_of(folder.load().site.value()).topics[1].delay ==
        Delay{Delay::Unit::working_ms, 4LL * 3'600'000});
}
