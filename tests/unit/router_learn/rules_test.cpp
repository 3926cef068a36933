// What the sample site finds without a model, on a file that its safety rules and places were not made from.
#include <iostream>

#include <catch2/catch.hpp>

#include "router/learn/evaluate.hpp"
#include "tests/unit/router_config/sample_site.hpp"

using namespace bannette;
using namespace bannette::router;

TEST_CASE("safety rules and places on notes kept aside") {
  auto site = test::sample_site();
  site.model = nullptr;
  const auto figures = evaluate(read_notes(test::sample_folder() / "notes/notes-6.jsonl", site).notes, site);
  std::cout << report(figures);
  REQUIRE(figures.notes == 300);
  CHECK(figures.insee.share() >= 0.97);
  CHECK(figures.unit.share() >= 0.97);
  // The rules say little that is not so.
  CHECK(figures.danger_recall.share() >= 0.73);
  CHECK(figures.danger_precision.share() >= 0.75);
  CHECK(figures.immediate_as_normal() <= 6);
}
