// `bannette import-addresses` on synthetic files in the layout of the Base Adresse Nationale, good and
// hostile; and what the router then completes while one types.
#include <chrono>
#include <fstream>
#include <sstream>

#include <zlib.h>

#include <catch2/catch.hpp>

#include "agent-console/cli/import_addresses.hpp"
#include "router/config/address_lines.hpp"
#include "router/config/street_file.hpp"
#include "router/core/engine.hpp"
#include "tests/unit/router_config/folder.hpp"
#include "tests/unit/router_config/many_streets.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

const std::string header =
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;"
    "nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_"
    "position;"
    "source_nom_voie;certification_commune;cad_parcelles\n";

std::string line(const std::string& insee, const std::string& street, int number) {
  return insee + "_0001_" + std::to_string(number) + ";" + insee + "_0001;" + std::to_string(number) + ";;" +
         street + ";59510;" + insee +
         ";Hem;;;711000.1;7059000.2;3.18;50.65;entrée;;;HEM;RUE;commune;commune;1;\n";
}

struct Run {
  int code = 0;
  std::string out, err, file;  // file: voies.csv afterwards
};

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Run import(const router::test::Folder& folder, const std::string& text,
           const std::string& name = "adresses.csv") {
  const auto from = folder.path() / name;
  std::ofstream(from, std::ios::binary) << text;
  std::ostringstream out, err;
  Run run;
  run.code = console::run_import_addresses({folder.path(), from}, out, err);
  run.out = out.str();
  run.err = err.str();
  run.file = read(folder.path() / "voies.csv");
  return run;
}

std::string packed(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("bannette-gz-" + std::to_string(getpid()));
  const auto file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  auto bytes = read(path);
  std::filesystem::remove(path);
  return bytes;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an address file becomes the streets of the site's communes, each once and spelt best") {
  const router::test::Folder folder;
  const std::string text = header + line("59299", "RUE DE L EGLISE", 1) +
                           line("59299", "Rue de l'Église", 2) + line("59299", "Rue de l'Eglise", 3) +
                           line("75056", "Rue de Rivoli", 4) + line("59512", "\"Rue \"\"du Pile\"\"\"", 5) +
                           line("59512", "Rue du Pile", 6) + "\r\n";
  const auto run = import(folder, text);
  CHECK(run.code == 0);
  CHECK(run.file == "insee;voie\n59299;Rue de l'Église\n59512;Rue du Pile\n");
  CHECK(has(run.out, "7 lignes lues, 1 d'autres communes, 1 illisibles ; 2 voies"));
  CHECK(has(run.err, "ligne 6 : nom de voie"));
  REQUIRE(folder.load().site);
  CHECK(folder.load().site->streets->size() == 2);
  // Again, in another order, or packed: the same bytes.
  const auto again =
      import(folder, header + line("59512", "Rue du Pile", 6) + line("59299", "Rue de l'Église", 2) +
                         line("59299", "RUE DE L EGLISE", 1));
  CHECK((again.code == 0 && again.file == run.file && has(again.out, "inchangé")));
  const auto gz = import(folder, packed(text), "adresses.csv.gz");
  CHECK((gz.code == 0 && gz.file == run.file));
  // Columns are found by their names, and a byte order mark is none of them.
  CHECK(import(folder, "\xEF\xBB\xBFnom_voie;code_insee\nRue du Pile;59512\n").file ==
        "insee;voie\n59512;Rue du Pile\n");
}

TEST_CASE("what cannot be read is told with its line, and nothing changes where the file is not usable") {
  const router::test::Folder folder;
  const auto good = import(folder, header + line("59299", "Rue de l'Église", 2));
  REQUIRE(good.code == 0);
  const auto refused = [&](const std::string& text, std::string_view why, const std::string& name = "b.csv") {
    CAPTURE(why);
    const auto run = import(folder, text, name);
    CHECK(run.code == 1);
    CHECK(has(run.err, why));
    CHECK(has(run.err, "rien n'a changé"));
    CHECK(run.file == good.file);
  };
  refused("", "aucune voie des communes du site");
  refused("<html><body>404</body></html>\n", "ne nomme pas les colonnes");
  refused("\x1f\x8b\x08garbage", "");
  refused(std::string(100'000, ';') + "\n", "ne nomme pas les colonnes");
  refused(std::string(3'000'000, 'x'), "ne nomme pas les colonnes");
  refused(header + line("75056", "Rue de Rivoli", 1), "aucune voie des communes du site");
  auto cut = packed(header + std::string(200'000, ' ') + line("59299", "Rue X", 1));
  refused(cut.substr(0, cut.size() / 2), "incomplet", "cut.csv.gz");
  std::string many = header;
  for (int i = 0; i < 1'001; ++i) many += "x\n";
  refused(many, "ligne 1002 : plus de 1000 lignes illisibles");
  // Up to that they are left out.
  const auto some =
      import(folder, header + "x\n" + line("59299", "Rue X\x01", 1) + line("59299", "\xE9t\xE9", 1) +
                         line("5929", "Rue X", 1) + line("59299", "", 1) + line("59299", "\"Rue", 1) +
                         line("59299", std::string(200, 'x'), 1) + line("59299", std::string(9'000, 'x'), 1) +
                         line("59299", "'; DROP TABLE voies; --", 1) + line("59299", "<script>", 1) +
                         line("59299", "Ã‰glise 😀", 1) + line("59299", "Rue Y", 1));
  CHECK(some.code == 0);
  CHECK(has(some.out, "12 lignes lues, 0 d'autres communes, 9 illisibles"));
  for (const auto* told :
       {"ligne 2 : 1 cellules au lieu de 23", "ligne 3 : nom de voie", "ligne 4 : n'est pas de l'UTF-8",
        "ligne 5 : code INSEE « 5929 »", "ligne 6 : nom de voie", "ligne 7 : guillemets",
        "ligne 8 : nom de voie", "ligne 9 : plus de 8192 octets", "ligne 10 : 25 cellules"})
    CHECK(has(some.err, told));
  CHECK(has(some.file, "59299;Rue Y\n"));
  REQUIRE(folder.load().site);
  // Wrong use.
  std::ostringstream out, err;
  CHECK(console::run_import_addresses({folder.path() / "rien", folder.path() / "b.csv"}, out, err) == 2);
  CHECK(console::run_import_addresses({folder.path(), folder.path() / "rien.csv"}, out, err) == 2);
  CHECK(console::run_import_addresses({folder.path(), folder.path()}, out, err) == 2);
  folder.write("communes.csv", "");
  CHECK(console::run_import_addresses({folder.path(), folder.path() / "b.csv"}, out, err) == 1);
}

TEST_CASE("a broken address file never ends the import badly, whatever is in its place") {
  std::uint32_t seed = 20'261'126;
  const auto next = [&] { return seed = seed * 1'664'525U + 1'013'904'223U; };
  const std::string sample =
      header + line("59299", "Rue de l'Église", 2) + line("59512", "Boulevard de Reims", 15);
  for (int round = 0; round < 400; ++round) {
    auto text = sample;
    for (int slips = 0; slips < 8; ++slips) text[next() % text.size()] = static_cast<char>(next() >> 24);
    AddressLines lines({"59299", "59512"});
    std::istringstream in(text);
    std::string each;
    while (std::getline(in, each) && lines.take(each, false)) {
    }
    for (const auto& street : lines.streets()) CHECK(good_street_name(street.name));
    CHECK(lines.bad().size() <= 20);
  }
}

TEST_CASE("communes are completed while one types") {
  const auto& territory = test::sample_site().engine->territory;
  const auto first = [&](std::string_view typed) {
    const auto found = territory.communes_like(typed, {}, 10);
    return found.empty() ? std::string() : found[0].insee;
  };
  struct Row {
    std::string_view typed, insee;
  };
  for (const auto& [typed, insee] : {Row{"rou", "59512"},
                                     Row{"ROUB", "59512"},
                                     Row{"tourc", "59599"},
                                     Row{"villeneuve d", "59009"},
                                     Row{"ascq ville", "59009"},
                                     Row{"st and", "59527"},
                                     Row{"marcq", "59378"},
                                     Row{"lys", "59367"},
                                     Row{"rbx", "59512"},
                                     Row{"lomm", "59350"},
                                     Row{"59512", "59512"},
                                     Row{"59100", "59512"},
                                     Row{"5910", "59512"},
                                     Row{"59390 tou", "59598"},
                                     Row{"wasqehal", "59646"},
                                     Row{"roubbaix", "59512"},
                                     Row{"hem", "59299"},
                                     Row{"zzzz", ""},
                                     Row{"", ""},
                                     Row{"😀", ""},
                                     Row{"<>", ""},
                                     Row{"' OR 1=1 --", ""}}) {
    CAPTURE(typed);
    CHECK(first(typed) == insee);
  }
  std::size_t with_code = 0;
  for (const auto& each : territory.communes_like("59390", {}, 10))
    with_code += std::count(each.postal_codes.begin(), each.postal_codes.end(), "59390") > 0 ? 1 : 0;
  CHECK(with_code >= 3);
  CHECK(territory.communes_like("s", {}, 500).size() == 50);
  CHECK(territory.communes_like(std::string(10'000, 'a'), {}, 10).empty());
  const auto roubaix = territory.communes_like("roubaix", {}, 1).at(0);
  CHECK((roubaix.commune_name == "Roubaix" && roubaix.unit == "utpas-roubaix-ouest" &&
         roubaix.postal_codes == std::vector<std::string>{"59100"}));
}

TEST_CASE("streets are completed while one types, among many") {
  auto site = test::sample_site();
  site.streets = std::make_shared<const StreetIndex>(test::many_streets(site, 20'000));
  prepare(site);
  REQUIRE(site.streets->size() == 20'000);
  const auto& territory = site.engine->territory;
  const auto all = [&](std::string_view insee, std::string_view typed) {
    std::string names;
    for (const auto& each : territory.streets_like(insee, typed, {}, 20)) names += each.street + "|";
    return names;
  };
  // Whole words, beginnings, another order, abbreviations, accents, a slip.
  for (const auto* typed :
       {"rue jules guesde", "guesde jules", "r jules guesde", "12 rue jules guesde", "JULES GUESDÉ"}) {
    CAPTURE(typed);
    CHECK(all("59512", typed).starts_with("Rue Jules Guesde|"));
  }
  for (const auto* typed : {"jules gues", "gues jul", "jules guezde"}) {
    CAPTURE(typed);
    CHECK(all("59512", typed).find("Rue Jules Guesde|") != std::string::npos);
  }
  CHECK(all("59512", "gal lec").starts_with("Avenue du Général Leclerc|"));
  CHECK(all("59512", "zzzz").empty());
  CHECK(all("59512", "").empty());
  CHECK(all("99999", "rue").empty());
  CHECK(all("", "jules guesde").starts_with("Rue Jules Guesde|"));
  CHECK(territory.streets_like("", "rue", {}, 1'000).size() == 50);
  const auto sure = territory.streets_like("59512", "rue jules guesde", {}, 1).at(0);
  CHECK((sure.unit == "utpas-roubaix-est" && sure.commune_name == "Roubaix"));
  // Split by number: the unit is not told.
  CHECK(territory.streets_like("59512", "rue de lannoy", {}, 1).at(0).unit.empty());
}
