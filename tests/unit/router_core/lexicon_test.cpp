#include "router/core/lexicon.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette::router;

namespace {

std::vector<std::string> called(std::string_view note) {
  const auto site = test::small_site();
  const LexiconReader reader(site.lexicon, site.topics);
  std::vector<std::string> ids;
  for (const auto& alert : reader.read(words_of(note)).alerts) ids.push_back(alert.alert->id);
  return ids;
}

}  // namespace

TEST_CASE("alerts heed negation and the past") {
  using Ids = std::vector<std::string>;
  struct Row {
    std::string_view note;
    Ids expected;
  };
  for (const auto& [note, expected] : std::vector<Row>{
           {"il a frappé son fils", {"coups"}},
           {"il n'a pas frappé son fils", {}},
           {"jamais frappé sa fille", {}},
           {"il frappe pas sa fille", {}},
           {"elle n'ose pas dire qu'il frappe sa fille", {"coups"}},  // the saying is denied, not the blow
           {"pas de travail, il frappe sa fille", {"coups"}},         // another clause
           {"il y a 10 ans il frappait sa fille", {}},
           {"il y a 10 ans il frappait sa fille, hier encore", {"coups"}},
           {"il frappe sa fille en ce moment", {"coups", "maintenant"}},
           {"la facture, en ce moment", {}},  // not the topic
           {"frigo vide", {"faim"}},
           {"frigo vide mais des provisions", {}},
           {"", {}}}) {
    CAPTURE(note);
    CHECK(called(note) == expected);
  }
}

TEST_CASE("scores are shares of one, best first") {
  const auto site = test::small_site();
  const LexiconReader reader(site.lexicon, site.topics);
  for (const auto note : {"", "facture", "mdph mdph mdph facture", "frappé", "pas frappé"}) {
    CAPTURE(note);
    const auto topics = reader.read(words_of(note)).topics;
    REQUIRE(topics.size() == 4);
    double sum = 0;
    for (const auto& topic : topics) {
      CHECK(topic.score >= 0);
      CHECK(topic.score <= 1);
      sum += topic.score;
    }
    CHECK(sum == Approx(1));
    CHECK(std::is_sorted(topics.begin(), topics.end(),
                         [](const auto& a, const auto& b) { return a.score > b.score; }));
  }
  CHECK(reader.read(words_of("frappé")).topics[0].topic == "danger");
  CHECK(reader.read(words_of("pas frappé, facture")).topics[0].topic == "budget");
  CHECK(reader.read(words_of("une facture")).topics[0].words == std::vector<std::string>{"facture"});
}
