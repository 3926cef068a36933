#include "agent-console/core/views.hpp"

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::console;

TEST_CASE("times are ISO 8601 in UTC with milliseconds") {
  CHECK(iso8601(0) == "1970-01-01T00:00:00.000Z");
  CHECK(iso8601(1'764'063'000'000) == "2025-11-25T09:30:00.000Z");
  CHECK(iso8601(1'709'210'096'007) == "2024-02-29T12:34:56.007Z");
  CHECK(iso8601(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("each urgency and outcome has its own label") {
  CHECK(label(Urgency::immediate) == "Immédiate");
  CHECK(label(Urgency::normal) == "Normale");
  CHECK(label(Outcome::answered) != label(Outcome::appointment));
  CHECK_FALSE(label(Outcome::duplicate).empty());
}
