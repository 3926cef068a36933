#include <catch2/catch.hpp>

#include "queue/core/lifecycle.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

// A new process of the same site: what the journal has, and another boot where `boot_id` differs.
Bannettes restarted(const World& w, const Instant& now) {
  Bannettes fresh(site_rules());
  std::map<std::uint64_t, Dossier> latest;
  for (const auto& kept : w.journal) latest[kept.after.number] = kept.after;
  for (const auto& [n, dossier] : latest) fresh.restore(dossier, now);
  for (const auto& kept : w.journal) fresh.restore_key(kept.change);
  fresh.begin(w.journal.empty() ? 0 : w.journal.back().change.seq, latest.size(), now);
  return fresh;
}

// Does the only dossier's lease end then, and not a millisecond before?
bool ends_at(Bannettes bannettes, Instant now, std::int64_t boot_ms) {
  const auto state_at = [&](std::int64_t at) {
    now.wall_ms += at - now.boot_ms;
    now.boot_ms = at;
    (void)bannettes.advance(now);
    return bannettes.find(1)->state;
  };
  return (boot_ms <= now.boot_ms || state_at(boot_ms - 1) == State::reserved) &&
         state_at(boot_ms) == State::waiting;
}

}  // namespace

TEST_CASE("a lease ends at its end, not a millisecond before") {
  World w;
  const auto n = w.submit();
  w.reserve(n, kRoubaix, 5'000);
  CHECK(w.bannettes.next_due_boot_ms(w.now) <= w.now.boot_ms + 5'000);
  w.pass(4'999);
  w.expire();
  CHECK(w.state(n) == State::reserved);
  w.pass(1);
  w.expire();
  CHECK(w.state(n) == State::waiting);
  const Change& end = w.journal.back().change;
  CHECK(end.kind == ChangeKind::lease_expired);
  CHECK(end.principal == "clock");
  CHECK(end.actor == "unit:roubaix/alice");  // whose reservation it was
  CHECK_FALSE(end.key);
}

TEST_CASE("whoever comes after the end of a lease finds the dossier free, without waiting for the clock") {
  World w;
  const auto n = w.submit();
  w.reserve(n, kRoubaix, 5'000);
  w.pass(5'000);
  const Effects effects = w.apply(kRoubaixBob, Reserve{number(n)});
  CHECK(done(effects).dossier.holder == "unit:roubaix/bob");
  REQUIRE(effects.persist.size() == 2);
  CHECK(effects.persist[0].change.kind == ChangeKind::lease_expired);
  CHECK(effects.reply_after_seq == effects.persist[1].change.seq);
}

TEST_CASE("renewing starts the lease again; accepting ends it") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n, kRoubaix, 5'000);
  w.pass(4'000);
  const Done renewed = done(w.apply(kRoubaix, Renew{number(n), fence, 6'000}));
  CHECK(renewed.fence == fence);
  CHECK(renewed.dossier.lease_until_wall_ms == w.now.wall_ms + 6'000);
  w.pass(5'999);
  w.expire();
  CHECK(w.state(n) == State::reserved);
  done(w.apply(kRoubaix, Accept{number(n), fence}));
  w.pass(400 * kDay);
  w.expire();
  CHECK(w.state(n) == State::in_progress);  // a durable assignment never times out
}

TEST_CASE("a note does not lengthen a lease") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n, kRoubaix, 5'000);
  w.pass(4'000);
  done(w.apply(kRoubaix, AddNote{number(n), fence}));
  const auto end = w.now.boot_ms + 1'000;
  CHECK(ends_at(std::move(w.bannettes), w.now, end));
}

TEST_CASE("a lease is the site's unless it is asked for, between 5 s and 1 h") {
  World w;
  const auto n = w.submit();
  CHECK(code(w.apply(kRoubaix, Reserve{number(n), 4'999})) == Code::malformed);
  CHECK(code(w.apply(kRoubaix, Reserve{number(n), 3'600'001})) == Code::malformed);
  CHECK(w.state(n) == State::waiting);
  const auto fence = w.reserve(n);
  CHECK(w.bannettes.find(n)->lease_ms == limits::lease_default);
  CHECK(code(w.apply(kRoubaix, Renew{number(n), fence, 4'999})) == Code::malformed);
  CHECK(done(w.apply(kRoubaix, Renew{number(n), fence, 3'600'000})).dossier.lease_ms == 3'600'000);
}

TEST_CASE("setting the wall clock moves no lease") {
  World w;
  const auto n = w.submit();
  w.reserve(n, kRoubaix, 5'000);
  w.now.wall_ms += 10 * kDay;
  w.expire();
  CHECK(w.state(n) == State::reserved);
  w.now.wall_ms -= 20 * kDay;
  w.now.boot_ms += 5'000;
  w.expire();
  CHECK(w.state(n) == State::waiting);
}

TEST_CASE("a restart in the same boot keeps the lease's exact end") {
  World w;
  const auto n = w.submit();
  w.reserve(n, kRoubaix, 60'000);
  w.pass(10'000);
  w.now.wall_ms += 3 * kDay;  // the wall clock lies; the boot clock counts
  CHECK(ends_at(restarted(w, w.now), w.now, w.now.boot_ms + 50'000));
}

TEST_CASE("another boot: what is left by the wall clock, between nothing and the whole lease") {
  struct Row {
    const char* what;
    std::int64_t wall_passed, left;
  };
  const Row rows[] = {{"half is left", 30'000, 30'000},
                      {"long over", kDay, 0},
                      {"exactly over", 60'000, 0},
                      {"the wall clock was set back", -kDay, 60'000}};
  for (const Row& row : rows) {
    CAPTURE(row.what);
    World w;
    const auto n = w.submit();
    w.reserve(n, kRoubaix, 60'000);
    const Instant reboot{w.now.wall_ms + row.wall_passed, 500, 8};
    CHECK(ends_at(restarted(w, reboot), reboot, 500 + row.left));
  }
}

TEST_CASE("after another boot the dossier is still what its history says") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n, kRoubaix, 60'000);
  w.now = {w.now.wall_ms + 20'000, 500, 8};
  w.bannettes = restarted(w, w.now);
  CHECK(w.bannettes.find(n) == w.journal.back().after);
  done(w.apply(kRoubaix, AddNote{number(n), fence}));
  std::optional<Dossier> folded;
  for (const auto& kept : w.journal) folded = evolve(folded, kept.change);
  CHECK(w.journal.back().after == *folded);
  w.pass(39'999);  // the note did not lengthen it
  w.expire();
  CHECK(w.state(n) == State::reserved);
  w.pass(1);
  w.expire();
  CHECK(w.state(n) == State::waiting);
}

TEST_CASE("expiry is bounded at a time, and goes on where it stopped") {
  World w;
  for (int i = 0; i < 300; ++i) w.reserve(w.submit(), kRoubaix, 5'000);
  w.pass(5'000);
  CHECK(w.bannettes.advance(w.now).size() == 256);
  CHECK(w.bannettes.next_due_boot_ms(w.now) <= w.now.boot_ms);
  CHECK(w.bannettes.advance(w.now).size() == 44);
}

// The simulation's finding: after a reboot, a wall clock that was set back put the end off each time that it
// was looked at, and then lost it.
TEST_CASE("after another boot, setting the clock back puts off neither a lease nor a danger") {
  World w;
  const auto held = w.submit();
  w.reserve(held, kRoubaix, 60'000);
  const auto danger = w.submit("roubaix/enfance", Urgency::urgent, "danger", true);
  Instant now{w.now.wall_ms + 10'000, 5'000, w.now.boot_id + 1};
  Bannettes again = restarted(w, now);
  now.wall_ms -= kHour;
  const auto brings = [&](std::int64_t after_ms) {
    now.boot_ms += after_ms;
    now.wall_ms += after_ms;
    std::vector<ChangeKind> kinds;
    for (const auto& each : again.advance(now))
      if (each.change.number == held || each.change.number == danger) kinds.push_back(each.change.kind);
    return kinds;
  };
  CHECK(brings(49'999).empty());
  CHECK(brings(1) == std::vector{ChangeKind::lease_expired});
  const std::int64_t step_ms = again.rules().step_urgent_ms;
  CHECK(brings(step_ms - 60'000 - 1).empty());
  CHECK(brings(1) == std::vector{ChangeKind::escalated});
  CHECK(has_fired(again.find(danger)->climb, Step::manager));
}
