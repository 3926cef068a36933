#include "queue/core/authority.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;

TEST_CASE("principals: four forms, nothing else") {
  CHECK(authority_of("router")->kind == Authority::Kind::router);
  CHECK(authority_of("console")->kind == Authority::Kind::console);
  CHECK(authority_of("unit:utpas-roubaix-est")->kind == Authority::Kind::unit);
  CHECK(authority_of("service:mdie")->kind == Authority::Kind::unit);
  for (const char* bad : {"", "unit:", "service:", "unit:a/b", "unit:Roubaix", "unit:a b", "Router", "admin",
                          "units:a", "unit:a\n", "unit:é"})
    CHECK_FALSE(authority_of(bad));
  CHECK(authority_of("unit:" + std::string(64, 'a')));
  CHECK_FALSE(authority_of("unit:" + std::string(65, 'a')));
}

TEST_CASE("who may do what in a unit's bannette") {
  struct Row {
    const char* who;
    Authority authority;
    bool submit, work, list, find, count;  // work and list: in roubaix/enfance
  };
  const Row rows[] = {
      {"the unit's key", kRoubaix, true, true, true, false, true},
      {"another unit's key", kLille, true, false, false, false, true},
      {"a service's key", key_of("service:mdie"), true, false, false, false, true},
      {"a unit whose name begins alike", key_of("unit:roub"), true, false, false, false, true},
      {"the router", kRouter, true, false, false, true, false},
      {"the console, nobody logged in", *authority_of("console"), false, false, true, false, true},
      {"its agent", console("a", Role::agent, {"roubaix"}), false, true, true, false, true},
      {"its manager", console("m", Role::manager, {"roubaix"}), false, true, true, false, true},
      {"another's agent", console("l", Role::agent, {"lille"}), false, false, false, false, true},
      {"an agent without a unit", console("n", Role::agent), false, false, false, false, true},
      {"an operator", console("o", Role::operator_), true, false, false, true, true},
      {"an operator who claims the unit", console("o", Role::operator_, {"roubaix"}), true, false, false,
       true, true},
      {"a supervisor", console("s", Role::supervisor), true, false, true, true, true},
      {"an administrator", console("d", Role::admin), false, false, true, false, true},
      {"an auditor", console("u", Role::auditor), false, false, true, false, true}};
  for (const Row& row : rows) {
    CAPTURE(row.who);
    CHECK(may_submit(row.authority) == row.submit);
    CHECK(may_work(row.authority, "roubaix/enfance") == row.work);
    CHECK(may_list(row.authority, "roubaix/enfance") == row.list);
    CHECK(may_find(row.authority) == row.find);
    CHECK(may_count(row.authority) == row.count);
  }
  CHECK(may_work(key_of("service:mdie"), "service:mdie"));
  CHECK_FALSE(may_work(key_of("unit:mdie"), "service:mdie"));
  CHECK(may_work(console("x", Role::agent, {"service:mdie"}), "service:mdie"));
}

TEST_CASE("a dossier of another unit and one that does not exist get the same answer") {
  World w;
  const auto theirs = w.submit("lille/enfance");
  const auto fence = w.reserve(theirs, kLille);
  Target by_id;
  by_id.id = w.bannettes.find(theirs)->id;
  Target wrong_id = by_id;
  wrong_id.id->bytes[0] ^= 1;
  const Refusal nowhere = refusal(w.apply(kRoubaix, Reserve{number(4'711)}));
  CHECK(nowhere.code == Code::not_found);
  for (const Target& target : {number(theirs), by_id, wrong_id, number(0)}) {
    CHECK(refusal(w.apply(kRoubaix, Reserve{target})) == nowhere);
    CHECK(refusal(w.apply(kRoubaix, Take{target})) == nowhere);
    CHECK(refusal(w.apply(kRoubaix, Renew{target, fence})) == nowhere);
    CHECK(refusal(w.apply(kRoubaix, Release{target, fence})) == nowhere);
    CHECK(refusal(w.apply(kRoubaix, Accept{target, fence})) == nowhere);
    CHECK(refusal(w.apply(kRoubaix, AddNote{target, fence})) == nowhere);
    CHECK(refusal(w.apply(kRoubaix, Handle{target, fence, Outcome::answered})) == nowhere);
  }
  CHECK(w.bannettes.find(theirs)->holder == "unit:lille/chloe");
}

TEST_CASE("a unit's key never sees another unit's: no tray, no next") {
  World w;
  w.submit("lille/enfance", Urgency::immediate);
  w.submit("standard");
  w.submit("service:mdie");
  CHECK(w.bannettes.tray(kRoubaix, {}, 100).value().items.empty());
  CHECK(w.bannettes.tray(kRoubaix, {}, 100).value().total == 0);
  CHECK(code(w.apply(kRoubaix, Take{next_of()})) == Code::nothing_waiting);

  const Refusal unknown = w.bannettes.tray(kRoubaix, {"nulle/part"}, 100).error();
  const Refusal foreign = w.bannettes.tray(kRoubaix, {"lille/enfance"}, 100).error();
  CHECK(unknown.code == Code::unknown_bannette);
  CHECK(foreign.code == unknown.code);
  CHECK(foreign.field == unknown.field);
  CHECK(code(w.apply(kRoubaix, Take{next_of({"roubaix/pmi", "lille/enfance"})})) == Code::unknown_bannette);
}

TEST_CASE("labels: the person, the unit's person, or the key") {
  CHECK(label(kRouter) == "router");
  CHECK(label(key_of("unit:roubaix")) == "unit:roubaix");
  CHECK(label(kRoubaix) == "unit:roubaix/alice");
  CHECK(label(console("alice", Role::agent, {"roubaix"})) == "alice");
}

TEST_CASE("a person on the console and a unit's software are two holders, even of one name") {
  World w;
  const auto n = w.submit();
  const auto fence = w.reserve(n, kRoubaix);
  CHECK(code(w.apply(console("alice", Role::agent, {"roubaix"}), Accept{number(n), fence})) ==
        Code::held_by_other);
}

namespace {

// Reserved and given back by so many made-up names.
void names(World& w, std::uint64_t n, std::string_view principal, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    const Authority who = key_of(principal, "nom" + std::to_string(i));
    const auto fence = w.reserve(n, who);
    done(w.apply(who, Release{number(n), fence}));
  }
}

}  // namespace

TEST_CASE("a unit's key that makes up names takes its own share of them, and no other's") {
  World w;
  const auto n = w.submit("roubaix/enfance");
  const auto elsewhere = w.submit("lille/enfance");
  const auto danger = w.submit("roubaix/enfance", Urgency::urgent, "sans-delai", true);
  names(w, n, "unit:roubaix", 0, limits::people_of_unit);
  const auto refused = w.apply(key_of("unit:roubaix", "un-de-trop"), Reserve{number(n)});
  CHECK(code(refused) == Code::busy);
  CHECK(refusal(refused).field == "actor");
  CHECK(refusal(refused).detail.find("2000 noms") != std::string::npos);
  CHECK(code(w.apply(key_of("unit:roubaix", "un-de-trop"), Take{number(n)})) == Code::busy);
  // Its known names go on, others' new ones too, and a danger is acknowledged by whoever is there.
  const auto fence = w.reserve(n, key_of("unit:roubaix", "nom7"));
  names(w, elsewhere, "unit:lille", 0, 1);
  done(w.apply(key_of("unit:roubaix", "un-de-trop"), Acknowledge{number(danger)}));
  CHECK(w.bannettes.find(danger)->climb.acknowledged_by == "unit:roubaix/un-de-trop");
  const Authority console_agent = console("camille", Role::agent, {"roubaix"});
  CHECK(code(w.apply(console_agent, Reserve{number(n)})) == Code::held_by_other);
  w.take(danger, console_agent);
  // Nor by giving dossiers to made-up people.
  Authority head = key_of("unit:roubaix", "nom7");
  head.person->role = Role::manager;
  const auto given = w.apply(head, Reassign{number(n), fence, "unit:roubaix/encore-un", Why::absence});
  CHECK(code(given) == Code::busy);
  CHECK(refusal(given).field == "to");
  for (const char* name : {"quelqu-un", "unit:lille/chloe", "unit:roubaixx/alice", ""})
    CHECK(code(w.apply(head, Reassign{number(n), fence, name, Why::absence})) ==
          (*name == 0 ? Code::missing : Code::forbidden));
  done(w.apply(head, Reassign{number(n), fence, "unit:roubaix/nom8", Why::absence}));
}

TEST_CASE("the names that a restart finds count for their unit again") {
  World w;
  Bannettes fresh(site_rules());
  fresh.restore_site(calendar_in_force());
  Dossier d = *[&] {
    const auto n = w.submit("roubaix/enfance");
    w.take(n, key_of("unit:roubaix", "nom"));
    return w.bannettes.find(n);
  }();
  for (std::size_t i = 0; i < limits::people_of_unit; ++i) {
    d.number = i + 1;
    d.holder = "unit:roubaix/nom" + std::to_string(i);
    fresh.restore(d, w.now);
  }
  fresh.begin(w.bannettes.last_seq(), limits::people_of_unit, w.now);
  w.bannettes = std::move(fresh);
  const auto n = w.submit("roubaix/enfance");
  CHECK(code(w.apply(key_of("unit:roubaix", "un-de-trop"), Take{number(n)})) == Code::busy);
  w.take(n, key_of("unit:roubaix", "nom3"));
}

TEST_CASE("one unit's delegations leave room for the others'") {
  World w;
  const auto away = [&](const std::string& principal, std::size_t i) {
    const Authority who = key_of(principal, "nom" + std::to_string(i));
    return w.apply(who, Delegate{label(who), principal + "/autre", 0, w.now.wall_ms + kDay});
  };
  for (std::size_t i = 0; i < limits::delegations_of_unit; ++i) done(away("unit:roubaix", i));
  CHECK(code(away("unit:roubaix", limits::delegations_of_unit)) == Code::busy);
  done(away("unit:roubaix", 3));  // an own one anew
  done(away("unit:lille", 0));
}
