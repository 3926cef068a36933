// A long random walk through the lifecycle: whatever people do, the promises hold after each step.
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "queue/core/lifecycle.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

const std::vector<Authority> kAgents = {kRoubaix, kRoubaixBob, kLille, key_of("unit:lille", "denis")};

class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed) {}

  void step() {
    const std::size_t before = world_.journal.size();
    choose();
    follow(before);
  }

  void check_whole() const {
    std::map<std::uint64_t, std::optional<Dossier>> folded;
    std::uint64_t seq = 0;
    for (const Persist& kept : world_.journal) {
      REQUIRE(kept.change.seq == ++seq);  // no gap, no number twice
      auto& dossier = folded[kept.change.number];
      dossier = evolve(dossier, kept.change);
      REQUIRE(*dossier == kept.after);
    }
    REQUIRE(world_.bannettes.size() == folded.size());
    for (const auto& [n, dossier] : folded) REQUIRE(world_.bannettes.find(n) == dossier);
    REQUIRE(world_.bannettes.last_seq() == seq);
  }

  [[nodiscard]] std::size_t changes() const { return world_.journal.size(); }

 private:
  void choose() {
    switch (below(12)) {
      case 0:
      case 1:
        return submit();
      case 2:
        return serve(Take{next_of()});
      case 3:
        return serve(Reserve{next_of(), lease()});
      case 4:
        return pass();
      case 5:
        return world_.expire();
      case 6:
        return restart();
      default:
        return act();
    }
  }

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  std::int64_t lease() { return 5'000 + 1'000 * static_cast<std::int64_t>(below(20)); }
  const Authority& agent() { return kAgents[below(kAgents.size())]; }

  void submit() {
    const auto& rules = world_.bannettes.rules();
    Submit command{rules.bannettes[below(rules.bannettes.size())],
                   rules.topics[below(rules.topics.size())].code, static_cast<Urgency>(1 + below(4)), false,
                   ""};
    receipt(world_.apply(kRouter, command));
  }

  // The first of those that wait, found by looking at every dossier.
  std::optional<Dossier> expected_next(const Authority& who) const {
    std::optional<Dossier> best;
    const auto key = [](const Dossier& d) {
      return order_key(d.urgency, d.deadline_ms, d.arrival_seq, d.number);
    };
    for (std::uint64_t n = 1; n <= world_.bannettes.size(); ++n) {
      const Dossier d = *world_.bannettes.find(n);
      if (d.state == State::waiting && may_work(who, d.bannette) && (!best || key(d) < key(*best))) best = d;
    }
    return best;
  }

  void serve(const Command& command) {
    world_.expire();
    const Authority& who = agent();
    const auto expected = expected_next(who);
    const Effects effects = world_.apply(who, command);
    if (!expected) {
      REQUIRE(code(effects) == Code::nothing_waiting);
      return;
    }
    REQUIRE(done(effects).dossier.number == expected->number);
    REQUIRE(done(effects).fence == expected->fence + 1);
  }

  void pass() { world_.pass(static_cast<std::int64_t>(below(8'000))); }

  // The journal's dossiers and keys are all that a new process gets; it must go on as the old one would have.
  void restart() {
    Bannettes fresh(site_rules());
    std::map<std::uint64_t, Dossier> latest;
    for (const auto& kept : world_.journal) latest[kept.after.number] = kept.after;
    if (below(4) == 0) ++world_.now.boot_id;
    for (const auto& [n, dossier] : latest) fresh.restore(dossier, world_.now);
    for (const auto& kept : world_.journal) fresh.restore_key(kept.change);
    fresh.restore_site(calendar_in_force());
    fresh.begin(world_.journal.empty() ? 0 : world_.journal.back().change.seq, latest.size(), world_.now);
    for (const auto& [n, dossier] : latest) REQUIRE(fresh.find(n) == world_.bannettes.find(n));
    for (const auto& who : kAgents) {
      const auto a = fresh.tray(who, {}, 200).value(), b = world_.bannettes.tray(who, {}, 200).value();
      REQUIRE(a.items == b.items);
      REQUIRE(a.total == b.total);
    }
    world_.bannettes = std::move(fresh);
  }

  Command any_command(std::uint64_t n, std::uint64_t fence) {
    switch (below(7)) {
      case 0:
        return Reserve{number(n), lease()};
      case 1:
        return Take{number(n)};
      case 2:
        return Renew{number(n), fence, lease()};
      case 3:
        return Release{number(n), fence};
      case 4:
        return Accept{number(n), fence};
      case 5:
        return AddNote{number(n), fence};
      default:
        return Handle{number(n), fence, static_cast<Outcome>(1 + below(6))};
    }
  }

  void act() {
    if (world_.bannettes.size() == 0) return;
    const std::uint64_t n = 1 + below(world_.bannettes.size());
    const std::uint64_t fence = world_.bannettes.find(n)->fence;
    const Authority& who = agent();
    const Command command = any_command(n, fence - std::min<std::uint64_t>(fence, below(5) == 0 ? 1 : 0));
    const Uuid key = world_.new_key();
    const Effects first = world_.apply_with(key, who, command);
    if (below(6) != 0 || refused(first)) return;
    const Effects again = world_.apply_with(key, who, command);  // a retry changes nothing
    REQUIRE(done(again) == done(first));
    REQUIRE(again.persist.empty());
  }

  // A holder is replaced only after his reservation ended, and the fence tells each reservation apart.
  void follow(std::size_t before) {
    for (std::size_t i = before; i < world_.journal.size(); ++i) {
      const auto& [change, after] = world_.journal[i];
      const std::string holder = std::exchange(holders_[after.number], after.holder);
      const std::uint64_t fence = std::exchange(fences_[after.number], after.fence);
      REQUIRE(after.fence >= fence);
      if (!holder.empty() && !after.holder.empty()) REQUIRE(after.holder == holder);
      if (holder.empty() && !after.holder.empty()) REQUIRE(after.fence == fence + 1);
    }
  }

  std::mt19937 random_;
  World world_;
  std::map<std::uint64_t, std::string> holders_;
  std::map<std::uint64_t, std::uint64_t> fences_;
};

}  // namespace

TEST_CASE("random walks") {
  const unsigned seed = GENERATE(1U, 2U, 3U, 4U);
  CAPTURE(seed);
  Walk walk(seed);
  for (int i = 0; i < 2'500; ++i) {
    CAPTURE(i);
    walk.step();
    if (i % 500 == 0) walk.check_whole();
  }
  walk.check_whole();
  CHECK(walk.changes() > 800);
}
