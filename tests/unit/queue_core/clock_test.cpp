// Deadlines that pass, dossiers that starve, calendars that change, clocks that jump.
#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

std::size_t count_of(const World& w, ChangeKind kind) {
  return static_cast<std::size_t>(std::count_if(
      w.journal.begin(), w.journal.end(), [&](const Persist& kept) { return kept.change.kind == kind; }));
}

void pass_and_expire(World& w, std::int64_t ms) {
  w.pass(ms);
  w.expire();
}

// The journal's dossiers under other rules.
Bannettes under(const World& w, Rules rules) {
  Bannettes fresh(std::move(rules));
  std::map<std::uint64_t, Dossier> latest;
  for (const auto& kept : w.journal) latest[kept.after.number] = kept.after;
  latest.erase(0);
  for (const auto& [n, dossier] : latest) fresh.restore(dossier, w.now);
  fresh.restore_site(calendar_in_force());
  fresh.begin(w.journal.back().change.seq, latest.size(), w.now);
  return fresh;
}

}  // namespace

TEST_CASE("a deadline that passes before the dossier is taken in hand is recorded, once") {
  World w;
  const auto n = w.submit("roubaix/enfance", Urgency::normal, "deux-jours");
  CHECK(deadline_state(*w.bannettes.find(n)) == DeadlineState::running);
  pass_and_expire(w, 48 * kHour - 1);
  CHECK(count_of(w, ChangeKind::breached) == 0);
  pass_and_expire(w, 1);
  CHECK(count_of(w, ChangeKind::breached) == 1);
  CHECK(deadline_state(*w.bannettes.find(n)) == DeadlineState::breached);
  CHECK(w.bannettes.counts(w.now.wall_ms)[0].late + w.bannettes.counts(w.now.wall_ms)[1].late +
            w.bannettes.counts(w.now.wall_ms)[2].late ==
        1);
  const auto fence = w.take(n);
  CHECK(deadline_state(*w.bannettes.find(n)) == DeadlineState::breached);  // never taken back
  done(w.apply(kRoubaix, Return{number(n), fence, Why::other}));
  pass_and_expire(w, kDay);
  CHECK(count_of(w, ChangeKind::breached) == 1);
}

TEST_CASE("taken in time, the deadline is met") {
  World w;
  const auto n = w.submit("roubaix/enfance", Urgency::normal, "deux-jours");
  w.pass(48 * kHour - 1);
  w.take(n);
  CHECK(deadline_state(*w.bannettes.find(n)) == DeadlineState::met);
  pass_and_expire(w, kDay);
  CHECK(count_of(w, ChangeKind::breached) == 0);
}

TEST_CASE("the command that comes just at the deadline finds it passed") {
  World w;
  const auto n = w.submit("roubaix/enfance", Urgency::normal, "deux-jours");
  w.pass(48 * kHour);
  const Effects effects = w.apply(kRoubaix, Take{number(n)});
  REQUIRE(effects.persist.size() == 2);
  CHECK(effects.persist[0].change.kind == ChangeKind::breached);
  CHECK(done(effects).dossier.breached);
}

TEST_CASE("immediate is late once a first step of escalation would be") {
  World w;
  w.submit("roubaix/enfance", Urgency::immediate, "sans-delai");
  pass_and_expire(w, 5 * 60'000 - 1);
  CHECK(count_of(w, ChangeKind::breached) == 0);
  pass_and_expire(w, 1);
  CHECK(count_of(w, ChangeKind::breached) == 1);
}

TEST_CASE("one without a deadline that waits for ten days raises an alarm, once") {
  World w;
  const auto n = w.submit();
  pass_and_expire(w, 10 * kDay - 1);
  CHECK(count_of(w, ChangeKind::starved) == 0);
  pass_and_expire(w, 1);
  CHECK(count_of(w, ChangeKind::starved) == 1);
  CHECK(w.bannettes.find(n)->starved);
  pass_and_expire(w, 10 * kDay);
  CHECK(count_of(w, ChangeKind::starved) == 1);
  CHECK(is_event(ChangeKind::starved));
}

TEST_CASE("another calendar recomputes what is open, says so in each history, and then remembers it") {
  World w;
  const auto open = w.submit("roubaix/enfance", Urgency::normal, "aide");
  const auto no_deadline = w.submit();
  const auto ended = w.submit("roubaix/enfance", Urgency::normal, "aide");
  done(w.apply(kRoubaix, Handle{number(ended), w.take(ended)}));
  const auto before = w.bannettes.find(open)->deadline_ms;
  Rules rules = site_rules();
  rules.calendar.closures = {date::local_days{date::year{2026} / 3 / 18}};  // the next day
  w.bannettes = under(w, rules);
  CHECK(w.bannettes.recomputing());
  w.expire();
  CHECK(w.bannettes.find(open)->deadline_ms > before);
  CHECK(count_of(w, ChangeKind::rescheduled) == 1);
  CHECK(w.bannettes.find(no_deadline)->deadline_ms == 0);
  CHECK(w.journal.back().change.kind == ChangeKind::calendar_changed);
  CHECK_FALSE(w.bannettes.recomputing());
  w.expire();
  CHECK(count_of(w, ChangeKind::calendar_changed) == 1);
}

TEST_CASE("recomputing is bounded at a time and goes on") {
  World w;
  for (int i = 0; i < 600; ++i) w.submit("roubaix/enfance", Urgency::normal, "aide");
  Rules rules = site_rules();
  rules.calendar.closures = {date::local_days{date::year{2026} / 3 / 18}};
  w.bannettes = under(w, rules);
  int rounds = 0;
  for (; w.bannettes.recomputing(); ++rounds) {
    const auto done_now = w.bannettes.advance(w.now);
    REQUIRE(done_now.size() <= limits::due_at_once + 1);
    w.journal.insert(w.journal.end(), done_now.begin(), done_now.end());
  }
  CHECK(rounds == 3);
  CHECK(count_of(w, ChangeKind::rescheduled) == 600);
}

TEST_CASE("a jump of the wall clock is told; time that only passes is not") {
  World w;
  w.expire();
  pass_and_expire(w, 10 * kDay);
  CHECK(count_of(w, ChangeKind::clock_jumped) == 0);
  w.now.wall_ms -= kHour;
  w.expire();
  REQUIRE(count_of(w, ChangeKind::clock_jumped) == 1);
  CHECK(w.journal.back().change.until_ms == -kHour);
  w.expire();
  CHECK(count_of(w, ChangeKind::clock_jumped) == 1);
}

TEST_CASE("counts are kept, not searched: every state, deadline and alarm of a bannette") {
  World w;
  const auto find_count = [&] {
    for (auto& each : w.bannettes.counts(w.now.wall_ms))
      if (each.bannette == "roubaix/enfance") return each;
    throw std::logic_error("no such bannette");
  };
  const auto a = w.submit("roubaix/enfance", Urgency::normal, "deux-jours");
  w.pass(kHour);
  const auto b = w.submit("roubaix/enfance", Urgency::urgent, "sans-delai", true);
  CHECK(find_count().waiting == 2);
  CHECK(find_count().danger == 1);
  CHECK(find_count().unacknowledged == 1);
  CHECK(find_count().oldest_waiting_ms == w.bannettes.find(a)->arrived_ms);
  CHECK(find_count().next_deadline_ms == w.bannettes.find(b)->deadline_ms);
  const auto fence = w.take(a);
  CHECK(find_count().oldest_waiting_ms == w.bannettes.find(b)->arrived_ms);
  done(w.apply(kRoubaix, Hold{number(a), fence, Why::absence, w.now.wall_ms + kDay}));
  CHECK(find_count().on_hold == 1);
  CHECK(find_count().in_progress == 0);
  w.take(b);
  CHECK(find_count().unacknowledged == 0);
  CHECK(find_count().danger == 0);  // it is in somebody's hands
  CHECK(find_count().waiting == 0);
  CHECK(find_count().oldest_waiting_ms == 0);
  CHECK(find_count().next_deadline_ms == 0);
}

TEST_CASE("a dossier whose topic has left the configuration keeps its deadline") {
  World w;
  const auto n = w.submit("roubaix/enfance", Urgency::normal, "aide");
  const auto before = w.bannettes.find(n)->deadline_ms;
  REQUIRE(before != 0);
  Rules rules = site_rules();
  std::erase_if(rules.topics, [](const TopicRule& topic) { return topic.code == "aide"; });
  w.bannettes = under(w, rules);
  REQUIRE(w.bannettes.recomputing());
  w.expire();
  CHECK(w.bannettes.find(n)->deadline_ms == before);
  CHECK(count_of(w, ChangeKind::rescheduled) == 0);
}
