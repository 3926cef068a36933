#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

// Taken at ten on a Tuesday, with a deadline on the given topic's clock.
struct Held : World {
  std::uint64_t n = 0;
  std::uint64_t fence = 0;
  explicit Held(const std::string& topic) {
    n = submit("roubaix/enfance", Urgency::normal, topic);
    fence = take(n);
  }
  Dossier dossier() const { return *bannettes.find(n); }
  Done hold(std::int64_t for_ms) {
    return done(apply(kRoubaix, Hold{number(n), fence, Why::awaiting_document, now.wall_ms + for_ms}));
  }
};

}  // namespace

TEST_CASE("a hold says why and until when, and pauses the deadline") {
  Held w("deux-jours");
  const auto deadline = w.dossier().deadline_ms;
  const Done held = w.hold(kDay);
  CHECK(held.dossier.state == State::on_hold);
  CHECK(held.dossier.hold_why == "awaiting_document");
  CHECK(held.dossier.until_ms == w.now.wall_ms + kDay);
  CHECK(deadline_state(held.dossier) == DeadlineState::paused);
  CHECK(held.dossier.holder == "unit:roubaix/alice");
  w.pass(3 * kHour);
  const Done resumed = done(w.apply(kRoubaix, Resume{number(w.n), w.fence}));
  CHECK(resumed.dossier.state == State::in_progress);
  CHECK(resumed.dossier.deadline_ms == deadline + 3 * kHour);  // calendar time
  CHECK(resumed.dossier.paused_ms == 3 * kHour);
  CHECK(resumed.dossier.until_ms == 0);
  CHECK(resumed.dossier.hold_why.empty());
}

TEST_CASE("on working time only the opening hours of a hold move the deadline") {
  Held w("aide");  // five working days
  const auto deadline = w.dossier().deadline_ms;
  w.hold(2 * kDay);
  w.pass(kDay);  // a whole working day of eight hours, from ten to ten
  done(w.apply(kRoubaix, Resume{number(w.n), w.fence}));
  CHECK(w.dossier().paused_ms == 8 * kHour);
  CHECK(w.dossier().deadline_ms > deadline);
  CHECK(w.dossier().deadline_ms <= deadline + kDay);
}

TEST_CASE("a hold ends by itself on its date, whoever is there") {
  Held w("deux-jours");
  const auto deadline = w.dossier().deadline_ms;
  w.hold(kDay);
  w.pass(kDay - 1);
  w.expire();
  CHECK(w.state(w.n) == State::on_hold);
  w.pass(1);
  w.expire();
  CHECK(w.state(w.n) == State::in_progress);
  CHECK(w.dossier().deadline_ms == deadline + kDay);
  CHECK(w.journal.back().change.kind == ChangeKind::resumed);
  CHECK(w.journal.back().change.actor == "clock");
  CHECK(w.journal.back().change.reason == "hold_ended");
}

TEST_CASE("a date that is past, or beyond a year, is no date to resume") {
  Held w("aide");
  for (std::int64_t for_ms : {std::int64_t{0}, -kDay, 367 * kDay}) {
    const auto effects = w.apply(kRoubaix, Hold{number(w.n), w.fence, Why::absence, w.now.wall_ms + for_ms});
    CHECK(code(effects) == Code::malformed);
    CHECK(refusal(effects).field == "until_ms");
  }
  CHECK(w.state(w.n) == State::in_progress);
}

TEST_CASE("only what is in progress is held, and only by its holder") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n);
  const auto until = w.now.wall_ms + kDay;
  CHECK(code(w.apply(kRoubaix, Hold{number(n), fence, Why::absence, until})) == Code::bad_state);
  done(w.apply(kRoubaix, Accept{number(n), fence}));
  CHECK(code(w.apply(kRoubaixBob, Hold{number(n), fence, Why::absence, until})) == Code::held_by_other);
  CHECK(code(w.apply(kLille, Hold{number(n), fence, Why::absence, until})) == Code::not_found);
  CHECK(code(w.apply(kRoubaix, Hold{number(n), fence + 1, Why::absence, until})) == Code::stale_fence);
  CHECK(code(w.apply(kRoubaix, Resume{number(n), fence})) == Code::bad_state);
}

TEST_CASE("what is on hold can be handled, noted and returned; the deadline then stands where it would") {
  Held w("deux-jours");
  const auto deadline = w.dossier().deadline_ms;
  w.hold(kDay);
  done(w.apply(kRoubaix, AddNote{number(w.n), w.fence}));
  w.pass(2 * kHour);
  SECTION("handled") {
    CHECK(done(w.apply(kRoubaix, Handle{number(w.n), w.fence})).dossier.state == State::handled);
    w.pass(kDay);
    w.expire();
    CHECK(w.state(w.n) == State::handled);  // the hold's date has no more meaning
  }
  SECTION("returned") {
    const Done back = done(w.apply(kRoubaix, Return{number(w.n), w.fence, Why::not_competent}));
    CHECK(back.dossier.deadline_ms == deadline + 2 * kHour);
    CHECK(deadline_state(back.dossier) == DeadlineState::running);
  }
}
