// What a note may keep: never who it is about.
#include "router/core/scrub.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette::router;

namespace {

std::string scrubbed(std::string_view text, const std::vector<std::string>& hidden = {}) {
  static const Scrubber scrubber(test::small_site());
  return scrubber.scrub(text, hidden);
}

struct Case {
  const char* note;
  const char* left;
};

}  // namespace

TEST_CASE("names go: behind titles, given names, capitals, unknown words") {
  const Case cases[] = {
      {"Mme Vandeputte Ginette demande une aide", "Mme [nom] demande une aide"},
      {"M. Delbecque veut son rsa", "M. [nom] veut son rsa"},
      {"le petit Kévin, 5 ans, a faim", "le petit [nom], 5 ans, a faim"},
      {"le petit kevin 5 ans", "le petit [nom] 5 ans"},
      {"mr de smet appelle pour sa mere", "mr [nom] appelle pour sa mere"},
      {"M. et Mme Van Den Berghe ont faim", "M. et Mme [nom] ont faim"},
      {"madame Petit n'a plus rien", "madame [nom] n'a plus rien"},
      {"mme boulanger est seule", "mme [nom] est seule"},
      {"Mme D. demande une place", "Mme [nom]. demande une place"},
      {"mme demande une aide pour sa facture", "mme demande une aide pour sa facture"},
      {"mme 70a vit seule", "mme 70a vit seule"},
      {"sa fille Rose a peur", "sa fille [nom] a peur"},
      {"sa fille rose a peur", "sa fille [nom] a peur"},
      {"delbecque appelle pour son fils", "[nom] appelle pour son fils"},
      {"jean-pierre ne mange plus", "[nom] ne mange plus"},
      {"vandeputte ginette a appelé", "[nom] a appelé"},
      {"Il s'appelle Yacine Benali et il a froid", "Il s'appelle [nom] et il a froid"},
      {"MME DELBECQUE A FAIM ET DORT DEHORS", "MME [nom] A FAIM ET DORT DEHORS"},
      {"la famille Lambrecht est à la rue", "la famille [nom] est à la rue"},
      {"Dr Wattrelot signale une chute", "Dr [nom] signale une chute"},
      {"née Dumoulin", "née [nom]"},
      {"Mme Ben Ali et Mme El Amrani", "Mme [nom] et Mme [nom]"},
      {"Mme Le Gall, Mme d'Hondt", "Mme [nom], Mme [nom]"},
      {"Tonton Ngo", "Tonton [nom]"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.note);
    CHECK(scrubbed(each.note) == each.left);
  }
}

TEST_CASE("numbers and dates go; ages, amounts, hours and short numbers stay") {
  const Case cases[] = {
      {"tél 06 12 34 56 78", "tél [numéro]"},
      {"rappeler au 0612345678 ce soir", "rappeler au [numéro] ce soir"},
      {"06.12.34.56.78 ou 03-20-11-22-33", "[numéro] ou [numéro]"},
      {"+33 6 12 34 56 78", "[numéro]"},
      {"0033612345678", "[numéro]"},
      {"(+33) 6.12.34.56.78", "([numéro]"},
      {"06\xC2\xA0"
       "12\xC2\xA0"
       "34\xC2\xA0"
       "56\xC2\xA0"
       "78",
       "[numéro]"},
      {"zéro six douze trente-quatre cinquante-six", "[numéro]"},
      {"sécu 2 85 05 59 512 123 45", "sécu [numéro]"},
      {"285055951212345", "[numéro]"},
      {"n° alloc 1234567", "n° alloc [numéro]"},
      {"dossier 4512", "dossier [numéro]"},
      {"n° 458", "n° [numéro]"},
      {"né le 12/03/1985", "né le [date]"},
      {"née le 4 mai 1952", "née le [date]"},
      {"née en 1985", "née en [date]"},
      {"ddn 12.03.85", "ddn [date]"},
      {"5 ans et 8 ans, un bébé de 3 mois", "5 ans et 8 ans, un bébé de 3 mois"},
      {"doit 1 250 euros depuis 2024", "doit 1 250 euros depuis 2024"},
      {"il ne veut pas, 2 enfants 6 8 11 ans, 27000 euros",
       "il ne veut pas, 2 enfants 6 8 11 ans, 27000 euros"},
      {"ne le 12 mars", "ne le [date]"},
      {"rdv le 12/03 à 14h30", "rdv le 12/03 à 14h30"},
      {"expulsion le 12 mars", "expulsion le 12 mars"},
      {"appeler le 115 ou le 119", "appeler le 115 ou le 119"},
      {"habite 59100, 3 enfants", "habite 59100, 3 enfants"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.note);
    CHECK(scrubbed(each.note) == each.left);
  }
}

TEST_CASE("addresses and e-mails go; communes and the street as a place to sleep stay") {
  const Case cases[] = {
      {"12 rue de Lannoy", "[adresse]"},
      {"habite 12 bis rue de Lannoy à Roubaix", "habite [adresse] à Roubaix"},
      {"41 bd de reims elle a peur", "[adresse] elle a peur"},
      {"rue de l'Épeule 7", "[adresse]"},
      {"3 place de la Liberté appt 12", "[adresse] appt [adresse]"},
      {"il dort à la rue depuis hier", "il dort à la rue depuis hier"},
      {"pas de place en crèche", "pas de place en crèche"},
      {"résidence Les Tilleuls", "[adresse]"},
      {"kevin.dupont@gmail.com a écrit", "[courriel] a écrit"},
      {"kevin arobase gmail point com", "[courriel]"},
      {"voir www.exemple.fr/kevin", "voir [courriel]"},
      {"habite Villeneuve-d'Ascq, avant Hem", "habite Villeneuve-d'Ascq, avant Hem"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.note);
    CHECK(scrubbed(each.note) == each.left);
  }
}

TEST_CASE("what a person hides goes, and any text is bounded and survives") {
  CHECK(scrubbed("une voisine rousse", {"rousse"}) == "une voisine [nom]");
  CHECK(scrubbed("").empty());
  CHECK(scrubbed(std::string(200'000, 'x')).size() < 30'000);
  CHECK_NOTHROW(scrubbed("\xff\xfe @ 06 @@ www. (+ n° rue"));
  CHECK_NOTHROW(scrubbed("rue"));
  CHECK_NOTHROW(scrubbed("Mme"));
  CHECK_NOTHROW(scrubbed("12 rue"));
}
