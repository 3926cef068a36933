// What Prometheus reads of the calls' figures.
#include "router/switchboard/exposition.hpp"

#include <catch2/catch.hpp>

using namespace bannette;

TEST_CASE("figures of calls in Prometheus' text format, labels escaped") {
  const auto text = router::exposition({{"bannette_calls_seconds",
                                         "Durations.",
                                         {{{{"figure", "wait_p50"}, {"queue", "a\"b\\c\nd"}}, 12.5},
                                          {{{"figure", "wait_p50"}, {"queue", ""}}, 3}}}});
  for (const auto* line : {"# HELP bannette_calls_seconds Durations.\n# TYPE bannette_calls_seconds gauge\n",
                           "\nbannette_calls_seconds{figure=\"wait_p50\",queue=\"a\\\"b\\\\c\\nd\"} 12.5\n",
                           "\nbannette_calls_seconds{figure=\"wait_p50\",queue=\"\"} 3\n"}) {
    CAPTURE(line, text);
    CHECK(text.find(line) != std::string::npos);
  }
}
