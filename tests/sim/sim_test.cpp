// The promises under trouble. BANNETTE_SIM_SEEDS says how many seeds (50), BANNETTE_SIM_FIRST which is the
// first (1):
//   BANNETTE_SIM_FIRST=17 BANNETTE_SIM_SEEDS=1 build/release/tests/sim/test_sim "every promise holds"
#include <cstdlib>
#include <string>

#include <catch2/catch.hpp>

#include "tests/sim/simulation.hpp"

using namespace bannette::sim;

namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string told(std::uint64_t seed, const Outcome& outcome) {
  std::string text = "seed " + std::to_string(seed) + "; again: BANNETTE_SIM_FIRST=" + std::to_string(seed) +
                     " BANNETTE_SIM_SEEDS=1 test_sim \"every promise holds\"";
  for (std::size_t i = 0; i < outcome.complaints.size() && i < 20; ++i)
    text += "\n  " + outcome.complaints[i];  // the first ones tell
  return text;
}

}  // namespace

TEST_CASE("every promise holds") {
  const std::uint64_t first = setting("BANNETTE_SIM_FIRST", 1);
  const std::uint64_t seeds = setting("BANNETTE_SIM_SEEDS", 50);
  std::size_t changes = 0, confirmed = 0;
  int crashes = 0;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const Outcome outcome = simulate(seed);
    INFO(told(seed, outcome));
    CHECK(outcome.complaints.empty());
    changes += outcome.changes;
    confirmed += outcome.confirmed;
    crashes += outcome.crashes;
  }
  WARN(seeds << " seeds: " << changes << " changes, " << confirmed << " confirmations, " << crashes
             << " crashes");
  CHECK(changes > 100 * seeds);  // a run in which nothing happens proves nothing
  CHECK(confirmed > 50 * seeds);
}

TEST_CASE("the same seed is the same run") {
  for (std::uint64_t seed : {1U, 2U, 3U}) CHECK(simulate(seed).trace_hash == simulate(seed).trace_hash);
  CHECK(simulate(1).trace_hash != simulate(2).trace_hash);
}

TEST_CASE("the oracle notices each broken rule") {
  struct Row {
    const char* what;
    Mutant mutant;
    const char* complaint;
  };
  const Row rows[] = {{"reply before commit", Mutant::reply_before_commit, "was confirmed and is not there"},
                      {"no fence check", Mutant::no_fence_check, "something else stands there"},
                      {"dedup forgotten", Mutant::dedup_forgotten, "made two dossiers"},
                      {"unit filter missing", Mutant::unit_filter_missing, "saw a dossier of"},
                      {"leases never end", Mutant::leases_never_end, "still reserved after its lease"},
                      {"leases end late", Mutant::leases_end_late, "long after the lease's end"},
                      {"disk lies", Mutant::disk_lies, "is not there"}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    bool noticed = false;
    for (std::uint64_t seed = 1; seed <= 20 && !noticed; ++seed)
      for (const auto& each : simulate(seed, row.mutant).complaints)
        noticed = noticed || each.find(row.complaint) != std::string::npos;
    CHECK(noticed);
  }
}
