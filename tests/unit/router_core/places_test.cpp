#include "router/core/places.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette::router;

namespace {

std::string told(const Places& places, std::string_view typed) {
  const auto found = places.resolve(typed);
  switch (found.what) {
    case Found::What::nothing:
      return "";
    case Found::What::elsewhere:
      return "ailleurs";
    case Found::What::commune:
      return places.at(found.communes[0]).insee;
    case Found::What::several:
      break;
  }
  std::string all;
  for (const auto commune : found.communes) all += (all.empty() ? "" : "|") + places.at(commune).insee;
  return all;
}

}  // namespace

TEST_CASE("a commune is found from what people type") {
  const auto site = test::small_site();
  const Places places(site.communes, site.aliases, site.elsewhere);
  struct Row {
    std::string_view typed, expected;
  };
  for (const auto& [typed, expected] :
       {Row{"Roubaix", "59512"},
        Row{"ROUBAIX", "59512"},
        Row{" roubaix ", "59512"},
        Row{"rbx", "59512"},
        Row{"roubais", "59512"},
        Row{"ruobaix", "59512"},
        Row{"59512", "59512"},
        Row{"59100", "59512"},
        Row{"59100 Roubaix", "59512"},
        Row{"Roubaix (59)", "59512"},
        Row{"villeneuve dascq", "59009"},
        Row{"Villeneuve d Ascq", "59009"},
        Row{"59650", "59009"},  // the postal code of one is the INSEE code of another
        Row{"St André", "59527"},
        Row{"ST-ANDRE lez lille", "59527"},
        Row{"Lomme", "59350"},
        Row{"59355", "59350"},
        Row{"lys lez l.", "59367"},
        Row{"Lys les Lannoy", "59367"},
        Row{"lisse les lannoy", "59367"},
        Row{"ouatrelos", "59650"},
        Row{"Forest/Marque", "59247"},
        Row{"Forest s/ Marque", "59247"},
        Row{"Forest", "59247|59246"},
        Row{"lille moulins", "59350"},
        Row{"59390", "59332|59367|59598"},
        Row{"59390 toufflers", "59598"},
        Row{"Lens", "ailleurs"},
        Row{"bethune", "ailleurs"},
        Row{"62300", "ailleurs"},
        Row{"Comines (B)", "ailleurs"},
        Row{"Lens (62)", "ailleurs"},
        Row{"", ""},
        Row{"xyzzyx", ""},
        Row{"?", ""},
        Row{"😀", ""},
        Row{"<script>", ""},
        Row{"59999", ""},
        Row{"' OR 1=1", ""}}) {
    CAPTURE(typed);
    CHECK(told(places, typed) == expected);
  }
  CHECK(told(places, std::string(10'000, 'a')).empty());
}

TEST_CASE("names of places in a text, the longest first") {
  const auto site = test::small_site();
  const Places places(site.communes, site.aliases, site.elsewhere);
  const auto words = words_of("de Lys-lez-Lannoy à Lens, puis St André lez Lille");
  const auto mentions = places.mentions(words);
  REQUIRE(mentions.size() == 3);
  CHECK(places.at(mentions[0].communes[0]).insee == "59367");
  CHECK(mentions[1].elsewhere);
  CHECK(places.at(mentions[2].communes[0]).insee == "59527");
}
