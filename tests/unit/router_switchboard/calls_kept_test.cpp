// What the desk of calls still knows after a new start, a reload, years, and damage.
#include <algorithm>

#include "router/switchboard/calls_db.hpp"
#include "router/switchboard/danger_round.hpp"
#include "tests/unit/router_switchboard/calls_office.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace bannette::test;

namespace {

v1::Callbacks callbacks(const Office& office) {
  v1::Envelope list;
  list.mutable_list_callbacks();
  return office.ask(list, kOlivier).callbacks();
}

v1::Envelope acting(const std::string& callback, v1::CallbackAct act) {
  v1::Envelope question;
  question.mutable_settle_callback()->set_id(callback);
  question.mutable_settle_callback()->set_act(act);
  return question;
}

v1::Envelope hanging_up(const std::string& call) {
  v1::Envelope question;
  auto& event = *question.mutable_cti_event();
  event.set_pbx("annexe");
  event.set_kind(v1::CTI_KIND_HANGUP);
  event.set_call_id(call);
  event.set_cause("normalClearing");
  return question;
}

calls::Event of_pbx(Kind kind, std::int64_t at_ms) {
  calls::Event event;
  event.kind = kind;
  event.pbx = "main";
  event.at_ms = at_ms;
  return event;
}

}  // namespace

TEST_CASE("posts that telephone each other do not hold retention up") {
  const Folder folder;
  const std::int64_t old = system::now().wall_ms - 40 * kDayMs;
  auto site = small_site();
  site->keep_ms = 30 * kDayMs;
  {
    const Office office(folder.path);
    calls::Event rings = fact(Kind::announced, "1.7", old),
                 over = fact(Kind::channel_gone, "1.7", old + 5'000);
    rings.channel = "PJSIP/1001-00000003";
    rings.queue.clear();
    office.tell({rings, over});
    office.settled();
  }
  const Office again(folder.path, site);  // forgets at its start
  again.settled();
  sqlite::Database db(folder.path / "calls.db", sqlite::Database::Mode::read_only);
  CHECK(CallsRows::meta(db).erased_before_day >= day_number(old) + 10);
}

TEST_CASE("what the webhook repeats after a new start changes nothing of a call that is over") {
  const Folder folder;
  const std::int64_t t = system::now().wall_ms - 2 * 3'600'000;
  const Uuid key = fresh_key();
  {
    const Office office(folder.path);
    auto events = std::vector{fact(Kind::announced, "1.1", t), fact(Kind::joined, "1.1", t + 100),
                              at_post(Kind::ringing, "1.1", "41", t + 200),
                              at_post(Kind::connected, "1.1", "41", t + 3'000),
                              at_post(Kind::completed, "1.1", "41", t + 9'000)};
    for (auto& each : events) {
      each.pbx = "annexe";
      each.from_call_class = false;
    }
    office.tell(events);
    link(office, dossier("annexe:1.1", key, 5));
  }
  {
    const Office over(folder.path);
  }  // its time has passed: it is a call that is over now
  const Office office(folder.path);
  CHECK(office.desk->health().open_calls == 0);
  CHECK_FALSE(office.ask(hanging_up("1.1"), kConsole).cti_taken().changed());
  const auto call = office.ask(getting("annexe:1.1"), kSophie).call_shown().call();
  CHECK(call.now().state() == "qualified");
  REQUIRE(call.now().dossiers_size() == 1);
  CHECK(office.desk->health().open_calls == 0);
}

TEST_CASE("an answer that comes after a reload is about the post that was asked for") {
  const Folder folder;
  const Office office(folder.path);
  office.bind(kOlivier, "p1");
  office.orders->waits = true;
  v1::Envelope dial;
  dial.mutable_dial_number()->set_number("0320000001");
  std::promise<v1::Envelope> answer;
  office.desk->ask(dial, kOlivier, [&](v1::Envelope&& reply) { answer.set_value(std::move(reply)); });
  office.settled();
  auto other = small_site();
  other->pbxs.clear();
  other->posts.clear();
  office.desk->use(other);  // the PBX is gone, and answers what waits
  const auto reply = answer.get_future().get();
  CHECK(reply.dialled().post() == "p1");
  CHECK(reply.dialled().number() == "0320000001");
}

TEST_CASE("a PBX that is not up is joined anew at a reload, one that is stays") {
  const Folder folder;
  const Office office(folder.path);
  office.settled();
  CHECK(office.orders->made == 1);
  office.desk->use(small_site());
  office.settled();
  CHECK(office.orders->made == 1);
  office.orders->up = false;  // its secret was wrong, and is mended
  office.desk->use(small_site());
  office.settled();
  CHECK(office.orders->made == 2);
}

TEST_CASE("who calls again and again is called back, however long ago they began") {
  const Folder folder;
  const std::int64_t now = system::now().wall_ms;
  auto site = small_site();
  site->keep_ms = 60 * kDayMs;
  const auto called = [&](calls::CallbackChange::What what, std::uint64_t entry, std::int64_t days) {
    calls::CallbackChange change;
    change.what = what;
    change.entry = entry;
    change.number = change.dialled = "+3332000000" + std::to_string(entry);
    change.call = "main:" + std::to_string(days);
    change.at_ms = change.arrival_ms = now - days * kDayMs;
    return record_of(change);
  };
  {
    using What = calls::CallbackChange::What;
    CallsDb db({folder.path, master(), "essai"});
    const std::vector<CallRecord> batch{called(What::opened, 1, 90), called(What::called_again, 1, 45),
                                        called(What::opened, 2, 40), called(What::called_again, 1, 20),
                                        called(What::called_again, 2, 19)};
    REQUIRE(db.append(batch).has_value());
    REQUIRE(db.forget_before(now - site->keep_ms).value() == 1);  // how the first began
  }
  const Office office(folder.path, site);
  const auto listed = callbacks(office);
  REQUIRE(listed.items_size() == 2);
  CHECK(listed.items(0).attempts() == 2);
  CHECK(listed.items(1).attempts() == 2);
  CHECK(listed.items(0).last_ms() + listed.items(1).last_ms() == 2 * now - 39 * kDayMs);
}

TEST_CASE("a request that was discarded is awaited no longer, and not after a new start") {
  const Folder folder;
  const Uuid key = fresh_key();
  {
    const Office office(folder.path);
    office.bind(kOlivier, "p1");
    office.talk("1.1", system::now().wall_ms - 10'000);
    link(office, dossier("main:1.1", key, 0));
    CHECK(office.now().calls(0).dossiers_size() == 1);
    office.desk->resolve(key, 0);
    CHECK(office.now().calls(0).dossiers_size() == 0);
  }
  const Office office(folder.path);
  CHECK(office.now().calls(0).dossiers_size() == 0);
}

TEST_CASE("a call whose end the PBX's lists told is over after a new start too") {
  const Folder folder;
  const std::int64_t t = system::now().wall_ms - 20'000;
  const auto state = [](const Office& office, const char* call) {
    return office.ask(getting(call), kSophie).call_shown().call().now().state();
  };
  {
    const Office office(folder.path);
    office.bind(kOlivier, "p1");
    office.talk("1.1", t);
    office.talk("1.2", t);
    office.hang_up("1.2", t + 5'000);
    office.talk("1.3", t);
    calls::Event there = fact(Kind::snapshot_channel, "1.3", t + 9'100);
    there.queue.clear();
    there.reason = "Echo";
    office.tell({of_pbx(Kind::pbx_down, t + 9'000), of_pbx(Kind::pbx_up, t + 9'050),
                 of_pbx(Kind::snapshot_begin, t + 9'060), there, of_pbx(Kind::snapshot_end, t + 9'200)});
    CHECK(state(office, "main:1.1") == "wrap_up");
    CHECK(state(office, "main:1.3") == "talking");
  }
  const Office office(folder.path);
  CHECK(state(office, "main:1.1") == "wrap_up");
  CHECK(state(office, "main:1.3") == "talking");
}

TEST_CASE("a record that cannot be read is refused and counted, and the others are there") {
  const Folder folder;
  const std::int64_t t = system::now().wall_ms - 3 * kDayMs, damaged = t - 2 * kDayMs;
  {
    const Office office(folder.path);
    office.tell(abandoned("1.1", damaged));
    office.tell(abandoned("1.2", t));
    calls::Event seat = of_pbx(Kind::bound, damaged);
    seat.post = "PJSIP/1001";
    seat.name = "olivier";
    office.tell({seat});
    CHECK(office.now().posts(0).person() == "olivier");
  }
  {
    const Office over(folder.path);
  }  // both calls are over now
  sqlite::Database(folder.path / "calls.db", sqlite::Database::Mode::read_write)
      .exec(("DELETE FROM day_key WHERE day = " + std::to_string(day_number(damaged))).c_str());
  CHECK(findings(folder.path) > 0);
  const Office office(folder.path);
  const auto before = office.desk->health().damaged;
  CHECK(before > 0);
  CHECK(office.ask(getting("main:1.1"), kSophie).error().code() == "unavailable");
  CHECK(office.ask(getting("main:1.2"), kSophie).call_shown().call().now().state() == "abandoned");
  v1::Envelope list;
  list.mutable_list_calls();
  const auto listed = office.ask(list, kSophie).calls();
  REQUIRE(listed.items_size() == 1);
  CHECK(listed.items(0).now().id() == "main:1.2");
  CHECK(callbacks(office).items_size() == 2);
}

TEST_CASE("a post that does not take its call up gives the callback back") {
  const Folder folder;
  const Office office(folder.path);
  office.tell(abandoned("1.2", system::now().wall_ms - 20'000));
  const std::string id = callbacks(office).items(0).id();
  office.bind(kOlivier, "p1");
  office.bind(kOdile, "p2");
  CHECK(office.ask(acting(id, v1::CALLBACK_ACT_DIAL), kOlivier).callback_settled().callback().state() ==
        "locked");
  office.orders->missed();  // the desk waits for a question: nothing runs beside
  CHECK(callbacks(office).items(0).state() == "waiting");
  CHECK(office.ask(acting(id, v1::CALLBACK_ACT_DIAL), kOdile).callback_settled().callback().state() ==
        "locked");
}

TEST_CASE("the danger of all who wait is asked for again, some at a time") {
  calls::Callbacks list;
  const std::int64_t now = 1'773'738'000'000;
  for (int i = 0; i < 20; ++i)
    (void)list.missed({"c" + std::to_string(i), "03200001" + std::to_string(10 + i), "accueil",
                       calls::MissedAs::abandoned, now + i},
                      now + i);
  std::vector<std::string> asked;
  DangerRound whole;
  for (int tick = 0; tick < 10; ++tick) {
    const auto some = whole.due(list, now + 500 * tick);
    CHECK(some.size() <= DangerRound::at_once);
    asked.insert(asked.end(), some.begin(), some.end());
  }
  REQUIRE(asked.size() == 20);
  CHECK(asked.front() == "+33320000110");
  std::ranges::sort(asked);
  CHECK(std::ranges::adjacent_find(asked) == asked.end());
  CHECK(whole.due(list, now + DangerRound::each_ms - 1).empty());
  CHECK(whole.due(list, now + DangerRound::each_ms).size() == 8);
}
