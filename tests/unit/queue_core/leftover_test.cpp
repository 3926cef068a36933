#include "queue/core/leftover.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("bannettes that the rules have lost are named while they hold open dossiers") {
  World w;
  w.submit("lille/pmi");
  w.take(w.submit("lille/pmi"), kLille);
  w.reserve(w.submit("lille/enfance"), kLille);
  w.submit("roubaix/pmi");
  const auto handled = w.submit("service:mdie");
  const Authority mdie = key_of("service:mdie", "alice");
  const auto fence = w.take(handled, mdie);
  static_cast<void>(done(w.apply(mdie, Handle{number(handled), fence, Outcome::answered})));

  const auto counts = w.bannettes.counts(w.now.wall_ms);
  CHECK(leftovers(site_rules(), counts).empty());
  Rules rules = site_rules();
  rules.bannettes = {"standard", "arbitrage", "roubaix/pmi",
                     "lille/enfance-famille"};  // no part of a name counts
  const std::vector<Leftover> expected{{"lille/enfance", 1}, {"lille/pmi", 2}};
  auto found = leftovers(rules, counts);
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.bannette < b.bannette; });
  CHECK(found == expected);
}
