#include "queue/core/lifecycle.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr State kStates[] = {State::waiting, State::reserved, State::in_progress, State::handled,
                             State::on_hold, State::closed,   State::merged};

// The lifecycle once more, written by hand from the design: what each change makes of each state ('.':
// refused).
struct Row {
  ChangeKind kind;
  char to[8];  // from waiting, reserved, in_progress, handled, on_hold, closed, merged
};
constexpr Row kTable[] = {{ChangeKind::submitted, "......."},
                          {ChangeKind::reserved, "R......"},
                          {ChangeKind::renewed, ".R....."},
                          {ChangeKind::released, ".W....."},
                          {ChangeKind::lease_expired, ".W....."},
                          {ChangeKind::accepted, ".P....."},
                          {ChangeKind::taken, "P......"},
                          {ChangeKind::noted, ".RP.O.."},
                          {ChangeKind::handled, "..H.H.."},
                          {ChangeKind::held, "..O...."},
                          {ChangeKind::resumed, "....P.."},
                          {ChangeKind::reassigned, "PPP.O.."},
                          {ChangeKind::proposed, ".PP.O.."},
                          {ChangeKind::proposal_accepted, "..W.W.."},
                          {ChangeKind::proposal_refused, "..P.O.."},
                          {ChangeKind::proposal_withdrawn, "..P.O.."},
                          {ChangeKind::proposal_expired, "..P.O.."},
                          {ChangeKind::copied, "WRPHO.."},
                          {ChangeKind::returned, ".WW.W.."},
                          {ChangeKind::moved, "WWW.W.."},
                          {ChangeKind::reopened, "...P..."},
                          {ChangeKind::closed, "...C..."},
                          {ChangeKind::merged, "MMM.M.."},
                          {ChangeKind::absorbed, "WRP.O.."},
                          {ChangeKind::acknowledged, "WRP.O.."},
                          {ChangeKind::escalated, "WRP.O.."},
                          {ChangeKind::breached, "WR....."},
                          {ChangeKind::starved, "W......"},
                          {ChangeKind::rescheduled, "WRP.O.."},
                          {ChangeKind::read, "WRPHOCM"},
                          {ChangeKind::calendar_changed, "......."},
                          {ChangeKind::delegated, "......."},
                          {ChangeKind::delegation_ended, "......."},
                          {ChangeKind::unattended, "......."},
                          {ChangeKind::attended, "......."},
                          {ChangeKind::clock_jumped, "......."},
                          {ChangeKind::linked, "WRPHOCM"}};
static_assert(std::size(kTable) == static_cast<std::size_t>(kLastChange));

State state_of(char letter) {
  constexpr std::string_view letters = "WRPHOCM";
  return kStates[letters.find(letter)];
}

bool answers_a_proposal(ChangeKind kind) {
  return kind >= ChangeKind::proposal_accepted && kind <= ChangeKind::proposal_expired;
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
  if (state == State::handled || state == State::closed) d.outcome = Outcome::answered;
  if (state == State::on_hold) d.until_ms = kTuesday + kDay;
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
  const bool new_holder = kind == ChangeKind::reserved || kind == ChangeKind::taken ||
                          kind == ChangeKind::reassigned || kind == ChangeKind::proposal_accepted ||
                          kind == ChangeKind::returned || kind == ChangeKind::moved ||
                          kind == ChangeKind::reopened;
  change.fence = new_holder ? d.fence + 1 : d.fence;
  change.to = kind == ChangeKind::reassigned ? "unit:roubaix/chloe" : "lille/enfance";
  if (kind == ChangeKind::escalated) change.step = Step::unit;
  change.lease_ms = kind == ChangeKind::reserved || kind == ChangeKind::renewed ? 120'000 : 0;
  if (kind == ChangeKind::handled) change.outcome = Outcome::appointment;
  return change;
}

}  // namespace

TEST_CASE("every state against every change") {
  for (const Row& row : kTable) {
    for (std::size_t i = 0; i < std::size(kStates); ++i) {
      CAPTURE(name(kStates[i]), name(row.kind));
      Dossier before = dossier_in(kStates[i]);
      if (answers_a_proposal(row.kind))
        before.proposal = Proposal{"lille/enfance", "unit:roubaix/alice", "", kTuesday + kDay};
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
      if (row.kind != ChangeKind::read) CHECK(after.changed_ms == change.at.wall_ms);
      CHECK(after.arrival_seq == before.arrival_seq);
      CHECK((after.lease_ms != 0) == (after.state == State::reserved));
      CHECK((after.lease_until_boot_ms != 0) == (after.state == State::reserved));
      if (before.state != State::waiting || after.state == State::in_progress)
        CHECK(after.holder.empty() == (after.state == State::waiting));
      CHECK(after.outcome.has_value() == (after.state == State::handled || after.state == State::closed));
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
  for (const Row& row : kTable)
    if (row.kind != ChangeKind::submitted)
      CHECK_THROWS_AS(evolve(std::nullopt, change_to(Dossier{}, row.kind)), std::logic_error);
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

TEST_CASE("a reading is no change that people ask for by date; early journals' readings were") {
  World w;
  const Dossier before = *w.bannettes.find(w.submit());
  Change read;
  read.kind = ChangeKind::read;
  read.id = before.id;
  read.number = before.number;
  read.previous_seq = before.changed_seq;
  read.seq = before.changed_seq + 1;
  read.at.wall_ms = kTuesday + 1'000;
  for (const char* reason : {"unit", "complaint"}) {
    read.reason = reason;
    CHECK(evolve(before, read).changed_seq == read.seq);
    CHECK(evolve(before, read).changed_ms == before.changed_ms);
  }
  for (const char* reason : {"copy", "proposal"}) {
    read.reason = reason;
    CHECK(evolve(before, read).changed_ms == read.at.wall_ms);
  }
}
