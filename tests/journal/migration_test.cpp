// From version 1 of the tables to version 2, cut at every place: afterwards the file opens, and nothing is
// lost.
#include <sstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "agent-console/cli/check_data.hpp"
#include "agent-console/cli/export.hpp"
#include "queue/journal/master_key.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using Operation = FaultyVfs::Operation;

namespace {

struct OldFile {
  OldFile() {
    const auto kept = std::filesystem::path(BANNETTE_SOURCE_DIR) / "tests/journal/fixtures/v1";
    for (const char* name : {"queue.db", "queue.head", "master.key"})
      std::filesystem::copy_file(kept / name, folder.path() / name);
    REQUIRE(::chmod((folder.path() / "master.key").c_str(), 0600) == 0);
    lines = slurp(kept / "export.jsonl");
    options = {site, seal::load_master_key(folder.path()), vfs.name()};
    options.wal_reserve_bytes = 64 * 1024;
    options.ballast_bytes = 0;
  }
  std::unique_ptr<journal::Journal> open() { return journal::open_sqlite(folder.path(), options); }
  void is_whole() {
    const auto journal = open();
    CHECK(journal->head().seq == 23);
    CHECK(journal->last_number() == 13);
    CHECK(ask(folder.path(), "SELECT CAST(version AS TEXT) FROM meta") == "2");
    CHECK(ask(folder.path(), "PRAGMA integrity_check") == "ok");
    std::ostringstream out, err;
    CHECK(console::run_export(folder.path(), out, err) == 0);
    CHECK(out.str() == lines);
    journal->append(std::vector{site_change()});
    CHECK(journal->by_contact(canary_phone, 10) == std::vector<std::uint64_t>{1});
  }
  static journal::Entry site_change() {
    Story story;
    for (int i = 0; i < 23; ++i) story.of_site();
    story.site_seq = 0;
    return story.of_site();
  }

  Folder folder;
  FaultyVfs vfs;
  journal::Options options;
  std::string lines;
};

}  // namespace

TEST_CASE("An I/O error, or a cut of power, at any place of the migration") {
  for (const auto operation : {Operation::write, Operation::sync}) {
    int places = 0;
    for (int nth = 1; nth < 200; ++nth) {
      OldFile old;
      old.vfs.fail(operation, nth, operation == Operation::write ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC,
                   true);
      try {
        (void)old.open();
      } catch (const journal::Broken&) {
      }
      if (!old.vfs.fired()) break;
      ++places;
      INFO("operation " << nth);
      old.vfs.cut_power();
      old.vfs.restore(static_cast<std::uint64_t>(nth % 4));
      old.is_whole();
    }
    CHECK(places >= (operation == Operation::write ? 15 : 3));
  }
}

TEST_CASE("A full disk at any place of the migration is told, and it goes through later") {
  int places = 0, told = 0;
  for (int nth = 1; nth < 200; ++nth) {
    OldFile old;
    old.vfs.fail(Operation::write, nth, SQLITE_FULL, true);
    try {
      (void)old.open();
    } catch (const journal::DiskFull&) {
      ++told;
    }
    if (!old.vfs.fired()) break;
    ++places;
    old.vfs.heal();
    INFO("write " << nth);
    old.is_whole();
  }
  CHECK(places >= 15);
  CHECK(told >= 10);
}

TEST_CASE("kill -9 at any write of the migration") {
  int places = 0;
  for (int nth = 1; nth < 200; ++nth) {
    OldFile old;
    old.vfs.kill(Operation::write, nth);
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        (void)old.open();
      } catch (...) {
        ::_exit(2);
      }
      ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    old.vfs.heal();
    INFO("write " << nth);
    old.is_whole();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) break;
    REQUIRE(WIFSIGNALED(status));
    ++places;
  }
  CHECK(places >= 15);
}

TEST_CASE("A dossier's row that cannot be read stops the migration, and nothing is changed") {
  OldFile old;
  tamper(old.folder.path(), "PRAGMA ignore_check_constraints=1; UPDATE dossier SET id=x'00' WHERE number=4");
  CHECK_THROWS_AS(old.open(), journal::Damaged);
  CHECK_THROWS_WITH(old.open(), Catch::Contains("dossier n° 4"));
  CHECK(ask(old.folder.path(), "SELECT CAST(version AS TEXT) FROM meta") == "1");
}

TEST_CASE("After the migration the tables are those of a new file") {
  OldFile old;
  (void)old.open();
  SqliteEngine engine;
  (void)engine.open();
  for (const std::string table : {"record", "dossier_key", "contact", "erasure"})
    CHECK(ask(old.folder.path(), "SELECT sql FROM sqlite_schema WHERE name='" + table + "'") ==
          ask(engine.folder.path(), "SELECT sql FROM sqlite_schema WHERE name='" + table + "'"));
  CHECK_THROWS_AS(tamper(old.folder.path(), "UPDATE dossier SET state=8 WHERE number=1"), std::runtime_error);
  CHECK_THROWS_AS(tamper(old.folder.path(), "INSERT INTO record VALUES(900,-1,x'',x'',zeroblob(32))"),
                  std::runtime_error);
}
