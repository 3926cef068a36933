// The SQLite engine when the disk fails, at every place where it can.
#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using Operation = FaultyVfs::Operation;

namespace {

enum class Answer { kept, full, broken };

Answer try_append(journal::Journal& journal, const std::vector<journal::Entry>& batch) {
  try {
    journal.append(batch);
    journal.tidy(journal::Pause::none);
    return Answer::kept;
  } catch (const journal::DiskFull&) {
    return Answer::full;
  } catch (const journal::Broken&) {
    return Answer::broken;
  }
}

// Fails the nth operation of one append, for each n until an append needs fewer; after each failure the
// process "dies" and a new one opens the files. Answers how many places failed.
template <class Check>
int at_every_place(Operation operation, int result, std::int64_t wal_soft_bytes, Check&& check) {
  int places = 0;
  for (int nth = 1; nth < 200; ++nth) {
    SqliteEngine engine;
    engine.options.wal_soft_bytes = wal_soft_bytes;
    Story story(static_cast<std::uint64_t>(nth));
    auto journal = engine.open();
    journal->append(story.walk(300));
    const auto batch = story.walk(60);
    engine.vfs.fail(operation, nth, result);
    const Answer answer = try_append(*journal, batch);
    if (!engine.vfs.fired()) return places;
    ++places;
    INFO("operation " << nth);
    check(engine, journal, batch, answer);
  }
  FAIL("an append of 60 records does not take 200 operations");
  return places;
}

constexpr std::int64_t no_checkpoint = 1LL << 40;
constexpr std::int64_t always_checkpoint = 1;

}  // namespace

TEST_CASE("An I/O error in any write of a commit is Broken, and nothing was confirmed") {
  const int places = at_every_place(Operation::write, SQLITE_IOERR_WRITE, no_checkpoint,
                                    [](auto& engine, auto& journal, const auto& batch, Answer answer) {
                                      CHECK(answer == Answer::broken);
                                      CHECK(journal->head().seq == 300);
                                      CHECK(try_append(*journal, batch) == Answer::broken);
                                      engine.vfs.heal();
                                      engine.crash(journal);
                                      journal = engine.open();
                                      CHECK(journal->head().seq == 300);
                                      journal->append(batch);
                                    });
  CHECK(places > 5);
}

TEST_CASE("A full disk in any write of a commit is DiskFull, and the same batch goes through later") {
  const int places = at_every_place(Operation::write, SQLITE_FULL, no_checkpoint,
                                    [](auto& engine, auto& journal, const auto& batch, Answer answer) {
                                      CHECK(answer == Answer::full);
                                      CHECK(journal->head().seq == 300);
                                      engine.vfs.heal();
                                      CHECK(try_append(*journal, batch) == Answer::kept);
                                      engine.crash(journal);
                                      journal = engine.open();
                                      CHECK(journal->head().seq == 360);
                                    });
  CHECK(places > 5);
}

TEST_CASE("A failed sync is Broken, also for want of room") {
  for (const int result : {SQLITE_IOERR_FSYNC, SQLITE_IOERR}) {
    const int places = at_every_place(Operation::sync, result, no_checkpoint,
                                      [](auto& engine, auto& journal, const auto&, Answer answer) {
                                        CHECK(answer == Answer::broken);
                                        CHECK(journal->head().seq == 300);
                                        engine.vfs.heal();
                                        engine.crash(journal);
                                        journal = engine.open();
                                        CHECK(journal->head().seq == 300);
                                      });
    CHECK(places >= 1);
  }
}

TEST_CASE("An I/O error in a checkpoint is told, not swallowed") {
  const auto check = [](auto& engine, auto& journal, const auto& batch, Answer answer) {
    CHECK(answer == Answer::broken);
    CHECK(try_append(*journal, batch) == Answer::broken);
    engine.vfs.heal();
    engine.crash(journal);
    journal = engine.open();
    const auto seq = journal->head().seq;
    CHECK((seq == 300 || seq == 360));  // unknown to the sender, whole in either case
  };
  const int commit_writes = at_every_place(Operation::write, SQLITE_IOERR_WRITE, no_checkpoint, check);
  CHECK(at_every_place(Operation::write, SQLITE_IOERR_WRITE, always_checkpoint, check) > commit_writes + 1);
  CHECK(at_every_place(Operation::sync, SQLITE_IOERR_FSYNC, always_checkpoint, check) >= 3);
}

TEST_CASE("A full disk in a checkpoint leaves the batch confirmed") {
  int confirmed = 0;
  at_every_place(Operation::write, SQLITE_FULL, always_checkpoint,
                 [&](auto& engine, auto& journal, const auto&, Answer answer) {
                   const std::uint64_t expected = answer == Answer::kept ? 360 : 300;
                   if (answer == Answer::kept) ++confirmed;
                   CHECK(answer != Answer::broken);
                   CHECK(journal->head().seq == expected);
                   engine.vfs.heal();
                   engine.crash(journal);
                   journal = engine.open();
                   CHECK(journal->head().seq == expected);
                 });
  CHECK(confirmed > 1);
}

TEST_CASE("A cut of power in the middle of checkpoints loses nothing that was confirmed") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SqliteEngine engine;
    engine.options.wal_soft_bytes = 16 * 1024;
    Story story(seed);
    auto journal = engine.open();
    std::uint64_t confirmed = 0;
    engine.vfs.fail(Operation::write, static_cast<int>(20 + seed * 13), SQLITE_IOERR_WRITE, true);
    while (!engine.vfs.fired()) {
      const auto batch = story.walk(20);
      if (try_append(*journal, batch) == Answer::kept) confirmed = story.changes.size();
    }
    engine.crash(journal, seed);
    journal = engine.open();
    INFO("seed " << seed);
    CHECK(journal->head().seq >= confirmed);
    std::uint64_t dossiers = 0;
    journal->load([&](const Dossier&) { ++dossiers; }, 0, [](const Change&) {}, [](const Change&) {});
    CHECK(dossiers == journal->last_number());
  }
}

// The control: with syncs that do nothing (what synchronous=OFF amounts to) the same cut does lose a
// confirmed batch. If this fails, the cut cuts nothing, and the tests above prove nothing.
TEST_CASE("Control: without syncs, the cut loses a confirmed batch, and the head file tells") {
  SqliteEngine engine;
  Story story;
  auto journal = engine.open();
  journal->append(story.walk(20));
  const std::string old_head = slurp(engine.folder.path() / "queue.head");
  engine.vfs.lie_about_syncs(true);
  journal->append(story.walk(20));
  CHECK(journal->head().seq == 40);  // "confirmed"
  engine.crash(journal);
  engine.vfs.lie_about_syncs(false);
  CHECK_THROWS_WITH(engine.open(), Catch::Contains("40"));
  CHECK_THROWS_AS(engine.open(), journal::Damaged);
  spill(engine.folder.path() / "queue.head", old_head);
  CHECK(engine.open()->head().seq == 20);
}

TEST_CASE("The log is copied back and begins anew, so that it stays small") {
  SqliteEngine engine;
  engine.options.wal_soft_bytes = 256 * 1024;
  Story story;
  auto journal = engine.open();
  std::uintmax_t largest = 0;
  for (int i = 0; i < 60; ++i) {
    journal->append(story.walk(100));
    journal->tidy(journal::Pause::none);
    largest = std::max(largest, std::filesystem::file_size(engine.folder.path() / "queue.db-wal"));
  }
  CHECK(std::filesystem::file_size(engine.folder.path() / "queue.db") > 1'000'000);
  CHECK(largest < 1'000'000);
}
