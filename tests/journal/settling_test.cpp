// The tables derived from records are written apart from the commits: whatever is cut, and wherever, a reader
// sees what the records say.
#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "queue/journal/reader.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using Operation = FaultyVfs::Operation;

namespace {

void same_dossiers(journal::Journal& journal, const Story& story) {
  std::vector<Dossier> loaded;
  journal.load([&](const Dossier& one) { loaded.push_back(one); }, 0, [](const Change&) {},
               [](const Change&) {});
  REQUIRE(loaded.size() == story.dossiers.size());
  for (const Dossier& one : loaded) {
    CHECK(one == story.dossiers.at(one.number));
    CHECK(journal.dossier(one.number) == one);
  }
}

std::vector<std::uint64_t> with_phone(const Story& story) {
  std::vector<std::uint64_t> numbers;
  for (auto at = story.histories.rbegin(); at != story.histories.rend(); ++at)
    if (at->second.front().contact == canary_phone) numbers.push_back(at->first);
  return numbers;
}

void same(journal::Journal& journal, const Story& story) {
  same_dossiers(journal, story);
  CHECK(journal.by_contact(canary_phone, 100'000) == with_phone(story));
}

std::string rows(const SqliteEngine& engine, const char* table) {
  return ask(engine.folder.path(), std::string("SELECT CAST(count(*) AS TEXT) FROM ") + table);
}

}  // namespace

TEST_CASE("A commit writes records and keys alone; what is derived follows when it is quiet") {
  SqliteEngine engine;
  Story story;
  auto journal = engine.open();
  journal->append(std::vector{story.submit("un", canary_phone), story.submit("deux"),
                              story.change(1, ChangeKind::taken), story.of_site()});
  CHECK(rows(engine, "dossier") == "0");
  CHECK(rows(engine, "contact") == "0");
  same(*journal, story);
  CHECK_FALSE(journal->tidy(journal::Pause::none));
  CHECK_FALSE(journal->tidy(journal::Pause::brief));
  CHECK(rows(engine, "dossier") == "0");
  settle(*journal);
  CHECK(rows(engine, "dossier") == "2");
  CHECK(rows(engine, "contact") == "1");
  CHECK(ask(engine.folder.path(), "SELECT settled_seq||' '||site_seq FROM meta") == "4 4");
  same(*journal, story);
  journal.reset();
  same(*engine.open(), story);
}

TEST_CASE("Beyond the bound it is written between commits, and by who never tidies") {
  SqliteEngine engine;
  engine.options.pending_dossiers = 50;
  const bool by_changes = GENERATE(false, true);
  if (by_changes) engine.options = {site, engine.options.master, engine.options.vfs};
  if (by_changes) engine.options.pending_records = 100;
  const bool tidies = GENERATE(false, true);
  Story story;
  auto journal = engine.open();
  std::uint64_t behind_most = 0;
  for (int i = 0; i < 60; ++i) {
    journal->append(story.walk(20));
    if (tidies) journal->tidy(journal::Pause::none);
    const std::string settled = ask(engine.folder.path(), "SELECT CAST(settled_seq AS TEXT) FROM meta");
    behind_most = std::max<std::uint64_t>(behind_most, journal->head().seq - std::stoull(settled));
  }
  CHECK(behind_most < 800);
  CHECK(behind_most > 50);
  same(*journal, story);
}

TEST_CASE("Steps of a round with commits, changes and erasures between them") {
  SqliteEngine engine;
  engine.options.pending_dossiers = 400;
  Story story(3);
  auto journal = engine.open();
  for (int i = 0; i < 5; ++i) journal->append(story.walk(400));
  REQUIRE(journal->tidy(journal::Pause::brief));  // 256 rows, and there are more
  const std::uint64_t pending_one = with_phone(story).front();
  journal->append(story.walk(100));
  same(*journal, story);
  journal->erase(pending_one);
  REQUIRE(journal->tidy(journal::Pause::brief));
  same_dossiers(*journal, story);
  settle(*journal);
  same_dossiers(*journal, story);
  auto left = with_phone(story);
  std::erase(left, pending_one);
  CHECK(journal->by_contact(canary_phone, 100'000) == left);
  CHECK(rows(engine, "contact") == std::to_string(left.size()));
  journal.reset();
  journal = engine.open();
  same_dossiers(*journal, story);
  CHECK(journal->by_contact(canary_phone, 100'000) == left);
}

TEST_CASE(
    "A cut at every write and every sync of a round loses nothing, and the next start goes on from there") {
  for (const auto operation : {Operation::write, Operation::sync}) {
    int places = 0;
    for (int nth = 1; nth < 200; ++nth) {
      SqliteEngine engine;
      engine.options.pending_dossiers = 300;
      // A round by itself syncs nothing, what copies the log does.
      engine.options.wal_soft_bytes = operation == Operation::sync || nth % 2 == 0 ? 1 : 1LL << 40;
      Story story(static_cast<std::uint64_t>(nth));
      auto journal = engine.open();
      journal->append(story.walk(700));
      settle(*journal);
      journal->append(story.walk(700));
      engine.vfs.fail(operation, nth, operation == Operation::write ? SQLITE_IOERR_WRITE : SQLITE_IOERR_FSYNC,
                      true);
      bool broken = false;
      try {
        settle(*journal);
      } catch (const journal::Broken&) {
        broken = true;
        CHECK_THROWS_AS(journal->tidy(journal::Pause::lasting), journal::Broken);
        CHECK_THROWS_AS(journal->append(story.walk(1)), journal::Broken);
        story = Story(static_cast<std::uint64_t>(nth));
        story.walk(700), story.walk(700);
      }
      CHECK(broken == engine.vfs.fired());
      if (!engine.vfs.fired()) break;
      ++places;
      INFO("operation " << nth);
      engine.crash(journal, static_cast<std::uint64_t>(nth));
      journal = engine.open();
      REQUIRE(journal->head().seq == 1'400);
      same(*journal, story);
      settle(*journal);
      same(*journal, story);
    }
    CHECK(places >= (operation == Operation::write ? 12 : 2));
  }
}

TEST_CASE("A round that was not synced may be lost, or kept in part, and nothing else") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    SqliteEngine engine;
    engine.options.wal_soft_bytes = 1LL << 40;  // no copying of the log, which syncs it
    Story story(seed + 1);
    auto journal = engine.open();
    journal->append(story.walk(700));
    settle(*journal);
    if (seed % 2 == 1) journal->append(story.walk(50));  // its sync carries the round
    engine.crash(journal, seed / 2);
    if (seed % 2 == 1) CHECK(rows(engine, "dossier") != "0");
    journal = engine.open();
    same(*journal, story);
  }
}

TEST_CASE("A full disk in a round leaves all as it is; it goes on when there is room") {
  SqliteEngine engine;
  Story story;
  auto journal = engine.open();
  journal->append(story.walk(1'500));
  engine.vfs.fail(Operation::write, 2, SQLITE_FULL, true);
  settle(*journal);
  REQUIRE(engine.vfs.fired());
  same(*journal, story);
  CHECK(rows(engine, "dossier") == "0");
  engine.vfs.heal();
  settle(*journal);
  CHECK(rows(engine, "dossier") == std::to_string(story.dossiers.size()));
  same(*journal, story);
}

TEST_CASE("Another process reads beside the service what is not in the tables yet") {
  Folder folder;
  journal::Options options{site, {}, {}};
  options.master.bytes.fill(7);
  options.pending_dossiers = 60;
  Story story(8);
  auto journal = journal::open_sqlite(folder.path(), options);
  journal->append(story.walk(50));
  journal::Reader beside(folder.path(), options.master);
  for (int i = 0; i < 30; ++i) {
    const Story before = story;
    const auto snapshot = beside.snapshot();
    CHECK(beside.last_number() == story.dossiers.size());
    journal->append(story.walk(30));
    journal->tidy(journal::Pause::none);
    for (const auto& [number, dossier] : before.dossiers) CHECK(beside.dossier(number) == dossier);
    CHECK(beside.by_contact(canary_phone, 100'000) == with_phone(before));
    CHECK(beside.numbers(0, 100'000).size() == before.dossiers.size());
  }
  std::uint64_t count = 0;
  beside.each_dossier([&](const Dossier& one) {
    CHECK(one == story.dossiers.at(one.number));
    ++count;
  });
  CHECK(count == story.dossiers.size());
}

TEST_CASE("A row that does not go with a pending change is made again from its history") {
  SqliteEngine engine;
  Story story;
  auto journal = engine.open();
  journal->append(std::vector{story.submit("un"), story.submit("deux")});
  settle(*journal);
  journal->append(std::vector{story.change(1, ChangeKind::taken), story.change(2, ChangeKind::taken)});
  journal.reset();
  tamper(engine.folder.path(),
         "UPDATE dossier SET state=4 WHERE number=1; DELETE FROM dossier WHERE number=2");
  journal = engine.open();
  same(*journal, story);
  settle(*journal);
  CHECK(rows(engine, "dossier") == "2");
  same(*journal, story);
}

TEST_CASE("The log's file keeps its space from commit to commit, and after an erasure") {
  Folder folder;
  journal::Options options{site, {}, {}};
  options.master.bytes.fill(7);
  options.wal_reserve_bytes = 4 * 1024 * 1024;
  options.wal_soft_bytes = 1024 * 1024;
  Story story;
  auto journal = journal::open_sqlite(folder.path(), options);
  const auto size = [&] { return std::filesystem::file_size(folder.path() / "queue.db-wal"); };
  CHECK(size() == 4 * 1024 * 1024);
  for (int i = 0; i < 200; ++i) {
    journal->append(story.walk(100));
    journal->tidy(journal::Pause::none);
    REQUIRE(size() == 4 * 1024 * 1024);
  }
  CHECK(std::filesystem::file_size(folder.path() / "queue.db") > 3 * 1024 * 1024);
  journal->erase(1);
  CHECK(size() == 4 * 1024 * 1024);
  journal.reset();
  journal = journal::open_sqlite(folder.path(), options);
  CHECK(size() == 4 * 1024 * 1024);
  same_dossiers(*journal, story);
}
