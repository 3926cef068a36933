// What a reload says of two configurations.
#include "router/config/difference.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_config/folder.hpp"

using namespace bannette::router;

TEST_CASE("what is different between two configurations is told by name; the same tells nothing") {
  const test::Folder folder;
  const Site before = folder.load().site.value();
  CHECK(differences(before, before).empty());

  folder.change("units.toml", "services = [\"social\"]",
                "services = [\"social\"]\n[[unite]]\ncode = \"lys\"\nnom = "
                "\"Lys\"\nservices = [\"social\"]");
  folder.change("sectorisation.csv", "hem;59299;Rue du Pile;pair;2;98\n",
                "lys;59299;Rue du Pile;pair;2;98\nlys;59512;;;;\n");
  folder.change("motifs.csv", "normal;5j;normale", "priority;5j;restreinte");
  folder.change("site.toml", "bail_s = 60", "bail_s = 90");
  const Site after = folder.load().site.value();
  const auto lines = differences(before, after);
  const auto told = [&](const std::string& line) {
    INFO(line);
    CHECK(std::find(lines.begin(), lines.end(), line) != lines.end());
  };
  told("unité ou service lys : ajouté (Lys)");
  told("bannette lys/social : ajouté");
  told(
      "motif budget : Budget, urgence prioritaire, 5j, unite:social, restreint, avant Budget, urgence "
      "normale, 5j, "
      "unite:social");
  told("secteur Hem (59299), Rue du Pile pairs dès le 2 jusqu'au 98 : lys, avant hem");
  told("secteur Roubaix (59512) : ajouté (lys)");
  CHECK(lines.size() == 7);  // and the lease, old and new
}
