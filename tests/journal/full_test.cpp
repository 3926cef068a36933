// A full disk: what must still be written has space that was kept for it.
#include <catch2/catch.hpp>
#include <sqlite3.h>

#include "queue/journal/ballast.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

constexpr std::int64_t ballast_bytes = 256 * 1024;

struct Office {
  Office() {
    engine.options.ballast_bytes = ballast_bytes;
    journal = engine.open();
    journal->append(std::vector{story.submit("un"), story.submit("deux")});
    ballast = engine.folder.path() / "ballast";
  }
  SqliteEngine engine;
  Story story;
  std::unique_ptr<journal::Journal> journal;
  std::filesystem::path ballast;
};

}  // namespace

TEST_CASE("The ballast is made once, takes its space, and is found again") {
  Office office;
  REQUIRE(std::filesystem::file_size(office.ballast) == ballast_bytes);
  const auto written = std::filesystem::last_write_time(office.ballast);
  office.journal.reset();
  office.journal = office.engine.open();
  CHECK(std::filesystem::last_write_time(office.ballast) == written);
  CHECK_FALSE(office.journal->tight());
  office.journal.reset();
  office.engine.options.ballast_bytes = 0;
  office.journal = office.engine.open();
  CHECK_FALSE(std::filesystem::exists(office.ballast));
}

TEST_CASE("A batch without new dossiers goes through on a full disk, and the space is made again") {
  Office office;
  office.engine.vfs.full_while(office.ballast);
  const Story before = office.story;
  CHECK_THROWS_AS(
      office.journal->append(std::vector{office.story.change(1, ChangeKind::taken), office.story.submit()}),
      journal::DiskFull);
  CHECK(std::filesystem::exists(office.ballast));  // it is not for new dossiers
  CHECK_FALSE(office.journal->tight());
  office.story = before;
  const std::vector<journal::Entry> must{office.story.change(1, ChangeKind::taken),
                                         office.story.change(1, ChangeKind::handled, "rendez-vous"),
                                         office.story.of_site()};
  CHECK(office.journal->append(must).seq == 5);
  CHECK_FALSE(std::filesystem::exists(office.ballast));
  CHECK(office.journal->tight());
  CHECK(office.journal->history(1, 10).back().text == "rendez-vous");

  office.engine.vfs.heal();
  settle(*office.journal);
  CHECK(std::filesystem::file_size(office.ballast) == ballast_bytes);
  CHECK_FALSE(office.journal->tight());
  CHECK(office.journal->append(std::vector{office.story.submit()}).seq == 6);
  office.engine.crash(office.journal);
  office.journal = office.engine.open();
  CHECK(office.journal->head().seq == 6);
}

TEST_CASE("Once it is given, a disk that is still full refuses, and nothing is lost") {
  Office office;
  office.engine.disk_full(true);
  const std::vector<journal::Entry> must{office.story.change(1, ChangeKind::taken)};
  CHECK_THROWS_AS(office.journal->append(must), journal::DiskFull);
  CHECK(office.journal->tight());
  CHECK_FALSE(std::filesystem::exists(office.ballast));
  CHECK_THROWS_AS(office.journal->append(must), journal::DiskFull);
  CHECK(office.journal->head().seq == 2);
  office.engine.disk_full(false);
  CHECK(office.journal->append(must).seq == 3);
}
