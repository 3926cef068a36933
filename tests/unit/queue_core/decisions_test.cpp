// Reopen, close, merge, reassign, move, delegate: who may, from where, and what it leaves.
#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

const Authority kManager = console("marie", Role::manager, {"roubaix"});
const Authority kElsewhere = console("luc", Role::manager, {"lille"});
const Authority kSupervisor = console("sophie", Role::supervisor);

}  // namespace

TEST_CASE("what is handled may be reopened for seven days, then it closes by itself") {
  World w;
  const auto n = w.submit();
  const auto fence = w.take(n);
  done(w.apply(kRoubaix, Handle{number(n), fence, Outcome::answered}));
  CHECK(w.bannettes.find(n)->until_ms == w.now.wall_ms + 7 * kDay);
  w.pass(7 * kDay - 1);
  w.expire();
  CHECK(w.state(n) == State::handled);
  SECTION("reopened, by a colleague") {
    const Done again = done(w.apply(kRoubaixBob, Reopen{number(n)}));
    CHECK(again.dossier.state == State::in_progress);
    CHECK(again.dossier.holder == "unit:roubaix/bob");
    CHECK(again.dossier.fence == fence + 1);
    CHECK_FALSE(again.dossier.outcome);
    CHECK(code(w.apply(kRoubaix, AddNote{number(n), fence})) == Code::stale_fence);
    w.pass(kDay);
    w.expire();
    CHECK(w.state(n) == State::in_progress);
  }
  SECTION("closed by the clock, for good") {
    w.pass(1);
    w.expire();
    CHECK(w.state(n) == State::closed);
    CHECK(w.bannettes.find(n)->outcome == Outcome::answered);
    CHECK(code(w.apply(kRoubaix, Reopen{number(n)})) == Code::bad_state);
  }
  SECTION("closed by a person, who confirms") {
    CHECK(done(w.apply(kRoubaix, Close{number(n)})).dossier.state == State::closed);
  }
}

TEST_CASE("a duplicate is merged into the dossier that goes on, and both histories say so") {
  World w;
  const auto first = w.submit();
  const auto second = w.submit();
  const auto fence = w.take(second);
  const Effects effects = w.apply(kRoubaix, Merge{number(second), fence, number(first)});
  CHECK(done(effects).dossier.state == State::merged);
  CHECK(done(effects).dossier.merged_into == first);
  REQUIRE(effects.persist.size() == 2);
  CHECK(effects.persist[1].change.kind == ChangeKind::absorbed);
  CHECK(effects.persist[1].after.number == first);
  CHECK(effects.persist[1].change.other == second);
  CHECK(w.state(first) == State::waiting);
  CHECK(w.bannettes.tray(kRoubaix, {}, 10).value().total == 1);
}

TEST_CASE("merging needs two open dossiers that are one's own") {
  World w;
  const auto mine = w.submit();
  const auto theirs = w.submit("lille/enfance");
  const auto fence = w.take(mine);
  CHECK(code(w.apply(kRoubaix, Merge{number(mine), fence, number(mine)})) == Code::malformed);
  CHECK(code(w.apply(kRoubaix, Merge{number(mine), fence, number(theirs)})) == Code::not_found);
  CHECK(code(w.apply(kRoubaix, Merge{number(mine), fence, number(99)})) == Code::not_found);
  const auto done_with = w.submit();
  done(w.apply(kRoubaix, Handle{number(done_with), w.take(done_with)}));
  CHECK(code(w.apply(kRoubaix, Merge{number(mine), fence, number(done_with)})) == Code::bad_state);
  CHECK(w.state(mine) == State::in_progress);
}

TEST_CASE("a manager gives a dossier to another person; the one before is told by the fence") {
  World w;
  const auto n = w.submit();
  const auto fence = w.take(n);
  const Reassign give{number(n), fence, "unit:roubaix/bob", Why::absence};
  CHECK(code(w.apply(kRoubaix, give)) == Code::forbidden);  // an agent, of the unit
  CHECK(code(w.apply(kElsewhere, give)) == Code::not_found);
  CHECK(code(w.apply(kManager, Reassign{number(n), fence + 1, "unit:roubaix/bob", Why::absence})) ==
        Code::stale_fence);
  CHECK(code(w.apply(kManager, Reassign{number(n), fence, "", Why::absence})) == Code::missing);
  const Done given = done(w.apply(kManager, give));
  CHECK(given.dossier.holder == "unit:roubaix/bob");
  CHECK(given.dossier.state == State::in_progress);
  CHECK(code(w.apply(kRoubaix, AddNote{number(n), fence})) == Code::stale_fence);
  done(w.apply(kRoubaixBob, AddNote{number(n), given.fence}));
  CHECK(code(w.apply(kManager, Reassign{number(n), given.fence, "unit:roubaix/bob", Why::absence})) ==
        Code::bad_state);
}

TEST_CASE("a supervisor moves a dossier out of arbitration, and nobody else does") {
  World w;
  const auto n = w.submit("arbitrage", Urgency::priority, "aide");
  const auto before = *w.bannettes.find(n);
  CHECK(code(w.apply(kManager, Move{number(n), "roubaix/pmi", Why::wrong_topic})) == Code::not_found);
  CHECK(code(w.apply(console("arno", Role::agent, {"arbitrage"}),
                     Move{number(n), "roubaix/pmi", Why::other})) == Code::forbidden);
  CHECK(code(w.apply(kSupervisor, Move{number(n), "nulle/part", Why::other})) == Code::unknown_bannette);
  const Done moved = done(w.apply(kSupervisor, Move{number(n), "roubaix/pmi", Why::wrong_territory}));
  CHECK(moved.dossier.bannette == "roubaix/pmi");
  CHECK(moved.dossier.state == State::waiting);
  CHECK(moved.dossier.deadline_ms == before.deadline_ms);
  CHECK(moved.dossier.arrival_seq == before.arrival_seq);
  CHECK(moved.dossier.hops == 0);  // no redirect
}

TEST_CASE("whoever stands in for an absent person acts on what that person holds, between the dates") {
  World w;
  const auto n = w.submit();
  const auto fence = w.take(n);
  const auto until = w.now.wall_ms + 3 * kDay;
  CHECK(code(w.apply(kRoubaixBob, Delegate{"unit:roubaix/alice", "unit:roubaix/bob", 0, until})) ==
        Code::forbidden);
  CHECK(code(w.apply(kRoubaix, Delegate{"unit:roubaix/alice", "unit:roubaix/alice", 0, until})) ==
        Code::malformed);
  CHECK(code(w.apply(kRoubaix, Delegate{"unit:roubaix/alice", "unit:roubaix/bob", 0, w.now.wall_ms})) ==
        Code::malformed);
  const Done told = done(
      w.apply(kRoubaix, Delegate{"unit:roubaix/alice", "unit:roubaix/bob", w.now.wall_ms + kDay, until}));
  CHECK(told.dossier.number == 0);
  CHECK(w.journal.back().after.number == 0);
  CHECK(code(w.apply(kRoubaixBob, AddNote{number(n), fence})) == Code::held_by_other);  // not yet
  w.pass(kDay);
  const Done noted = done(w.apply(kRoubaixBob, AddNote{number(n), fence}));
  CHECK(noted.dossier.holder == "unit:roubaix/alice");  // it stays hers
  CHECK(w.journal.back().change.actor == "unit:roubaix/bob");
  CHECK(code(w.apply(kLille, AddNote{number(n), fence})) == Code::not_found);
  SECTION("ended by its date, which the history tells") {
    w.pass(2 * kDay);
    w.expire();
    CHECK(std::any_of(w.journal.begin(), w.journal.end(),
                      [](const Persist& kept) { return kept.change.kind == ChangeKind::delegation_ended; }));
  }
  SECTION("ended by herself") {
    done(w.apply(kRoubaix, EndDelegation{"unit:roubaix/alice"}));
    CHECK(code(w.apply(kRoubaix, EndDelegation{"unit:roubaix/alice"})) == Code::not_found);
  }
  CHECK(code(w.apply(kRoubaixBob, AddNote{number(n), fence})) == Code::held_by_other);
  CHECK(w.bannettes.site().delegations.empty());
}

TEST_CASE("a retry of any change gives its first receipt, also of a change of the site") {
  World w;
  const auto n = w.submit();
  const auto fence = w.take(n);
  const Uuid hold_key = w.new_key(), delegate_key = w.new_key();
  const Hold hold{number(n), fence, Why::absence, w.now.wall_ms + kDay};
  const Delegate delegate{"unit:roubaix/alice", "unit:roubaix/bob", 0, w.now.wall_ms + kDay};
  const auto first = done(w.apply_with(hold_key, kRoubaix, hold)).seq;
  const auto second = done(w.apply_with(delegate_key, kRoubaix, delegate)).seq;
  w.pass(kHour);
  const auto before = w.journal.size();
  CHECK(done(w.apply_with(hold_key, kRoubaix, hold)).seq == first);
  CHECK(done(w.apply_with(delegate_key, kRoubaix, delegate)).seq == second);
  CHECK(code(w.apply_with(delegate_key, kRoubaix, delegate, 9)) == Code::key_reused);
  CHECK(w.journal.size() == before);
}
