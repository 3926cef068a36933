#include "router/core/pattern.hpp"

#include <catch2/catch.hpp>

using namespace bannette::router;

namespace {

const Classes classes{{"enfant", "enfant*|fille|fils"}};

bool found(std::string_view pattern, std::string_view text) {
  PatternSet set;
  const auto parsed = parse_pattern(pattern, classes);
  REQUIRE(parsed.has_value());
  set.add(*parsed);
  return !set.find(words_of(text)).empty();
}

}  // namespace

TEST_CASE("patterns find what they say") {
  struct Row {
    std::string_view pattern, text;
    bool expected;
  };
  for (const auto& [pattern, text, expected] :
       {Row{"aide menag*", "une aide ménagère", true}, Row{"aide menag*", "aide au ménage", false},
        Row{"rien|plus ?a manger", "plus à manger", true}, Row{"rien|plus ?a manger", "rien manger", true},
        Row{"rien|plus ?a manger", "rien de manger", false},
        Row{"frapp* ~3 @enfant", "il a frappé hier sa fille", true},
        Row{"frapp* ~3 @enfant", "frappé un deux trois quatre fille", false},
        Row{"frapp* ~3 @enfant", "Il frappe. La fille", false}, Row{"#0-17 ans|a", "fille de 9 a", true},
        Row{"#0-17 ans|a", "dix-sept ans", true}, Row{"#0-17 ans|a", "18 ans", false},
        Row{"maman|#65-110 seule", "86 seule", true}, Row{"maman|#65-110 seule", "maman seule", true},
        Row{"sage-femme", "une sage femme", true}, Row{"upe2a", "classe UPE2A", true},
        Row{"@enfant|mari frapp*", "mari frappe", true}}) {
    CAPTURE(pattern, text);
    CHECK(found(pattern, text) == expected);
  }
}

TEST_CASE("what is wrong with a pattern is told") {
  for (const auto text : {"", "   ", "~3 a", "a ~3", "a ~0 b", "a ~99 b", "a ~x b", "?a", "@rien", "a|",
                          "#9-2", "#x", "a b|c d|!", "x* y", "a* b"}) {
    CAPTURE(text);
    const auto parsed = parse_pattern(text, classes);
    if (std::string_view(text) == "a b|c d|!")
      CHECK_FALSE(parsed.has_value());
    else if (std::string_view(text) == "x* y" || std::string_view(text) == "a* b")
      CHECK(parsed.error().detail.find("deux lettres") != std::string::npos);
    else
      CHECK_FALSE(parsed.has_value());
  }
  std::string many;
  for (int i = 0; i < 17; ++i) many += "mot ";
  CHECK_FALSE(parse_pattern(many, classes).has_value());
}

TEST_CASE("a wider pattern covers a narrower one") {
  const auto covers_text = [](std::string_view general, std::string_view special) {
    return covers(parse_pattern(general, classes).value(), parse_pattern(special, classes).value());
  };
  CHECK(covers_text("frapp*", "frappe"));
  CHECK(covers_text("frapp* ~3 @enfant", "frappe ~2 fille"));
  CHECK(covers_text("#0-17 ans|a", "#3-5 ans"));
  CHECK_FALSE(covers_text("frappe", "frapp*"));
  CHECK_FALSE(covers_text("frapp* ~2 fille", "frappe ~3 fille"));
  CHECK_FALSE(covers_text("#3-5 ans", "#0-17 ans"));
  CHECK_FALSE(covers_text("a", "a b"));
}

TEST_CASE("the same pattern is one, and matches are bounded") {
  PatternSet set;
  const auto one = parse_pattern("ab*", classes).value();
  CHECK(set.add(one) == 0);
  CHECK(set.add(one) == 0);
  CHECK(set.add(parse_pattern("cd", classes).value()) == 1);
  std::string text;
  for (int i = 0; i < 3'000; ++i) text += "abc ";
  CHECK(set.find(words_of(text), 100).size() == 100);
}
