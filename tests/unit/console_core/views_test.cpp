#include "agent-console/core/views.hpp"

#include <set>

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

TEST_CASE("a time is read back only whole, and with its zone") {
  for (const std::int64_t unix_ms : {std::int64_t{0}, std::int64_t{1'709'210'096'007}})
    CHECK(parse_iso8601(iso8601(unix_ms)) == unix_ms);
  CHECK(parse_iso8601("2025-11-25T09:30:00Z") == 1'764'063'000'000);
  CHECK(parse_iso8601("2025-11-25T10:30:00+01:00") == 1'764'063'000'000);
  CHECK(parse_iso8601("2025-11-25T05:00:00.250-04:30") == 1'764'063'000'250);
  for (const char* wrong : {"", "2025-11-25", "2025-11-25T09:30:00", "2025-11-25T09:30:00Zx",
                            "2025-13-25T09:30:00Z", "2025-02-30T09:30:00Z", "1969-12-31T23:59:59Z",
                            "2025-11-25T09:30:00+01:00 ", "demain à neuf heures et demie"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_iso8601(wrong));
  }
}

TEST_CASE("each coded reason has its own label, and is read back by its name") {
  std::set<std::string_view> labels;
  for (const Why each : kWhys) {
    CHECK(parse_why(bannette::name(each)) == each);
    labels.insert(label(each));
  }
  CHECK(labels.size() == kWhys.size());
  CHECK(labels.count("") == 0);
  CHECK_FALSE(parse_why("because"));
}
