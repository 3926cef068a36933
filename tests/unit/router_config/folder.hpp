// A configuration's folder that a test can break: a small site, written anew for each test.
#pragma once
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <unistd.h>

#include "router/config/load.hpp"
#include "tests/unit/router_core/small_model.hpp"

namespace bannette::router::test {

inline const std::map<std::string, std::string>& small_files() {
  static const std::map<std::string, std::string> files{
      {"site.toml",
       "code = \"essai\"\nnom = \"Essai\"\nfuseau = \"Europe/Paris\"\nbail_s = "
       "60\njours_feries = "
       "true\nfermetures = [\"2026-12-24\"]\nmodele = \"modele.bin\"\n"
       "[horaires]\nlundi = [\"08:30-12:30\", \"13:30-17:30\"]\n[territoire]\ncommunes = "
       "\"communes.csv\"\nautres_noms = \"noms.csv\"\nailleurs = \"ailleurs.csv\"\n"
       "sans_secteur = \"arbitrage\"\n"},
      {"units.toml",
       "[[service_unite]]\ncode = \"social\"\nnom = \"Social\"\n[[unite]]\ncode = \"hem\"\nnom = "
       "\"Hem\"\nservices = [\"social\"]\n"
       "[[service]]\ncode = \"mdph\"\nnom = \"MDPH\"\n"
       "[[service]]\ncode = \"crip\"\nnom = \"CRIP\"\n"},
      {"motifs.csv",
       "code;famille;libelle;definition;urgence_par_defaut;delai_prise_en_charge;confidentialite;"
       "destination\n"
       "budget;social;Budget;;normal;5j;normale;unite:social\nhandicap;autonomie;Handicap;;priority;48h;"
       "restreinte;service:mdph (copie crip)\n"
       "hors-champ;hors-champ;Hors du champ;;normal;;normale;aucune\n"},
      {"communes.csv",
       "insee;nom;codes_postaux;population;arrondissement\n59299;Hem;59510;18713;595\n59512;Roubaix;59100;"
       "98828;595\n"},
      {"noms.csv", "nom;insee;genre\nrbx;59512;abrege\n"},
      {"ailleurs.csv", "nom;lieu\nLens;Pas-de-Calais\n"},
      {"sectorisation.csv", "unite;insee;voie;parite;de;a\nhem;59299;;;;\nhem;59299;Rue du Pile;pair;2;98\n"},
      {"modele.bin",
       to_bytes(small_table(
           {"budget", "handicap", "hors-champ"},
           {{"facture", {"budget"}}, {"mdph", {"handicap"}}, {"impots", {"hors-champ"}}, {"une", {}}}))},
      {"securite.toml",
       "[contexte]\nnegation = [\"pas\"]\n[classes]\nenfant = [\"fils\", \"filles?\"]\n"
       "[[regle]]\nid = \"faim\"\ntexte = \"Faim\"\nurgence = \"priority\"\nmotif = \"budget\"\nforce = 4\n"
       "quand = ['frigo ~2 vide']\navec = ['{enfant}', '{age 0-17}']\n"
       "exemples = [\"frigo vide, deux filles\"]\ncontre_exemples = [\"frigo vide\"]\n"}};
  return files;
}

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("bannette-config-" + std::to_string(getpid()) + "-" + std::to_string(++made()))) {
    std::filesystem::create_directories(path_);
    for (const auto& [name, text] : small_files()) write(name, text);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  // Replaces the first `from` of a file; adds at the end where `from` is empty.
  void change(const std::string& name, const std::string& from, const std::string& to) const {
    auto text = small_files().at(name);
    if (from.empty())
      text += to;
    else
      text.replace(text.find(from), from.size(), to);
    write(name, text);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Loaded load() const { return load_site(path_); }

 private:
  static int& made() {
    static int count = 0;
    return count;
  }
  std::filesystem::path path_;
};

}  // namespace bannette::router::test
