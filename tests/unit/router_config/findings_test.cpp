// Each mistake is found, at its place, with what to write instead.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/router_config/folder.hpp"

using namespace bannette::router;

namespace {

struct Mistake {
  std::string file, from, to;  // `from` replaced by `to`; empty: `to` is added
  std::string place;           // "file:line:column"
  std::string said;            // part of the message
  std::string instead;         // part of what to write instead
  bool warning = false;
};

std::string place_of(const Finding& f) {
  return f.file + (f.line > 0 ? ":" + std::to_string(f.line) + ":" + std::to_string(f.column) : "");
}

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all{
      {"site.toml", "\"essai\"", "\"Essai !\"", "site.toml:1:8", "mal formé", "minuscules"},
      {"site.toml", "Europe/Paris", "Europe/Pari", "site.toml:3:10", "fuseau horaire inconnu",
       "Europe/Paris"},
      {"site.toml", "bail_s = 60", "bail_s = 1", "site.toml:4:10", "bail_s", "5 à 3600"},
      {"site.toml", "jours_feries = true", "jours_feries = 1", "site.toml:5:16", "jours_feries",
       "true ou false"},
      {"site.toml", "2026-12-24", "2026-02-30", "site.toml:6:15", "n'existe pas", "AAAA-MM-JJ"},
      {"site.toml", "08:30-12:30", "12:30-08:30", "site.toml:9:10", "plage horaire", "début avant la fin"},
      {"site.toml", "13:30-17:30", "12:00-17:30", "site.toml:9:25", "chevauche", "séparées"},
      {"site.toml", "13:30-17:30", "13h30-17h30", "site.toml:9:25", "plage horaire", "08:30-12:30"},
      {"site.toml", "lundi =", "lundy =", "site.toml:9:1", "inconnue « lundy »", "lundi"},
      {"site.toml", "nom = \"Essai\"\n", "", "site.toml:1:1", "« nom » manque", ""},
      {"site.toml", "nom = \"Essai\"", "nom = Essai", "site.toml:2:7", "TOML illisible", ""},
      {"site.toml", "[horaires]", "[|horaires]", "site.toml:8:2", "TOML illisible", ""},
      {"site.toml", "nom = \"Essai\"", "é = \"Essai\"", "site.toml:2:1", "TOML illisible", ""},
      {"site.toml", "communes.csv", "../communes.csv", "site.toml:11:12", "nom de fichier", "ce dossier"},
      {"site.toml", "\"arbitrage\"", "\"rien\"", "site.toml:14:16", "sans_secteur", "signaler"},
      {"site.toml", "communes.csv", "autre.csv", "autre.csv", "fichier absent", "un fichier de ce nom"},
      {"units.toml", "[\"social\"]", "[\"sociale\"]", "units.toml:7:13", "service d'unité inconnu", "social"},
      {"units.toml", "", "[[unite]]\ncode = \"hem\"\nnom = \"Bis\"\nservices = [\"social\"]\n",
       "units.toml:15:8", "« hem » en double", "pas déjà pris"},
      {"units.toml", "", "[[service]]\ncode = \"mdph\"\nnom = \"Bis\"\n", "units.toml:15:8",
       "« mdph » en double", "pas déjà pris"},
      {"units.toml", "nom = \"Hem\"", "nom = \"Hem\"\nchef = \"x\"", "units.toml:7:1", "inconnue « chef »",
       "code"},
      {"motifs.csv", "handicap;", "budget;", "motifs.csv:3:1", "« budget » en double", "pas déjà pris"},
      {"motifs.csv", ";normal;5j", ";grave;5j", "motifs.csv:2:23", "urgence inconnue « grave »",
       "immediate, urgent"},
      {"motifs.csv", "5j", "5 jours", "motifs.csv:2:30", "délai mal formé", "4h ouvrees"},
      {"motifs.csv", "5j", "0j", "motifs.csv:2:30", "délai mal formé", "5j"},
      {"motifs.csv", "restreinte", "secrete", "motifs.csv:3:43", "confidentialité inconnue",
       "normale ou restreinte"},
      {"motifs.csv", "unite:social", "unite:socialle", "motifs.csv:2:41", "destination inconnue",
       "unite:social"},
      {"motifs.csv", "unite:social", "social", "motifs.csv:2:41", "destination mal formée", "unite:CODE"},
      {"motifs.csv", "(copie crip)", "(copie cirp)", "motifs.csv:3:54", "copie à un service inconnu « cirp »",
       "crip"},
      {"motifs.csv", "(copie crip)", "(copie crip", "motifs.csv:3:54", "destination mal formée",
       "copie CODE"},
      {"motifs.csv", "Budget", "", "motifs.csv:2:15", "« libelle » est vide", "un texte"},
      {"communes.csv", "59512;Roubaix", "5951;Roubaix", "communes.csv:3:1", "code INSEE mal formé",
       "cinq caractères"},
      {"communes.csv", "59512;Roubaix", "59299;Roubaix", "communes.csv:3:1", "en double, déjà ligne 2", ""},
      {"communes.csv", "59510", "5951O", "communes.csv:2:11", "code postal mal formé", "cinq chiffres"},
      {"communes.csv", "18713", "beaucoup", "communes.csv:2:17", "population mal formée", "un nombre"},
      {"noms.csv", "59512", "59513", "noms.csv:2:5", "commune inconnue « 59513 »", "communes.csv"},
      {"noms.csv", "abrege", "surnom", "noms.csv:2:11", "genre de nom inconnu", "associee"},
      {"noms.csv", "", "RBX;59512;abrege\n", "noms.csv:3:1", "en double, déjà ligne 2", ""},
      {"noms.csv", "", "hem;59512;abrege\n", "noms.csv:3:1", "nom officiel", "supprimée", true},
      {"sectorisation.csv", "hem;59299;;;;", "hemm;59299;;;;", "sectorisation.csv:2:1",
       "unité inconnue « hemm »", "hem"},
      {"sectorisation.csv", "hem;59299;;;;", "hem;59298;;;;", "sectorisation.csv:2:5",
       "commune inconnue « 59298 »", "INSEE"},
      {"sectorisation.csv", "pair", "paire", "sectorisation.csv:3:23", "parité inconnue", "pair, impair"},
      {"sectorisation.csv", "2;98", "98;2", "sectorisation.csv:3:28", "intervalle de numéros vide",
       "2 puis 98"},
      {"sectorisation.csv", "2;98", "x;98", "sectorisation.csv:3:28", "numéro de rue mal formé", "1 à 9999"},
      {"sectorisation.csv", "Rue du Pile", "", "sectorisation.csv:3:11", "sans rue", "le nom de la rue"},
      {"sectorisation.csv", "Rue du Pile", "Pile", "sectorisation.csv:3:11", "sans son genre", "Rue"},
      {"sectorisation.csv", "", "hem;59299;rue du PILE;pair;10;20\n", "sectorisation.csv:4:11",
       "jamais atteinte : la ligne 3", "une seule ligne"},
      {"sectorisation.csv", "", "hem;59299;;;;\n", "sectorisation.csv:4:5", "jamais atteinte : la ligne 2",
       "une seule ligne"},
      {"sectorisation.csv", "", "hem;59512;Rue de l'Alma;;;\n", "sectorisation.csv:4:1",
       "n'a pas de ligne sans rue", "hem;59512;;;;"},
  };
  return all;
}

const std::vector<Mistake>& safety_mistakes() {
  static const std::vector<Mistake> all{
      {"securite.toml", "\"priority\"", "\"vite\"", "securite.toml:8:11", "urgence inconnue", "immediate"},
      {"securite.toml", "\"budget\"", "\"budgets\"", "securite.toml:9:9", "motif inconnu « budgets »",
       "budget"},
      {"securite.toml", "motif = \"budget\"", "", "securite.toml:10:9", "« force » sans « motif »", "motif"},
      {"securite.toml", "force = 4", "force = 1", "securite.toml:10:9", "force", "2 à 1000"},
      {"securite.toml", "'frigo ~2 vide'", "'frigo (vide'", "securite.toml:11:10", "parenthèse", "README"},
      {"securite.toml", "'frigo ~2 vide'", "'frigo vide|(x*)'", "securite.toml:11:10", "n'importe quel texte",
       ""},
      {"securite.toml", "'frigo ~2 vide'", "'((a{100}){100}){100}'", "securite.toml:11:10", "trop grande",
       ""},
      {"securite.toml", "'frigo ~2 vide'", "'frigo ~99 vide'", "securite.toml:11:10", "1 à 30 mots", ""},
      {"securite.toml", "'frigo ~2 vide'", "'Frigo'", "securite.toml:11:10", "majuscule", ""},
      {"securite.toml", "'frigo ~2 vide'", "'{adulte} vide'", "securite.toml:11:10", "n'existe pas", ""},
      {"securite.toml", "{age 0-17}", "{age 17-0}", "securite.toml:12:21", "intervalle d'âges", ""},
      {"securite.toml", "\"fils\"", "\"{enfant}\"", "securite.toml:12:9", "se contient elle-même", ""},
      {"securite.toml", "quand = ['frigo ~2 vide']", "quand = []", "securite.toml:5:1", "jamais appelée",
       "quand"},
      {"securite.toml", "exemples = [\"frigo vide, deux filles\"]", "", "securite.toml:5:1", "sans exemple",
       "exemples", true},
      {"securite.toml", "", "malgre = [\"humour\"]\n", "securite.toml:15:11", "contexte inconnu", "negation"},
      {"securite.toml", "", "ages = { de = 9, a = 3 }\n", "securite.toml:15:8", "intervalle d'âges vide",
       "ages"},
      {"securite.toml", "", "[[regle]]\nid = \"faim\"\ntexte = \"x\"\ndanger = true\nquand = ['x']\n",
       "securite.toml:16:6", "« faim » en double", "pas déjà pris"},
      {"securite.toml", "negation = [\"pas\"]", "negation = [\"pas[\"]", "securite.toml:2:13", "crochet", ""},
  };
  return all;
}

}  // namespace

TEST_CASE("a mistake is found at its place") {
  auto all_mistakes = mistakes();
  all_mistakes.insert(all_mistakes.end(), safety_mistakes().begin(), safety_mistakes().end());
  for (const auto& mistake : all_mistakes) {
    CAPTURE(mistake.file, mistake.from, mistake.to, mistake.place, mistake.said);
    const test::Folder folder;
    folder.change(mistake.file, mistake.from, mistake.to);
    const auto loaded = folder.load();
    std::string all;
    for (const auto& f : loaded.findings) all += to_string(f) + "\n";
    CAPTURE(all);
    const auto found = std::find_if(loaded.findings.begin(), loaded.findings.end(), [&](const Finding& f) {
      return place_of(f) == mistake.place && f.message.find(mistake.said) != std::string::npos &&
             f.instead.find(mistake.instead) != std::string::npos;
    });
    CHECK(found != loaded.findings.end());
    CHECK(loaded.site.has_value() == mistake.warning);
  }
}

TEST_CASE("a safety rule's own notes are read, each that fails is told at its place") {
  const test::Folder folder;
  auto loaded = folder.load();
  REQUIRE(loaded.site);
  CHECK(check_examples(*loaded.site).empty());
  folder.change("securite.toml", "\"frigo vide, deux filles\"", "\"frigo plein, deux filles\"");
  loaded = folder.load();
  REQUIRE(loaded.site);  // what is wrong is the proof, not the rule
  auto findings = check_examples(*loaded.site);
  REQUIRE(findings.size() == 1);
  CHECK(to_string(findings[0]) ==
        "securite.toml:13:13: erreur: règle « faim » : cet exemple ne l'appelle pas");
  folder.change("securite.toml", "[\"frigo vide\"]", "[\"fils, frigo tout vide\"]");
  loaded = folder.load();
  findings = check_examples(*loaded.site);
  REQUIRE(findings.size() == 1);
  CHECK(to_string(findings[0]) ==
        "securite.toml:14:20: erreur: règle « faim » : ce contre-exemple l'appelle par « frigo tout vide »");
}

TEST_CASE("all mistakes are told, not the first only") {
  const test::Folder folder;
  folder.change("site.toml", "Europe/Paris", "Mars/Olympus");
  folder.change("motifs.csv", "5j", "x");
  folder.change("sectorisation.csv", "pair", "carre");
  folder.change("securite.toml", "\"priority\"", "\"vite\"");
  const auto loaded = folder.load();
  CHECK_FALSE(loaded.site);
  CHECK(std::count_if(loaded.findings.begin(), loaded.findings.end(),
                      [](const auto& f) { return f.severity == Severity::error; }) >= 4);
}

TEST_CASE("uncovered communes are told unless they are declared outside") {
  const test::Folder folder;
  CHECK(folder.load().findings.empty());
  folder.change("site.toml", "\"arbitrage\"", "\"signaler\"");
  const auto loaded = folder.load();
  REQUIRE(loaded.findings.size() == 1);
  CHECK(to_string(loaded.findings[0]) ==
        "sectorisation.csv: avertissement: la commune 59512 (Roubaix) n'a pas d'unité ; écrire plutôt : une "
        "ligne UNITE;59512;;;;, ou sans_secteur = "
        "\"arbitrage\" dans site.toml");
  CHECK(loaded.site);
}

TEST_CASE("missing, empty and broken files are errors, never a crash") {
  for (const auto& [name, text] : test::small_files()) {
    CAPTURE(name);
    const test::Folder folder;
    std::filesystem::remove(folder.path() / name);
    CHECK_FALSE(folder.load().site);
    for (const std::string& bad :
         {std::string(), std::string("\xFF\xFE"), std::string("<html>"), std::string(200'000, ';'),
          std::string(50'000, '\n'), std::string("a = [[[[[[[[[[["), std::string("\"\"\"")}) {
      folder.write(name, bad);
      CHECK_FALSE((folder.load().site.has_value() && name != "ailleurs.csv" && name != "noms.csv"));
    }
    folder.write(name, text.substr(0, text.size() / 2));
    CHECK_NOTHROW(folder.load());
  }
  const auto nowhere = load_site("/nonexistent/bannette");
  CHECK_FALSE(nowhere.site);
  CHECK(nowhere.findings.size() >= 5);
}
