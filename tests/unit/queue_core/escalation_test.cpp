#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kSunday = kTuesday + 5 * kDay;

// Somebody is on call when it is closed; or always.
Rules with_on_call(bool always = false) {
  Rules rules = site_rules();
  OnCall on_call{{"Astreinte éducative", "+33 3 20 00 00 00", {"astrid"}}, {}, 0, 0};
  if (always) on_call.week.fill({{0, 24 * 60}});
  rules.on_call = {on_call};
  return rules;
}

struct Danger : World {
  explicit Danger(Rules rules = site_rules(), std::int64_t wall_ms = kTuesday) {
    bannettes = Bannettes(std::move(rules));
    now.wall_ms = wall_ms;
    begin();
  }
  std::uint64_t arrive(Urgency urgency = Urgency::immediate) {
    return submit("roubaix/enfance", urgency, "sans-delai", true);
  }
  std::vector<std::string> steps() const {
    std::vector<std::string> all;
    for (const auto& kept : journal)
      if (kept.change.kind == ChangeKind::escalated) all.emplace_back(name(*kept.change.step));
    return all;
  }
  void pass_and_expire(std::int64_t ms) {
    pass(ms);
    expire();
  }
};

using Steps = std::vector<std::string>;

}  // namespace

TEST_CASE("a danger climbs from step to step while nobody acknowledges it, each step once") {
  Danger w(with_on_call(true));
  const auto n = w.arrive();
  CHECK(w.steps() == Steps{"unit"});
  CHECK(w.journal[1].change.seq == 2);  // in the same batch as its arrival
  w.pass_and_expire(5 * kMinute - 1);
  CHECK(w.steps() == Steps{"unit"});
  w.pass_and_expire(1);
  CHECK(w.steps() == Steps{"unit", "manager"});
  w.pass_and_expire(5 * kMinute);
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"unit", "manager", "on_call", "supervisors"});
  w.pass_and_expire(10 * kDay);
  CHECK(w.steps().size() == 4);
  CHECK(w.bannettes.find(n)->climb.acknowledged_by.empty());
}

TEST_CASE("urgent takes half an hour a step") {
  Danger w;
  w.arrive(Urgency::urgent);
  w.pass_and_expire(30 * kMinute - 1);
  CHECK(w.steps() == Steps{"unit"});
  w.pass_and_expire(1);
  CHECK(w.steps() == Steps{"unit", "manager"});
}

TEST_CASE("out of hours on-call comes first, and on calendar time") {
  Danger w(with_on_call(), kSunday);
  w.arrive();
  CHECK(w.steps() == Steps{"on_call"});
  CHECK(w.journal.back().change.to == "Astreinte éducative");
  w.pass_and_expire(5 * kMinute);
  w.pass_and_expire(5 * kMinute);
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"on_call", "unit", "manager", "supervisors"});
}

TEST_CASE("where nobody is on call, that step is passed over") {
  Danger w(site_rules(), kSunday);
  w.arrive();
  w.pass_and_expire(5 * kMinute);
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"unit", "manager", "supervisors"});
}

TEST_CASE("what is due long ago is told at once, one step after the other") {
  Danger w;
  w.arrive();
  w.pass_and_expire(kHour);                      // the service stood still
  CHECK(w.steps() == Steps{"unit", "manager"});  // from here on, the next people get their time
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"unit", "manager", "supervisors"});
}

TEST_CASE("a human's acknowledgement ends the climb") {
  Danger w(with_on_call());
  const auto n = w.arrive();
  SECTION("by saying so") {
    done(w.apply(kRoubaix, Acknowledge{number(n)}));
    CHECK(code(w.apply(kRoubaixBob, Acknowledge{number(n)})) == Code::bad_state);
  }
  SECTION("by taking it") {
    w.take(n);
  }
  SECTION("a supervisor's") {
    done(w.apply(console("sophie", Role::supervisor), Acknowledge{number(n)}));
  }
  SECTION("of who is on call, out of hours, without being of the unit") {
    const Authority astrid = console("astrid", Role::agent, {"lille"});
    CHECK(code(w.apply(astrid, Acknowledge{number(n)})) == Code::not_found);  // in hours nobody is on call
    w.now.wall_ms = kSunday;
    done(w.apply(astrid, Acknowledge{number(n)}));
  }
  CHECK_FALSE(w.bannettes.find(n)->climb.acknowledged_by.empty());
  w.pass_and_expire(kDay);
  CHECK(w.steps() == Steps{"unit"});
}

TEST_CASE("neither a reservation nor a key without a person acknowledges") {
  Danger w;
  const auto n = w.arrive();
  SECTION("reserved, and the lease ends") {
    w.reserve(n);
  }
  SECTION("taken by software") {
    w.take(n, key_of("unit:roubaix"));
  }
  CHECK(code(w.apply(key_of("unit:roubaix"), Acknowledge{number(n)})) == Code::missing);
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"unit", "manager"});
}

TEST_CASE("in another bannette a danger begins to climb anew: those people have not seen it") {
  Danger w;
  const auto n = w.arrive();
  const auto fence = w.take(n);
  done(w.apply(kRoubaix, Return{number(n), fence, Why::wrong_territory}));
  CHECK(w.bannettes.find(n)->climb.acknowledged_by.empty());
  CHECK(w.steps() == Steps{"unit", "unit"});
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"unit", "unit", "manager"});
}

TEST_CASE("the wall clock moves no step; another boot keeps what the wall clock says is left") {
  Danger w;
  w.arrive();
  SECTION("jumps of an hour, ahead and back") {
    for (std::int64_t jump : {kHour, -2 * kHour}) {
      w.now.wall_ms += jump;
      w.expire();
    }
    CHECK(w.steps() == Steps{"unit"});
    w.pass_and_expire(5 * kMinute);
    CHECK(w.steps() == Steps{"unit", "manager"});
  }
  SECTION("another boot after three minutes") {
    w.now = {w.now.wall_ms + 3 * kMinute, 50, 8};
    Bannettes fresh(site_rules());
    fresh.restore(w.journal.back().after, w.now);
    fresh.restore_site(calendar_in_force());
    fresh.begin(w.journal.back().change.seq, 1, w.now);
    w.bannettes = std::move(fresh);
    w.pass_and_expire(2 * kMinute - 1);
    CHECK(w.steps() == Steps{"unit"});
    w.pass_and_expire(1);
    CHECK(w.steps() == Steps{"unit", "manager"});
  }
}

TEST_CASE("a danger is never merged away, and never closed by the clock") {
  Danger w;
  const auto n = w.arrive();
  const auto other = w.submit();
  const auto fence = w.take(n);
  CHECK(code(w.apply(kRoubaix, Merge{number(n), fence, number(other)})) == Code::in_danger);
  done(w.apply(kRoubaix, Handle{number(n), fence, Outcome::sent_to_partner}));
  w.pass_and_expire(400 * kDay);
  CHECK(w.state(n) == State::handled);
  CHECK(code(w.apply(key_of("unit:roubaix"), Close{number(n)})) == Code::in_danger);
  CHECK(done(w.apply(kRoubaix, Close{number(n)})).dossier.state == State::closed);
}

TEST_CASE("software alone does not end a danger that no person has seen") {
  Danger w;
  const auto n = w.arrive();
  const Authority software = key_of("unit:roubaix");
  const auto fence = w.take(n, software);
  CHECK(code(w.apply(software, Handle{number(n), fence})) == Code::in_danger);
  w.pass_and_expire(5 * kMinute);
  CHECK(w.steps() == Steps{"unit", "manager"});
  done(w.apply(kRoubaix, Acknowledge{number(n)}));
  CHECK(done(w.apply(software, Handle{number(n), fence})).dossier.state == State::handled);
}

TEST_CASE("a supervisor closes a handled danger whose unit is gone") {
  Danger w;
  const auto n = w.arrive();
  const auto fence = w.take(n);
  done(w.apply(kRoubaix, Handle{number(n), fence, Outcome::sent_to_partner}));
  CHECK(code(w.apply(kLille, Close{number(n)})) == Code::not_found);
  CHECK(done(w.apply(console("sophie", Role::supervisor), Close{number(n)})).dossier.state == State::closed);
}
