#include "queue/core/order.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::uint64_t take_next(World& w, std::vector<std::string> bannettes = {}) {
  return done(w.apply(kRoubaix, Take{next_of(std::move(bannettes))})).dossier.number;
}

}  // namespace

TEST_CASE("urgency class first, then the oldest deadline, then arrival") {
  World w;
  const auto late_normal = w.submit("roubaix/pmi", Urgency::normal, "sans-delai");
  const auto five_days = w.submit("roubaix/pmi", Urgency::normal, "aide");
  const auto two_days = w.submit("roubaix/pmi", Urgency::normal, "deux-jours");
  const auto two_days_again = w.submit("roubaix/pmi", Urgency::normal, "deux-jours");  // same deadline, later
  const auto priority = w.submit("roubaix/pmi", Urgency::priority, "sans-delai");
  const auto urgent = w.submit("roubaix/pmi", Urgency::urgent, "sans-delai");
  const auto immediate = w.submit("roubaix/pmi", Urgency::immediate, "sans-delai");
  for (auto expected : {immediate, urgent, priority, two_days, two_days_again, five_days, late_normal})
    CHECK(take_next(w) == expected);
  CHECK(code(w.apply(kRoubaix, Take{next_of()})) == Code::nothing_waiting);
}

TEST_CASE("no deadline is served after every deadline of its class") {
  CHECK(order_key(Urgency::normal, 0, 1, 1) > order_key(Urgency::normal, kTuesday + 400 * kDay, 2, 2));
  CHECK(order_key(Urgency::normal, 5, 1, 1) > order_key(Urgency::priority, 0, 2, 2));
}

TEST_CASE("a released dossier has its old place") {
  World w;
  const auto first = w.submit();
  w.pass(1'000);
  w.submit();
  const auto fence = w.reserve(first);
  w.pass(1'000);
  done(w.apply(kRoubaix, Release{number(first), fence}));
  CHECK(take_next(w) == first);
}

TEST_CASE("an expired reservation has its old place") {
  World w;
  const auto first = w.submit();
  const auto second = w.submit();
  w.reserve(first, kRoubaix, 5'000);
  CHECK(take_next(w) == second);
  w.pass(5'000);
  CHECK(take_next(w) == first);
}

TEST_CASE("next over several bannettes is the first of all of them, and only of those asked for") {
  World w;
  const auto normal = w.submit("roubaix/enfance", Urgency::normal);
  const auto urgent = w.submit("roubaix/pmi", Urgency::urgent);
  w.submit("lille/pmi", Urgency::immediate);  // another unit's
  CHECK(take_next(w, {"roubaix/enfance"}) == normal);
  CHECK(take_next(w) == urgent);
  CHECK(code(w.apply(kRoubaix, Take{next_of()})) == Code::nothing_waiting);
}

TEST_CASE("next and chosen are told apart in the history") {
  World w;
  w.submit();
  const auto chosen = w.submit();
  w.take(chosen);
  CHECK(w.journal.back().change.reason == "chosen");
  take_next(w);
  CHECK(w.journal.back().change.reason == "next");
}
