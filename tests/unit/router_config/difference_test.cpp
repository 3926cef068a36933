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

TEST_CASE(
    "whatever of the consignes an operator sees is told where it changes; the telephony names a version") {
  const test::Folder folder;
  const std::string text = R"(
[[numero]]
code = "119"
numero = "119"
nom = "Enfance en danger"
quand = "Jour et nuit"
[[numero]]
code = "15"
numero = "15"
nom = "SAMU"
[danger]
dire = ["Où êtes-vous ?"]
transmettre = ["Gardez la personne en ligne."]
numeros = ["119"]
[[motif]]
motif = "budget"
dire = ["Bonjour."]
numeros = ["15", "119"]
question = [
  { code = "foyer", libelle = "Foyer", texte = "Combien êtes-vous ?", aide = "enfants compris", choix = ["un", "deux"] },
  { code = "suivi", libelle = "Suivi", texte = "Un service vous suit-il ?" },
]
[[renvoi]]
code = "caf"
nom = "CAF"
telephone = "32 30"
aide = "APL"
)";
  folder.write("consignes.toml", text);
  const Site before = folder.load().site.value();
  const struct {
    const char *that, *by, *told;
  } changes[] = {
      {"Jour et nuit", "De 9 h à 23 h", "consigne numéro 119 : "},
      {"numeros = [\"119\"]", "numeros = [\"15\", \"119\"]", "consigne danger : "},
      {"numeros = [\"15\", \"119\"]\nquestion", "numeros = [\"15\"]\nquestion", "consigne motif budget : "},
      {"libelle = \"Foyer\"", "libelle = \"Ménage\"", "consigne motif budget, question foyer : "},
      {"enfants compris", "bébés compris", "consigne motif budget, question foyer : "},
      {"\"un\", \"deux\"", "\"un\", \"plus\"", "consigne motif budget, question foyer : "},
      {"\"suivi\"", "\"aide\"", "consigne motif budget, ordre des questions : "},
      {"\"APL\"", "\"RSA\"", "consigne renvoi caf : "},
  };
  for (const auto& each : changes) {
    CAPTURE(each.by);
    std::string changed = text;
    changed.replace(changed.find(each.that), std::string_view(each.that).size(), each.by);
    folder.write("consignes.toml", changed);
    const Site after = folder.load().site.value();
    const auto lines = differences(before, after);
    CHECK(std::any_of(lines.begin(), lines.end(),
                      [&](const std::string& line) { return line.starts_with(each.told); }));
    CHECK(after.rules_version != before.rules_version);
  }
  folder.write("consignes.toml", text);
  CHECK(differences(before, folder.load().site.value()).empty());
  folder.write("telephonie.toml", "[[standard]]\ncode = \"annexe\"\ntype = \"cti\"\n");
  CHECK(folder.load().site.value().rules_version != before.rules_version);
}
