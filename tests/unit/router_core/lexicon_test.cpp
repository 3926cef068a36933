#include "router/core/lexicon.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/router_core/small_site.hpp"

using namespace bannette::router;

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
