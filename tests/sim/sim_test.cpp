// The promises under trouble. BANNETTE_SIM_SEEDS says how many seeds (200; `./dev test --long` 1,000),
// BANNETTE_SIM_FIRST which is the first (1):
//   BANNETTE_SIM_FIRST=17 BANNETTE_SIM_SEEDS=1 build/release/tests/sim/test_sim "every promise*"
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/sim/simulation.hpp"

using namespace bannette::sim;

namespace {

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t kSlower = 20;  // as many seeds fewer; and of the mutants a few
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
  std::map<std::string, std::size_t> kinds;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Outcome& outcome = runs[i].first;
    INFO(told(first_seed() + i, outcome));
    CHECK(outcome.complaints.empty());
    CHECK(outcome.trace_hash == runs[i].again);
    if (i != 0) CHECK(outcome.trace_hash != runs[i - 1].first.trace_hash);
    changes += outcome.changes;
    confirmed += outcome.confirmed;
    crashes += outcome.crashes;
    for (const auto& [kind, count] : outcome.kinds) kinds[kind] += count;
  }
  std::string each;
  for (const auto& [kind, count] : kinds) each += " " + kind + " " + std::to_string(count);
  WARN(seeds() << " seeds: " << changes << " changes, " << confirmed << " confirmations, " << crashes
               << " crashes;" << each);
  CHECK(changes > 300 * seeds());  // a run in which nothing happens proves nothing
  CHECK(confirmed > 200 * seeds());
}

namespace {

struct Row {
  const char* what;
  Mutant mutant;
  const char* complaint;  // the one that must be among those made
};

const std::vector<Row>& mutants() {
  static const std::vector<Row> rows{
      {"reply before commit", Mutant::reply_before_commit, "was confirmed and is not there"},
      {"no fence check", Mutant::no_fence_check, "a stale fence had its way"},
      {"dedup forgotten", Mutant::dedup_forgotten, "made two dossiers"},
      {"keys in memory only", Mutant::keys_in_memory_only, "its key made two changes"},
      {"key_reused not checked", Mutant::key_reused_unchecked, "a key was used again"},
      {"unit filter missing", Mutant::unit_filter_missing, "saw a dossier of"},
      {"priority ignored", Mutant::priority_ignored, "was before it"},
      {"leases never end", Mutant::leases_never_end, "lease_expired"},
      {"leases by the wall clock", Mutant::leases_by_wall_clock, "lease_expired"},
      {"the clock is looked at late", Mutant::clock_looked_at_late, "was due"},
      {"disk lies", Mutant::disk_lies, "is not there"},
      {"half a transaction", Mutant::torn_batch, "without its other half"},
      {"hints after a key was revoked", Mutant::hints_after_revoked, "after its key was revoked"},
      {"fences begin again", Mutant::fences_begin_again, "the fence does not grow by one"},
      {"escalation in memory only", Mutant::escalation_in_memory, "twice to"},
      {"escalation too slow", Mutant::escalation_slow, "escalated was due"},
      {"on-call forgotten", Mutant::on_call_forgotten, "not on_call"},
      {"acknowledgement lost", Mutant::acknowledgement_lost, "after it was acknowledged"},
      {"a danger closed by the clock", Mutant::danger_closed_by_clock, "a danger was closed"},
      {"a danger merged away", Mutant::danger_merged_away, "a danger was merged away"},
      {"deadline lost on return", Mutant::deadline_lost_on_return, "the deadline is kept otherwise"},
      {"place lost on return", Mutant::place_lost_on_return, "the place is kept otherwise"},
      {"a proposal in two trays", Mutant::proposal_in_two_trays, "the tray of"},
      {"proposals never end", Mutant::proposals_never_end, "proposal_expired was due"},
      {"holds never end", Mutant::holds_never_end, "resumed"},
      {"closing forgotten", Mutant::closing_forgotten, "closed"},
      {"starvation unnoticed", Mutant::starvation_unnoticed, "starved never came"},
      {"breach unnoticed", Mutant::breach_unnoticed, "breached"},
      {"nobody watches", Mutant::nobody_watches, "was left alone"},
      {"the calendar's change ignored", Mutant::calendar_not_recomputed, "the deadline is kept otherwise"},
      {"events skipped", Mutant::events_skipped, "event"},
      {"content for everybody", Mutant::content_for_everybody, "read a dossier of"},
      {"content of another", Mutant::content_of_another, "another dossier's content"},
      {"readings of nobody", Mutant::readings_of_nobody, "and no history tells"},
      {"a right to everybody", Mutant::right_to_everybody, "no right to it"},
      {"a topic told", Mutant::topic_told, "was told the topic"}};
  return rows;
}

}  // namespace

TEST_CASE("the oracle notices each broken rule") {
  CHECK(mutants().size() + 1 == static_cast<std::size_t>(Mutant::last_one));
  constexpr std::uint64_t kMost = 100;
  const auto needed = each_of(mutants().size(), [](std::size_t i) {
    if (kSlower != 1 && i % 8 != 0) return std::uint64_t{1};  // without sanitizers all are tried
    for (std::uint64_t seed = 1; seed <= kMost; ++seed)
      for (const auto& each : simulate(seed, mutants()[i].mutant).complaints)
        if (each.find(mutants()[i].complaint) != std::string::npos) return seed;
    return std::uint64_t{0};
  });
  std::string told;
  for (std::size_t i = 0; i < mutants().size(); ++i) {
    CAPTURE(mutants()[i].what, mutants()[i].complaint);
    CHECK(needed[i] != 0);
    told += "\n  " + std::string(mutants()[i].what) + ": " + std::to_string(needed[i]);
  }
  WARN("seeds needed:" << told);
}
