// Places as people type and tell them, each form of it, on the sample site.
#include <algorithm>

#include <catch2/catch.hpp>

#include "router/core/decision.hpp"
#include "router/core/text.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

Decision decided(std::string_view commune, std::string_view note = {}, std::string_view address = {}) {
  return decide(test::sample_site(), {std::string(note), std::string(commune), std::string(address)});
}

std::string reason_code(const Decision& decision) {
  for (const auto& reason : decision.because)
    if (reason.code.starts_with("territory:")) return reason.code.substr(10);
  return {};
}

bool shows(const Decision& decision, std::string_view insee) {
  return std::any_of(decision.candidates.begin(), decision.candidates.end(),
                     [&](const Candidate& c) { return c.insee == insee; });
}

}  // namespace

TEST_CASE("a commune in its field, in every form") {
  struct Row {
    std::string_view typed, insee;
  };
  for (const auto& [typed, insee] :
       {// case, accents, hyphens, spaces
        Row{"MARCQ EN BAROEUL", "59378"}, Row{"marcq-en-barœul", "59378"}, Row{"  Hem ", "59299"},
        Row{"Villeneuve d'Ascq", "59009"}, Row{"villeneuvedascq", "59009"}, Row{"Lys-Lez-Lannoy", "59367"},
        // "St", "Ste", short names, initials
        Row{"St André", "59527"}, Row{"ST-AMAND", "59526"}, Row{"Ste Marie Cappel", "59536"},
        Row{"rbx", "59512"}, Row{"tg", "59599"}, Row{"VdA", "59009"}, Row{"Lys", "59367"},
        Row{"Marcq", "59378"}, Row{"N. en Ferrain", "59426"}, Row{"M en B", "59378"}, Row{"was", "59646"},
        Row{"Forest s/ Marque", "59247"}, Row{"lys lez l.", "59367"},
        // slips of fingers and of ears
        Row{"roubais", "59512"}, Row{"tourcoin", "59599"}, Row{"Wasqhal", "59646"}, Row{"Lncelles", "59352"},
        Row{"halin", "59279"}, Row{"tout flers", "59598"}, Row{"ouatrelos", "59650"}, Row{"émme", "59299"},
        Row{"rons", "59508"}, Row{"Hm", "59299"}, Row{"rob", "59512"}, Row{"nevile en ferin", "59426"},
        Row{"bondu", "59090"}, Row{"chr lille", "59350"},
        // codes
        Row{"59512", "59512"}, Row{"59100", "59512"}, Row{"59390 toufflers", "59598"},
        Row{"Hem 59510", "59299"}, Row{"59200 tourcoing cedex", "59599"},
        // former and associated communes
        Row{"Lomme", "59350"}, Row{"hellemmes", "59350"}, Row{"Annappes", "59009"},
        Row{"Saint-Pol-sur-Mer", "59183"}, Row{"Malo les Bains", "59183"},
        // elsewhere, and nothing
        Row{"Comines (Belgique)", ""}, Row{"Comines en Belgique", ""}, Row{"Lens (62)", ""},
        Row{"75011 Paris", ""}, Row{"Boulogne-sur-Mer", ""}, Row{"???", ""}, Row{"SDF", ""},
        Row{"ne sait pas", ""}}) {
    CAPTURE(typed);
    CHECK(decided(typed).insee == insee);
  }
}

TEST_CASE("one slip in the name of a commune that the site serves") {
  const auto& site = test::sample_site();
  std::size_t slips = 0, missed = 0;
  for (const auto& commune : site.communes) {
    const bool served = std::any_of(site.sectors.begin(), site.sectors.end(),
                                    [&](const Sector& s) { return s.insee == commune.insee; });
    const auto name = fold(commune.name);
    if (!served || name.size() < 5) continue;
    for (std::size_t at = 1; at < name.size(); ++at) {
      auto left_out = name, twice = name, swapped = name;
      left_out.erase(at, 1);
      twice.insert(at, 1, name[at]);
      std::swap(swapped[at - 1], swapped[at]);
      for (const auto& typed : {left_out, twice, swapped}) {
        const auto decision = decided(typed);
        ++slips;
        const bool right =
            decision.insee == commune.insee || (decision.uncertain && shows(decision, commune.insee));
        if (!right) UNSCOPED_INFO(typed << " -> " << decision.insee << " for " << commune.name);
        missed += right ? 0 : 1;
      }
    }
  }
  CHECK(slips > 500);
  CHECK(missed == 0);
}

TEST_CASE("several communes bear the code or the name: they are proposed") {
  const auto postal = decided("59390");
  CHECK(postal.insee.empty());
  CHECK(postal.unit == "utpas-hem-lannoy");  // all of them
  CHECK((shows(postal, "59332") && shows(postal, "59367") && shows(postal, "59598")));
  const auto quesnoy = decided("Quesnoy");
  CHECK((quesnoy.uncertain && shows(quesnoy, "59481") && shows(quesnoy, "59482")));
  const auto forest = decided("Forest");  // one of them is served: proposed first, and to be looked at
  CHECK((forest.insee == "59247" && forest.uncertain && shows(forest, "59246")));
  CHECK(decided("Marquette", "habite Marquette, celle de l'Ostrevant, pas celle de Lille").insee == "59387");
  CHECK(decided("59390", "", "rue X, Toufflers").insee == "59598");
  CHECK(decided("59510", "elle vit à Hem").insee == "59299");
}

TEST_CASE("the commune of the person, told in the note") {
  struct Row {
    std::string_view commune, note, insee;
  };
  for (const auto& [commune, note, insee] :
       {// nothing in the field
        Row{"", "habite Willems, seule", "59660"}, Row{"", "maman de Wervicq, fils de 12 ans", "59656"},
        Row{"", "dort parking lidl a wattrelos", "59650"}, Row{"", "mme habite bondues", "59090"},
        Row{"", "elle vit a roubai depuis deux ans", "59512"},
        // the person's commune rather than the caller's
        Row{"Arras", "appelle pour sa mère qui vit à Hem", "59299"},
        Row{"Lille", "AS de Lille, pour une candidate de Mouvaux", "59421"},
        Row{"Tourcoing", "secrétaire de Tourcoing, pour un patient de Wattrelos", "59650"},
        Row{"Lille", "la dame appelle de Lille mais c'est pour sa mère qui vit à tout flers", "59598"},
        Row{"Paris", "fille de 50 ans, vit à Paris. Sa mère à Leers", "59339"},
        Row{"Arras", "mere a arras, son fils placé ds une fam d'accueil a comines", "59152"},
        Row{"Roubaix", "il habite pas Roubaix, il habite le Hem", "59299"},
        Row{"Hem", "ma sœur elle est à Calais, moi chuis ici à Hem", ""},
        Row{"Croix", "l'enft est parti vivre à Cambrai chez son papa", "59122"},
        Row{"Lambersart", "mr est accueilli par un cousin à Marquette", "59386"},
        // others' places
        Row{"Tourcoing", "Dame de 66 ans. Le fils habite Lyon", "59599"},
        Row{"Leers", "elle-même habite Bordeaux", "59339"},
        Row{"59510", "séparée, il est parti vivre à Marseille", ""},
        Row{"Wasqhal", "a trouvé un emploi à Lille", "59646"},
        Row{"Hem", "née à Roubaix, travaille à Lille", "59299"},
        Row{"Amiens", "elle voudrait se rapprocher de sa fille qui habite croix", ""},
        Row{"Arras",
            "L'appelante, qui réside à Wasquehal, appelle pour son père. Celui-ci vit en foyer à Arras", ""},
        Row{"Wattrelos", "accepterait que sa fille, à Douai, lui trouve une maison", "59650"},
        Row{"La Chapelle d'Armentières", "21 ans, ancien du foyer de Marcq", "59143"},
        // names that are no places
        Row{"Croix", "Monsieur Tourcoing habite rue de Roubaix", "59163"},
        Row{"Hem", "Mme Sophie Lannoy", "59299"}, Row{"", "Monsieur Lannoy, de Comines", "59152"},
        // abroad
        Row{"", "elle habite Comines en Belgique", ""},
        Row{"Comines Belgique", "sa soeur est a comines en belgik", ""},
        Row{"Mouscron", "sa maman vit à Neuville en Ferrain", "59426"}}) {
    CAPTURE(commune, note);
    CHECK(decided(commune, note).insee == insee);
  }
}

TEST_CASE("field and address name two communes: the address, to be looked at") {
  const auto decision = decided("Lille", "", "chez sa fille à Tourcoing rue de Tournai");
  CHECK(decision.insee == "59599");
  CHECK(decision.unit == "utpas-tourcoing-est");
  CHECK(decision.uncertain);
  CHECK(shows(decision, "59350"));
  CHECK(decided("Roubaix", "", "12 rue de Tourcoing").insee == "59512");
  CHECK(decided("Croix", "", "quai de Wattrelos").insee == "59163");
  CHECK(decided("Comines", "", "chemin de la Lys").insee == "59152");
  CHECK(decided("Comines", "", "résidence de la Lys").insee == "59152");
  CHECK(reason_code(decided("Roubaix", "", "12 rue de Tourcoing")) == "commune");
}
