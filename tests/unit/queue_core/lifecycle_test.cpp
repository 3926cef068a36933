#include "queue/core/lifecycle.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr State kStates[] = {State::waiting, State::reserved, State::in_progress, State::handled};
constexpr ChangeKind kKinds[] = {ChangeKind::submitted, ChangeKind::reserved,      ChangeKind::renewed,
                                 ChangeKind::released,  ChangeKind::lease_expired, ChangeKind::accepted,
                                 ChangeKind::taken,     ChangeKind::noted,         ChangeKind::handled};

// The lifecycle once more, written by hand from the design: what each change makes of each state ('.':
// refused).
struct Row {
  ChangeKind kind;
  char to[5];  // from waiting, reserved, in_progress, handled
};
constexpr Row kTable[] = {
    {ChangeKind::submitted, "...."}, {ChangeKind::reserved, "R..."},      {ChangeKind::renewed, ".R.."},
    {ChangeKind::released, ".W.."},  {ChangeKind::lease_expired, ".W.."}, {ChangeKind::accepted, ".P.."},
    {ChangeKind::taken, "P..."},     {ChangeKind::noted, ".RP."},         {ChangeKind::handled, "..H."}};

State state_of(char letter) {
  switch (letter) {
    case 'W':
      return State::waiting;
    case 'R':
      return State::reserved;
    case 'P':
      return State::in_progress;
    default:
      return State::handled;
  }
}

Dossier dossier_in(State state) {
  Dossier d;
  d.id = make_dossier_id(kTuesday, 9, 1);
  d.number = 9;
  d.state = state;
  d.changed_seq = 40;
  d.fence = 3;
  if (state != State::waiting) d.holder = "unit:roubaix/alice";
  if (state == State::reserved) {
    d.lease_ms = 5'000;
    d.lease_until_wall_ms = kTuesday + 5'000;
    d.lease_until_boot_ms = 5'000;
    d.lease_boot_id = 7;
  }
  if (state == State::handled) d.outcome = Outcome::answered;
  return d;
}

Change change_to(const Dossier& d, ChangeKind kind) {
  Change change;
  change.seq = 41;
  change.previous_seq = d.changed_seq;
  change.at = {kTuesday + 60'000, 60'000, 7};
  change.kind = kind;
  change.id = d.id;
  change.number = d.number;
  change.actor = "unit:roubaix/bob";
  change.fence = kind == ChangeKind::reserved || kind == ChangeKind::taken ? d.fence + 1 : d.fence;
  change.lease_ms = kind == ChangeKind::reserved || kind == ChangeKind::renewed ? 120'000 : 0;
  if (kind == ChangeKind::handled) change.outcome = Outcome::appointment;
  return change;
}

}  // namespace

TEST_CASE("every state against every change") {
  for (const Row& row : kTable) {
    for (std::size_t i = 0; i < 4; ++i) {
      CAPTURE(name(kStates[i]), name(row.kind));
      const Dossier before = dossier_in(kStates[i]);
      const Change change = change_to(before, row.kind);
      if (row.to[i] == '.') {
        CHECK_FALSE(allowed(before.state, row.kind));
        CHECK_THROWS_AS(evolve(before, change), std::logic_error);
        continue;
      }
      CHECK(allowed(before.state, row.kind));
      const Dossier after = evolve(before, change);
      CHECK(after.state == state_of(row.to[i]));
      CHECK(after.changed_seq == 41);
      CHECK(after.changed_ms == change.at.wall_ms);
      CHECK(after.arrival_seq == before.arrival_seq);
      CHECK((after.lease_ms != 0) == (after.state == State::reserved));
      CHECK((after.lease_until_boot_ms != 0) == (after.state == State::reserved));
      CHECK(after.holder.empty() == (after.state == State::waiting));
      CHECK(after.outcome.has_value() == (after.state == State::handled));
      CHECK(after.fence == change.fence);
    }
  }
}

TEST_CASE("a change that does not follow is refused: a damaged journal is noticed, not served") {
  const Dossier before = dossier_in(State::waiting);
  Change change = change_to(before, ChangeKind::reserved);
  SECTION("another dossier's number") {
    change.number = 10;
  }
  SECTION("another dossier's id") {
    change.id = make_dossier_id(kTuesday, 9, 2);
  }
  SECTION("a change between is missing") {
    change.previous_seq = 39;
  }
  CHECK_THROWS_AS(evolve(before, change), std::logic_error);
}

TEST_CASE("nothing comes before the submission, and it comes once") {
  Change first = change_to(Dossier{}, ChangeKind::submitted);
  CHECK_NOTHROW(evolve(std::nullopt, first));
  for (ChangeKind kind : kKinds)
    if (kind != ChangeKind::submitted)
      CHECK_THROWS_AS(evolve(std::nullopt, change_to(Dossier{}, kind)), std::logic_error);
}

TEST_CASE("a dossier's whole way, as commands") {
  World w;
  const auto n = w.submit();
  CHECK(w.state(n) == State::waiting);
  const auto fence = w.reserve(n);
  CHECK(w.state(n) == State::reserved);
  CHECK(done(w.apply(kRoubaix, Renew{number(n), fence, 10'000})).dossier.lease_ms == 10'000);
  done(w.apply(kRoubaix, AddNote{number(n), fence}));
  CHECK(w.state(n) == State::reserved);
  done(w.apply(kRoubaix, Accept{number(n), fence}));
  CHECK(w.state(n) == State::in_progress);
  done(w.apply(kRoubaix, AddNote{number(n), fence}));
  const Done end = done(w.apply(kRoubaix, Handle{number(n), fence, Outcome::appointment}));
  CHECK(end.dossier.state == State::handled);
  CHECK(end.dossier.outcome == Outcome::appointment);
  CHECK(end.dossier.holder == "unit:roubaix/alice");
  CHECK(w.journal.back().change.reason == "appointment");
}

TEST_CASE("commands out of state are refused and change nothing") {
  World w;
  const auto n = w.submit();
  const auto fence = w.take(n);
  const auto kept = w.journal.size();
  CHECK(code(w.apply(kRoubaix, Accept{number(n), fence})) == Code::bad_state);
  CHECK(code(w.apply(kRoubaix, Renew{number(n), fence})) == Code::bad_state);
  CHECK(code(w.apply(kRoubaix, Release{number(n), fence})) == Code::bad_state);
  CHECK(code(w.apply(kRoubaix, Reserve{number(n)})) == Code::bad_state);  // one's own, already taken
  CHECK(code(w.apply(kRoubaixBob, Take{number(n)})) == Code::held_by_other);
  done(w.apply(kRoubaix, Handle{number(n), fence, Outcome::answered}));
  CHECK(code(w.apply(kRoubaix, AddNote{number(n), fence})) == Code::bad_state);
  CHECK(code(w.apply(kRoubaix, Handle{number(n), fence, Outcome::answered})) == Code::bad_state);
  CHECK(code(w.apply(kRoubaixBob, Take{number(n)})) == Code::bad_state);
  CHECK(w.journal.size() == kept + 1);
  CHECK(w.bannettes.last_seq() == w.journal.back().change.seq);
}
