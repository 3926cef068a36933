// The journal of calls: sealed, chained, erased by retention, and damage is found.
#include "router/switchboard/calls_db.hpp"

#include <fstream>
#include <iterator>

#include "router/calls/ledger.hpp"
#include "router/telephony/leg_json.hpp"
#include "tests/unit/router_switchboard/calls_office.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace bannette::test;

TEST_CASE("numbers are sealed, and erased by retention; figures, legs and the chain stay") {
  const Folder folder;
  const std::int64_t old = system::now().wall_ms - 40 * kDayMs, fresh = system::now().wall_ms;
  const auto over = [](const std::string& id, std::int64_t at_ms) {
    calls::Call call;
    call.id = id;
    call.pbx = "main";
    call.number = "+33320987654";
    call.announced = {at_ms, 1};
    call.legs.emplace_back().queue = "accueil";
    call.legs.back().number = call.number;
    return record_of(call, 77);
  };
  {
    CallsDb db({folder.path, master(), "essai"});
    const std::vector<CallRecord> batch{record_of(fact(Kind::announced, "1.1", old), "main:1.1"),
                                        over("main:1.1", old), over("main:2.2", fresh)};
    REQUIRE(db.append(batch).has_value());
    std::ifstream in(folder.path / "calls.db-wal", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    CHECK(bytes.find("main:1.1") != std::string::npos);
    CHECK(bytes.find("320987654") == std::string::npos);
    CHECK(db.rows().find("main:1.1")->call.number == "+33320987654");
    CHECK(db.forget_before(fresh - 30 * kDayMs).value() == 1);
    CHECK(db.forget_before(fresh - 30 * kDayMs).value() == 0);
    const auto kept = db.rows().find("main:1.1");
    CHECK(kept->call.number.empty());
    CHECK(kept->caller == 77);
    CHECK(kept->call.legs.front().queue == "accueil");
    CHECK(db.rows().find("main:2.2")->call.number == "+33320987654");
    CHECK(db.rows().calls_of(77, "main:2.2") == 1);
  }
  CHECK(findings(folder.path) == 0);
  CallsDb again({folder.path, master(), "essai"});
  CHECK(again.head().seq == 3);
  CHECK_THROWS_AS(CallsDb({folder.path, seal::random_key(), "essai"}), journal::CannotOpen);
  CHECK_THROWS_AS(CallsDb({folder.path, master(), "autre"}), journal::CannotOpen);
}

TEST_CASE("a changed byte and a lost end are found at the start, and by the check") {
  const Folder folder;
  {
    CallsDb db({folder.path, master(), "essai"});
    std::vector<CallRecord> batch;
    for (int i = 0; i < 50; ++i)
      batch.push_back(
          record_of(fact(Kind::announced, "1." + std::to_string(i), system::now().wall_ms), "main:x"));
    REQUIRE(db.append(batch).has_value());
    db.sync_head();
  }
  CHECK(findings(folder.path) == 0);
  SECTION("changed") {
    sqlite::Database db(folder.path / "calls.db", sqlite::Database::Mode::read_write);
    db.exec("DROP TRIGGER record_is_never_changed; UPDATE record SET day = day + 1 WHERE seq = 20");
  }
  SECTION("lost") {
    sqlite::Database db(folder.path / "calls.db", sqlite::Database::Mode::read_write);
    db.exec("DROP TRIGGER record_is_never_deleted; DELETE FROM record WHERE seq > 40");
  }
  CHECK(findings(folder.path) > 0);
  CHECK_THROWS_AS(CallsDb({folder.path, master(), "essai"}), journal::Damaged);
}

TEST_CASE("a fact, a callback's change and a call are read again as they were") {
  calls::Event event = at_post(Kind::completed, "1.1", "PJSIP/1001", 1'773'738'000'000);
  event.reason = "caller";
  event.place = "from-trunk,0320,1";
  event.name = "DUPONT \xff";  // no UTF-8
  event.timed = false;
  event.stamped = event.withheld = true;
  event.ring_ms = event.hold_s = event.talk_s = 7;
  event.cause = event.position = event.status = 3;
  event.paused = 1;
  CHECK(event_of(record_of(event, "main:1.1").hidden) == event);

  calls::CallbackChange change;
  change.what = calls::CallbackChange::What::ended;
  change.at_ms = change.arrival_ms = change.until_ms = 5;
  change.entry = 9;
  change.number = change.dialled = "+33320987654";
  change.call = change.queue = change.post = change.person = change.reason = "x";
  change.danger = true;
  change.as = calls::MissedAs::overflowed;
  change.end = calls::CallbackEnd::given_up;
  CHECK(callback_of(record_of(change).hidden) == change);

  calls::Ledger ledger;
  for (const auto& each : {fact(Kind::announced, "1.1", 1'000), fact(Kind::joined, "1.1", 2'000),
                           at_post(Kind::ringing, "1.1", "PJSIP/1001", 3'000),
                           at_post(Kind::ring_ended, "1.1", "PJSIP/1001", 9'000),
                           at_post(Kind::ringing, "1.1", "PJSIP/1002", 9'100),
                           at_post(Kind::connected, "1.1", "PJSIP/1002", 11'000),
                           at_post(Kind::completed, "1.1", "PJSIP/1002", 61'000)})
    (void)ledger.apply(each);
  ledger.close(70'000);
  const auto call = ledger.take_finished().at(0);
  const CallRecord record = record_of(call, 77);
  const auto again = call_of(record.clear, record.hidden);
  REQUIRE(again);
  CHECK(again->caller == 77);
  CHECK(again->call.state == call.state);
  CHECK(again->call.number == call.number);
  CHECK(telephony::leg_json(again->call.legs.at(0), call.id) ==
        telephony::leg_json(call.legs.at(0), call.id));
  const auto erased = call_of(record.clear, "");
  REQUIRE(erased);
  CHECK(erased->call.number.empty());
  CHECK(erased->call.legs.at(0).wait_ms() == call.legs.at(0).wait_ms());
}
