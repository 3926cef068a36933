// The journal of calls: sealed, chained, erased by retention, and damage is found.
#include "router/service/calls_db.hpp"

#include <fstream>
#include <iterator>

#include "tests/unit/router_service/calls_office.hpp"

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
