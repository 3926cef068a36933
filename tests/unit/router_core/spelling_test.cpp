#include "router/core/spelling.hpp"

#include <catch2/catch.hpp>

using namespace bannette::router;

TEST_CASE("distance counts slips and stops at its bound") {
  CHECK(distance("roubaix", "roubaix", 2) == 0);
  CHECK(distance("roubaix", "roubais", 2) == 1);
  CHECK(distance("roubaix", "ruobaix", 2) == 1);  // two neighbours swapped
  CHECK(distance("linselles", "lncelles", 2) == 2);
  CHECK(distance("lille", "lens", 2) == 3);  // the bound and one
  CHECK(distance("", "abc", 3) == 3);
  CHECK(distance(std::string(500, 'a'), std::string(500, 'b'), 2) == 3);
}

TEST_CASE("names that sound the same share a key") {
  struct Row {
    std::string_view a, b;
  };
  for (const auto& [a, b] : {Row{"wasquehal", "ouasquehal"}, Row{"wattrelos", "ouatrelos"},
                             Row{"hem", "aime"}, Row{"mouvaux", "mouveau"}, Row{"baroeul", "bareuil"},
                             Row{"leers", "lair"}, Row{"roncq", "ronque"}, Row{"bondues", "bondu"}}) {
    CAPTURE(a, b);
    CHECK(sound_of(a) == sound_of(b));
  }
  CHECK(sound_of("lille") != sound_of("lens"));
  CHECK(sound_of("").empty());
}
