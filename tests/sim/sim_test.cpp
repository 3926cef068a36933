// The promises under trouble. BANNETTE_SIM_SEEDS says how many seeds (200; `./dev test --long` 1,000),
// BANNETTE_SIM_FIRST which is the first (1):
//   BANNETTE_SIM_FIRST=17 BANNETTE_SIM_SEEDS=1 build/release/tests/sim/test_sim "every promise*"
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/sim/simulation.hpp"

using namespace bannette::sim;

namespace {

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t kSlower = 8;  // as many seeds fewer
#else
constexpr std::uint64_t kSlower = 1;
#endif
constexpr unsigned kThreads = 2;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}
std::uint64_t first_seed() {
  return setting("BANNETTE_SIM_FIRST", 1);
}
std::uint64_t seeds() {
  return std::max<std::uint64_t>(1, setting("BANNETTE_SIM_SEEDS", 200) / kSlower);
}

// Runs share nothing: two at a time, whose outcomes come back in order.
template <class Run>
auto each_of(std::size_t count, Run run) {
  std::vector<decltype(run(std::size_t{}))> outcomes(count);
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> thrown(kThreads);
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      try {
        for (std::size_t i = next++; i < count; i = next++) outcomes[i] = run(i);
      } catch (...) {
        thrown[t] = std::current_exception();
      }
    });
  for (auto& thread : threads) thread.join();
  for (const auto& each : thrown)
    if (each) std::rethrow_exception(each);
  return outcomes;
}

std::string told(std::uint64_t seed, const Outcome& outcome) {
  std::string text = "seed " + std::to_string(seed) + "; again: BANNETTE_SIM_FIRST=" + std::to_string(seed) +
                     " BANNETTE_SIM_SEEDS=" + std::to_string(kSlower) + " test_sim \"every promise*\"";
  for (std::size_t i = 0; i < outcome.complaints.size() && i < 20; ++i)
    text += "\n  " + outcome.complaints[i];  // the first ones tell
  text += "\n the last lines:";
  for (const auto& line : outcome.last) text += "\n  " + line;
  return text;
}

}  // namespace

TEST_CASE("every promise holds, whatever fails") {
  struct Twice {
    Outcome first;
    std::uint64_t again = 0;  // the second run's trace
  };
  const auto runs = each_of(seeds(), [](std::size_t i) {
    return Twice{simulate(first_seed() + i), simulate(first_seed() + i).trace_hash};
  });
  std::size_t changes = 0, confirmed = 0;
  int crashes = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Outcome& outcome = runs[i].first;
    INFO(told(first_seed() + i, outcome));
    CHECK(outcome.complaints.empty());
    CHECK(outcome.trace_hash == runs[i].again);
    if (i != 0) CHECK(outcome.trace_hash != runs[i - 1].first.trace_hash);
    changes += outcome.changes;
    confirmed += outcome.confirmed;
    crashes += outcome.crashes;
  }
  WARN(seeds() << " seeds: " << changes << " changes, " << confirmed << " confirmations, " << crashes
               << " crashes");
  CHECK(changes > 300 * seeds());  // a run in which nothing happens proves nothing
  CHECK(confirmed > 200 * seeds());
}

TEST_CASE("the oracle notices each broken rule") {
  struct Row {
    const char* what;
    Mutant mutant;
    const char* complaint;
  };
  const std::vector<Row> rows{
      {"reply before commit", Mutant::reply_before_commit, "was confirmed and is not there"},
      {"no fence check", Mutant::no_fence_check, "something else stands there"},
      {"dedup forgotten", Mutant::dedup_forgotten, "made two dossiers"},
      {"unit filter missing", Mutant::unit_filter_missing, "saw a dossier of"},
      {"leases never end", Mutant::leases_never_end, "still reserved after its lease"},
      {"leases end late", Mutant::leases_end_late, "long after the lease's end"},
      {"disk lies", Mutant::disk_lies, "is not there"},
      {"hints after a key was revoked", Mutant::hints_after_revoked, "after its key was revoked"}};
  constexpr std::uint64_t kMost = 20;
  const auto needed = each_of(rows.size(), [&rows](std::size_t i) {
    for (std::uint64_t seed = 1; seed <= kMost; ++seed)
      for (const auto& each : simulate(seed, rows[i].mutant).complaints)
        if (each.find(rows[i].complaint) != std::string::npos) return seed;
    return std::uint64_t{0};
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(rows[i].what, rows[i].complaint);
    CHECK(needed[i] != 0);
  }
}
