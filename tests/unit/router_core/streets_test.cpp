#include "router/core/streets.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette::router;

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
                                                 Row{"15 bd de Reims", "roubaix-est", false},
                                                 Row{"12 boulevard de reims", "roubaix-ouest", false},
                                                 Row{"15 bld Reims appt 4", "roubaix-est", false},
                                                 Row{"boulevard de Reims", "roubaix-ouest", true},
                                                 Row{"199 rue de Lannoy", "roubaix-ouest", false},
                                                 Row{"200 rue de lannoy", "roubaix-est", false},
                                                 Row{"rue de Lannoy 214", "roubaix-est", false},
                                                 Row{"rue de lannoy n° 5", "roubaix-ouest", false},
                                                 Row{"120 bis, rue de Tourcoing", "roubaix-est", false},
                                                 Row{"121 rue de Tourcoing", "roubaix-ouest", false},
                                                 Row{"118 rue de tourcoing", "roubaix-ouest", false},
                                                 Row{"8 rue Pierre de Roubaix", "roubaix-est", false},
                                                 Row{"rue de Roubaix", "roubaix-ouest", false},
                                                 Row{"place du Pile", "roubaix-ouest", false},
                                                 Row{"rue du Pont de Lannoy", "roubaix-ouest", false},
                                                 Row{"0 rue de Lannoy", "roubaix-ouest", true},
                                                 Row{"99999999 rue de Lannoy", "roubaix-ouest", true}}) {
    CAPTURE(address);
    const auto side = streets.unit_of("59512", words_of(address));
    CHECK(side.unit == unit);
    CHECK(side.uncertain == uncertain);
    if (uncertain) CHECK(side.other_unit == "roubaix-est");
  }
  CHECK(streets.unit_of("59299", words_of("rue du Pile")).unit == "hem");
  CHECK(streets.unit_of("59350", words_of("rue du Pile")).unit.empty());
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
  CHECK_FALSE(at_end("Roubaix"));
}
