#include "router/core/streets.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette::router;
using namespace date::literals;

namespace {

constexpr date::local_days today{2026_y / 11 / 26};

// What an address file of the small site would hold.
std::shared_ptr<const StreetIndex> address_file() {
  return std::make_shared<const StreetIndex>(std::vector<KnownStreet>{{"59512", "Rue du Pile"},
                                                                      {"59512", "Boulevard de Reims"},
                                                                      {"59512", "Rue de Lannoy"},
                                                                      {"59512", "Rue du Pilier"},
                                                                      {"59512", "Place du Général de Gaulle"},
                                                                      {"59512", "Rue du 8 Mai 1945"},
                                                                      {"59512", "Rue du 1 Novembre"},
                                                                      {"59512", "Rue du 11 Novembre"},
                                                                      {"59512", "Rue Saint-Jean"},
                                                                      {"59512", "Résidence les Acacias"},
                                                                      {"59299", "Rue Jules Guesde"},
                                                                      {"59299", "Rue du Docteur Roux"},
                                                                      {"59598", "Rue des Martyrs"},
                                                                      {"59332", "Rue de l'Église"},
                                                                      {"59367", "Rue de l'Église"}});
}

std::string found(const Streets& streets, std::string_view insee, std::string_view address) {
  const auto side = streets.unit_of(insee, words_of(address), today);
  if (!side.address) return side.unknown.empty() ? "" : "?" + side.unknown;
  return side.address->street + (side.address->number ? " " + std::to_string(*side.address->number) : "");
}

}  // namespace

TEST_CASE("street, side and number make the unit") {
  const Streets streets(test::small_site().sectors);
  struct Row {
    std::string_view address, unit;
    bool uncertain;
  };
  for (const auto& [address, unit, uncertain] : {Row{"", "roubaix-ouest", false},
                                                 Row{"rue de l'Alma", "roubaix-ouest", false},
                                                 Row{"12 rue du Pile", "roubaix-est", false},
                                                 Row{"rue du pile", "roubaix-est", false},
                                                 Row{"r du pile", "roubaix-est", false},
                                                 Row{"14 RUE DU PILE", "roubaix-est", false},
                                                 Row{"rue pile", "roubaix-est", false},
                                                 Row{"pile rue du 12", "roubaix-est", false},
                                                 Row{"12 pile", "roubaix-est", false},
                                                 Row{"pile 12", "roubaix-est", false},
                                                 Row{"pile", "roubaix-ouest", false},
                                                 Row{"15 bd de Reims", "roubaix-est", false},
                                                 Row{"12 boulevard de reims", "roubaix-ouest", false},
                                                 Row{"15 bld Reims appt 4", "roubaix-est", false},
                                                 Row{"15 boulvard de rems", "roubaix-est", false},
                                                 Row{"reims bd de 15", "roubaix-est", false},
                                                 Row{"15-17 bd de Reims", "roubaix-est", false},
                                                 Row{"16-17 bd de Reims", "roubaix-ouest", false},
                                                 Row{"15bis bd de Reims", "roubaix-est", false},
                                                 Row{"n°15 bd de Reims", "roubaix-est", false},
                                                 Row{"boulevard de Reims", "roubaix-ouest", true},
                                                 Row{"bd de Reims, 3 enfants", "roubaix-ouest", true},
                                                 Row{"199 rue de Lannoy", "roubaix-ouest", false},
                                                 Row{"200 rue de lannoy", "roubaix-est", false},
                                                 Row{"rue de Lannoy 214", "roubaix-est", false},
                                                 Row{"rue de lannoy n° 5", "roubaix-ouest", false},
                                                 Row{"rue de lannoy au 205", "roubaix-est", false},
                                                 Row{"120 bis, rue de Tourcoing", "roubaix-est", false},
                                                 Row{"121 rue de Tourcoing", "roubaix-ouest", false},
                                                 Row{"118 rue de tourcoing", "roubaix-ouest", false},
                                                 Row{"8 rue Pierre de Roubaix", "roubaix-est", false},
                                                 Row{"8 r P. de Roubaix", "roubaix-est", false},
                                                 Row{"8 rue de Roubaix Pierre", "roubaix-est", false},
                                                 Row{"rue de Roubaix", "roubaix-ouest", false},
                                                 Row{"place du Pile", "roubaix-ouest", false},
                                                 Row{"rue du Pont de Lannoy", "roubaix-ouest", false},
                                                 Row{"0 rue de Lannoy", "roubaix-ouest", true},
                                                 Row{"99999999 rue de Lannoy", "roubaix-ouest", true}}) {
    CAPTURE(address);
    const auto side = streets.unit_of("59512", words_of(address), today);
    CHECK(side.unit == unit);
    CHECK(side.uncertain() == uncertain);
    if (uncertain) CHECK(side.others.at(0).unit == "roubaix-est");
  }
  CHECK(streets.unit_of("59299", words_of("rue du Pile"), today).unit == "hem");
  CHECK(streets.unit_of("59350", words_of("rue du Pile"), today).unit.empty());
  CHECK(streets.unit_of("59512", words_of("boulevard de Reims"), today).others ==
        std::vector<Side::Other>{{"roubaix-est", "côté impair"}});
}

TEST_CASE("the rest of a split street may have a row of its own") {
  using Parity = Sector::Parity;
  const Streets streets({{"a", "59512", "", Parity::both, {}, {}, {}, {}},
                         {"b", "59512", "Rue X", Parity::even, {}, 50, {}, {}},
                         {"c", "59512", "Rue X", Parity::both, {}, {}, {}, {}}});
  CHECK(streets.unit_of("59512", words_of("12 rue x"), today).unit == "b");
  CHECK(streets.unit_of("59512", words_of("52 rue x"), today).unit == "c");
  const auto side = streets.unit_of("59512", words_of("rue x"), today);
  CHECK((side.unit == "c" && side.uncertain()));
  CHECK(side.others == std::vector<Side::Other>{{"b", "côté pair, jusqu'au n° 50"}});
}

TEST_CASE("with an address file streets are recognised and spelt") {
  const Streets streets(test::small_site().sectors, address_file());
  struct Row {
    std::string_view insee, address, street;
  };
  for (const auto& [insee, address, street] :
       {Row{"59512", "12 rue du pile", "Rue du Pile 12"},
        Row{"59512", "12 rue du pilier", "Rue du Pilier 12"}, Row{"59512", "rue du piller", "Rue du Pilier"},
        Row{"59512", "3 pl gal de gaulle", "Place du Général de Gaulle 3"},
        Row{"59512", "place de gaulle", ""}, Row{"59512", "12 rue du 8 mai", ""},
        Row{"59512", "12 rue du huit mai 1945", "Rue du 8 Mai 1945 12"},
        Row{"59512", "r st jean", "Rue Saint-Jean"},
        Row{"59512", "5 rue du 1 novembre", "Rue du 1 Novembre 5"},
        Row{"59512", "rés. les Acacias, bât B", "Résidence les Acacias"},
        Row{"59299", "5 rue Guesde", "Rue Jules Guesde 5"},
        Row{"59299", "5 rue j. guesde", "Rue Jules Guesde 5"},
        Row{"59299", "rue guesde jules", "Rue Jules Guesde"},
        Row{"59299", "rue dr roux", "Rue du Docteur Roux"}, Row{"59299", "rue roux", "Rue du Docteur Roux"},
        Row{"59299", "rue du pile", "?rue du pile"}, Row{"59350", "rue du pile", ""}}) {
    CAPTURE(insee, address);
    const auto told = found(streets, insee, address);
    CHECK((told == street || (street.empty() && told.starts_with("?"))));
  }
  // It is in the commune and in no sector: sure.
  const auto known = streets.unit_of("59512", words_of("12 rue du pilier"), today);
  CHECK((known.unit == "roubaix-ouest" && known.address && !known.uncertain()));
  CHECK(streets.communes_with(words_of("12 rue jules guesde"), 5) == std::vector<std::string>{"59299"});
  CHECK(streets.communes_with(words_of("rue de l'eglise"), 5) == std::vector<std::string>{"59332", "59367"});
  CHECK(streets.communes_with(words_of("rue de l'eglise"), 1).empty());
}

TEST_CASE("sectors change on their day") {
  using Parity = Sector::Parity;
  const date::local_days before{2026_y / 12 / 31}, after{2027_y / 1 / 1};
  const Streets streets({{"a", "59512", "", Parity::both, {}, {}, {}, before},
                         {"c", "59512", "", Parity::both, {}, {}, after, {}},
                         {"b", "59512", "Rue X", Parity::odd, {}, {}, {}, before},
                         {"d", "59512", "Rue X", Parity::odd, {}, {}, after, {}},
                         {"e", "59512", "Rue Y", Parity::both, {}, {}, after, {}}});
  CHECK(streets.default_unit("59512", before) == "a");
  CHECK(streets.default_unit("59512", after) == "c");
  CHECK(streets.unit_of("59512", words_of("1 rue X"), before).unit == "b");
  CHECK(streets.unit_of("59512", words_of("1 rue X"), after).unit == "d");
  CHECK(streets.unit_of("59512", words_of("2 rue X"), after).unit == "c");
  CHECK(streets.unit_of("59512", words_of("rue X"), before).others.at(0).unit == "b");
  CHECK(streets.unit_of("59512", words_of("rue X"), after).others.at(0).unit == "d");
  CHECK(streets.unit_of("59512", words_of("2 rue Y"), before).unit == "a");
  CHECK(streets.unit_of("59512", words_of("2 rue Y"), after).unit == "e");
}

TEST_CASE("the name of a street is not a place") {
  const auto at_end = [](std::string_view text) {
    const auto words = words_of(text).list;
    return Streets::names_street(words, words.size() - 1);
  };
  CHECK(at_end("12 rue de Roubaix"));
  CHECK(at_end("quai de Wattrelos"));
  CHECK(at_end("rue Pierre de Roubaix"));
  CHECK(at_end("rue du Pont de Neuville"));
  CHECK_FALSE(at_end("rue de Gand tg"));
  CHECK_FALSE(at_end("habite Roubaix"));
  CHECK_FALSE(at_end("résidence autonomie de Hem"));
  CHECK_FALSE(at_end("Roubaix"));
}
