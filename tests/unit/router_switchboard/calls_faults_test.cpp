// calls.db when the disk fails, at every place where it can, and the desk while it is full.
#include <fstream>

#include <sqlite3.h>

#include "router/switchboard/calls_db.hpp"
#include "tests/journal/faulty_vfs.hpp"
#include "tests/unit/router_switchboard/calls_office.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace bannette::test;
using Operation = FaultyVfs::Operation;

namespace {

enum class Answer { kept, full, broken };

// All kinds of records of one call.
std::vector<CallRecord> batch(int which) {
  const std::string channel = "1." + std::to_string(which), id = "main:" + channel;
  const std::int64_t at = system::now().wall_ms;
  calls::CallbackChange change;
  change.entry = static_cast<std::uint64_t>(which);
  change.number = change.dialled = "+33320000001";
  change.at_ms = change.arrival_ms = at;
  calls::Call call;
  call.id = id;
  call.pbx = "main";
  call.announced = {at, 1};
  call.number = "0320000001";
  return {record_of(fact(Kind::announced, channel, at), id), record_of(fact(Kind::joined, channel, at), id),
          record_of(change), record_of(dossier(id, fresh_key(static_cast<std::uint8_t>(which)), 0)),
          record_of(call, 7)};
}

Answer try_append(CallsDb& db, const std::vector<CallRecord>& records) {
  try {
    const auto kept = db.append(records);
    db.tidy(true);
    return kept.has_value() ? Answer::kept : Answer::full;
  } catch (const sqlite::Error&) {
    return Answer::broken;
  }
}

struct Disk {
  CallsDbOptions options() const { return {folder.path, master(), "essai", vfs.name()}; }
  // The machine loses its power; what the next start finds.
  void cut(std::unique_ptr<CallsDb>& db, std::uint64_t seed = 0) {
    vfs.cut_power();
    db.reset();
    vfs.restore(seed);
    db = std::make_unique<CallsDb>(options());
  }
  Folder folder;
  FaultyVfs vfs;
};

// Fails the nth operation of one append, for each n until one needs fewer. Answers at how many places.
int at_every_place(Operation operation, int result, Answer expected) {
  for (int nth = 1; nth < 200; ++nth) {
    Disk disk;
    auto db = std::make_unique<CallsDb>(disk.options());
    REQUIRE(try_append(*db, batch(1)) == Answer::kept);
    disk.vfs.fail(operation, nth, result);
    const Answer answer = try_append(*db, batch(2));
    if (!disk.vfs.fired()) return nth - 1;
    INFO("operation " << nth);
    CHECK(answer == expected);
    disk.vfs.heal();
    if (expected == Answer::full) {
      CHECK(db->head().seq == 5);
      CHECK(try_append(*db, batch(2)) == Answer::kept);
      CHECK(db->head().seq == 10);
    }
    const std::uint64_t told = expected == Answer::full ? 10 : 5;
    disk.cut(db);
    CHECK(db->head().seq == told);
    CHECK(db->rows().open_links().size() == told / 5);
    CHECK(try_append(*db, batch(3)) == Answer::kept);
    db.reset();
    CHECK(findings(disk.folder.path) == 0);
  }
  FAIL("an append of five records does not take 200 operations");
  return 0;
}

}  // namespace

TEST_CASE("a full disk at any place of a commit refuses it, and the same records go through later") {
  CHECK(at_every_place(Operation::write, SQLITE_FULL, Answer::full) > 5);
}

TEST_CASE("any other error of the disk is thrown, and nothing of it was told as kept") {
  CHECK(at_every_place(Operation::write, SQLITE_IOERR_WRITE, Answer::broken) > 5);
  CHECK(at_every_place(Operation::sync, SQLITE_IOERR_FSYNC, Answer::broken) >= 1);
}

TEST_CASE("a cut of power loses no call that was told as kept") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    INFO("seed " << seed);
    Disk disk;
    auto db = std::make_unique<CallsDb>(disk.options());
    disk.vfs.fail(Operation::write, static_cast<int>(5 + seed * 11), SQLITE_IOERR_WRITE, true);
    std::uint64_t told = 0;
    for (int which = 1; try_append(*db, batch(which)) == Answer::kept; ++which) told = db->head().seq;
    disk.cut(db, seed);
    CHECK(db->head().seq >= told);
    for (std::uint64_t which = 1; which <= told / 5; ++which)
      CHECK(db->rows().find("main:1." + std::to_string(which))->call.number == "0320000001");
    db.reset();
    CHECK(findings(disk.folder.path) == 0);
  }
}

TEST_CASE("control: without syncs the cut does lose what was told as kept, and calls.head tells") {
  Disk disk;
  auto db = std::make_unique<CallsDb>(disk.options());
  REQUIRE(try_append(*db, batch(1)) == Answer::kept);
  disk.vfs.lie_about_syncs(true);
  REQUIRE(try_append(*db, batch(2)) == Answer::kept);
  CHECK_THROWS_AS(disk.cut(db), journal::Damaged);
}

TEST_CASE("the desk shows calls while the disk is full, refuses what it cannot keep, and goes on") {
  const Folder folder;
  FaultyVfs vfs;
  const fs::path filler = folder.path / "plein";
  vfs.full_while(filler);
  const std::int64_t t = system::now().wall_ms - 20'000;
  {
    const Office office(folder.path, small_site(), true, vfs.name());
    office.bind(kOlivier, "p1");
    std::ofstream(filler) << "x";
    office.talk("1.1", t);
    link(office, dossier("main:1.1", fresh_key(1), 0));  // answered, and not kept yet
    office.settled();
    CHECK(office.desk->health().disk_full);
    CHECK(office.now().calls(0).state() == "talking");
    CHECK(office.ask(qualifying("main:1.1", v1::CALL_OUTCOME_ANSWERED, fresh_key(2)), kOlivier)
              .error()
              .code() == "disk_full");
    CHECK(office.ask(getting("main:1.1"), kOlivier).call_shown().call().outcome().empty());
    fs::remove(filler);
    link(office, dossier("main:1.1", fresh_key(3), 5));
    office.settled();
    CHECK_FALSE(office.desk->health().disk_full);
    CHECK(office.desk->health().not_kept == 0);
    office.hang_up("1.1", t + 9'000);
    CHECK(office.ask(qualifying("main:1.1", v1::CALL_OUTCOME_ANSWERED, fresh_key(4)), kOlivier)
              .has_call_shown());
  }
  CHECK(findings(folder.path) == 0);
  const Office office(folder.path);
  const auto call = office.ask(getting("main:1.1"), kOlivier).call_shown().call();
  CHECK(call.now().state() == "qualified");
  CHECK(call.outcome() == "answered");
  CHECK(call.now().person() == "olivier");
  REQUIRE(call.now().dossiers_size() == 2);
  CHECK(call.now().dossiers(0) == make_reference(5));
  CHECK(call.now().dossiers(1).empty());  // the first one's is awaited
}
