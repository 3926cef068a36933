#include "queue/broker/malformed_log.hpp"

#include <catch2/catch.hpp>

using bannette::broker::MalformedLog;
using Counts = std::map<std::string, std::uint64_t>;

TEST_CASE("What could not be read is told by principal, once a second, each message once") {
  MalformedLog log;
  CHECK(log.look({}, 0) == "");
  CHECK(log.look({{"unit:a", 3}}, 10) == "3 messages could not be read since the last line: unit:a 3");
  CHECK(log.look({{"unit:a", 50}}, 500) == "");
  CHECK(log.look({{"unit:a", 70}, {"unit:b", 1}}, 1'009) == "");
  CHECK(log.look({{"unit:a", 71}, {"unit:b", 1}}, 1'010) ==
        "69 messages could not be read since the last line: unit:a 68, unit:b 1");
  CHECK(log.look({{"unit:a", 71}, {"unit:b", 1}}, 9'000) == "");
}

TEST_CASE("One line names five at the most") {
  MalformedLog log;
  Counts counts;
  for (char each = 'a'; each <= 'h'; ++each) counts[std::string("unit:") + each] = 2;
  CHECK(
      log.look(counts, 0) ==
      "16 messages could not be read since the last line: unit:a 2, unit:b 2, unit:c 2, unit:d 2, unit:e 2, "
      "and 3 more");
  counts["unit:z"] = 1;
  CHECK(log.look(counts, 1'000) == "1 messages could not be read since the last line: unit:z 1");
}
