// Where people decided otherwise, and what that says was right.
#include "router/review/correction.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_review/past_calls.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace bannette::router::test;

namespace {

std::optional<Correction> corrected(const Past& past) {
  static const Site site = small_site();
  static const Scrubber scrubber(site);
  return correction_of(site, scrubber, past);
}

}  // namespace

TEST_CASE("as proposed is no correction; nor is another bannette for the same topic, or a lack of capacity") {
  Past past = past_as_proposed();
  CHECK_FALSE(corrected(past));
  past.history[0].bannette = "standard";
  past.history.push_back(redirected("hem/social", "hem/enfance", Why::no_capacity));
  past.history.push_back(redirected("hem/social", "hem/enfance", Why::wrong_topic, ChangeKind::proposed));
  CHECK_FALSE(corrected(past));
}

TEST_CASE("an operator's topic, urgency and danger are the label") {
  Past past = past_as_proposed("Mme Dupuis : facture");
  past.history[0].topic = "handicap";
  past.history[0].urgency = Urgency::urgent;
  past.history[0].danger = true;
  const auto found = corrected(past);
  REQUIRE(found);
  CHECK(found->source == "operator");
  CHECK(found->number == 7);
  CHECK(found->label ==
        Labelled{
            "Mme [nom] : facture", "Hem", "handicap", {"handicap"}, Urgency::urgent, true, "59299", "hem"});
  CHECK(found->proposed.topic == "budget");
  CHECK(found->why ==
        std::vector<std::string>{"motif corrigé par l'opérateur : Budget → Handicap",
                                 "urgence corrigée par l'opérateur : normale → urgente, danger"});
}

TEST_CASE("a unit's redirect says the topic where one leads there, else the choices") {
  Past past = past_as_proposed();
  past.history.push_back(redirected("hem/social", "hem/enfance", Why::wrong_topic));
  auto found = corrected(past);
  REQUIRE(found);
  CHECK(found->source == "unit");
  CHECK(found->label.motif == "danger");
  CHECK(found->why == std::vector<std::string>{
                          "réorienté, le motif n'était pas le bon : Hem : Service social → Hem : Enfance"});

  Site site = small_site();
  site.topics.push_back(site.topics[0]);
  site.topics.back().code = "aide";
  prepare(site);
  const auto several = correction_of(site, Scrubber(site), past);
  REQUIRE(several);
  CHECK(several->label.motif.empty());
  CHECK(several->label.motifs_ok == std::vector<std::string>{"danger", "aide"});

  // The operator had corrected it before, and the unit was of another mind still.
  past.history[0].topic = "handicap";
  CHECK(corrected(past)->source == "operator+unit");
  // A redirect to where the topic goes anyhow teaches nothing.
  past = past_as_proposed();
  past.history.push_back(redirected("roubaix-est/social", "hem/social", Why::wrong_topic));
  CHECK_FALSE(corrected(past));
}

TEST_CASE("a supervisor's move to another unit is the territory's label, unless only the street told it") {
  Past past = past_as_proposed();
  past.history.push_back(
      redirected("hem/social", "roubaix-ouest/social", Why::wrong_territory, ChangeKind::moved));
  auto found = corrected(past);
  REQUIRE(found);
  CHECK(found->label.motif == "budget");
  CHECK(found->label.unit.empty());  // Hem's unit is another: the street told it, and the street is gone
  past.content.set_insee("59512");
  past.content.set_unit("roubaix-est");
  CHECK(corrected(past)->label.unit == "roubaix-ouest");
}
