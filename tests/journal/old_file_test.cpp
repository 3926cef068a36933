// A journal that an earlier version wrote must be read for ever. The folders fixtures/v1 and v2 were made
// once by the hidden test below and are never made again; a later version adds its own beside them.
#include <cstdlib>
#include <sstream>

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "agent-console/cli/check_data.hpp"
#include "agent-console/cli/export.hpp"
#include "queue/journal/master_key.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

#include "bannette/v1/dossier.pb.h"

using namespace bannette;
using namespace bannette::test;

namespace {

std::string exported(const std::filesystem::path& folder) {
  std::ostringstream out, err;
  const int code = console::run_export(folder, out, err);
  INFO(err.str());
  CHECK(code == 0);
  return out.str();
}

std::string content() {
  v1::Content content;
  content.set_note("Une note d'essai, accentuée");
  content.set_commune("Tourcoing");
  content.mutable_caller()->set_name("Personne Inventée");
  content.set_proposed_urgency(v1::URGENCY_URGENT);
  return content.SerializeAsString();
}

// Answers what its export was.
std::string copy_fixture(const char* version, const std::filesystem::path& folder) {
  const auto kept = std::filesystem::path(BANNETTE_SOURCE_DIR) / "tests/journal/fixtures" / version;
  for (const char* name : {"queue.db", "queue.head", "master.key"})
    std::filesystem::copy_file(kept / name, folder / name);
  REQUIRE(::chmod((folder / "master.key").c_str(), 0600) == 0);
  const std::string lines = slurp(kept / "export.jsonl");
  REQUIRE(lines.size() > 5'000);
  return lines;
}

}  // namespace

TEST_CASE("A journal of version 1 is read, checked and gone on with") {
  Folder folder;
  const std::string lines = copy_fixture("v1", folder.path());
  CHECK(exported(folder.path()) == lines);
  std::ostringstream out, err;
  // Its dossier 2 was erased by a program that left no mark yet: it is told, and nothing else.
  CHECK(console::run_check_data(folder.path(), out, err) == 1);
  CHECK_THAT(out.str(), Catch::Contains("dossier n° 2 : contenu effacé sans trace") &&
                            Catch::Contains("dont 0 effacés ; anomalies : 1."));

  const journal::Options options{site, seal::load_master_key(folder.path()), {}};
  const auto journal = journal::open_sqlite(folder.path(), options);
  CHECK(journal->epoch() == 3);
  CHECK(exported(folder.path()) == lines);
  CHECK(journal->erased(2));
  journal->erase(3);
  std::ostringstream later;
  CHECK(console::run_check_data(folder.path(), later, err) == 1);
  CHECK_THAT(later.str(), Catch::Contains("dont 1 effacés ; anomalies : 1."));
}

// Written and cut off before the tables that are derived from its records were.
TEST_CASE("A journal of version 2 is read, checked and gone on with") {
  Folder folder;
  const std::string lines = copy_fixture("v2", folder.path());
  CHECK(ask(folder.path(), "SELECT version||' '||settled_seq FROM meta") == "2 0");
  CHECK(exported(folder.path()) == lines);
  std::ostringstream out, err;
  CHECK(console::run_check_data(folder.path(), out, err) == 0);
  CHECK_THAT(out.str(),
             Catch::Contains("23 enregistrements, 13 dossiers, dont 1 effacés ; tout est conforme"));
  const journal::Options options{site, seal::load_master_key(folder.path()), {}};
  const auto journal = journal::open_sqlite(folder.path(), options);
  settle(*journal);
  CHECK(ask(folder.path(), "SELECT CAST(settled_seq AS TEXT) FROM meta") == "23");
  CHECK(exported(folder.path()) == lines);
  CHECK(journal->erased(2));
  CHECK(journal->by_contact(canary_phone, 10) == std::vector<std::uint64_t>{1});
}

// BANNETTE_FIXTURE=FOLDER test_journal_old_file "[make]": writes a folder as this version does.
TEST_CASE("Make the folder of this version", "[.][make]") {
  const char* place = std::getenv("BANNETTE_FIXTURE");
  REQUIRE(place != nullptr);
  const std::filesystem::path folder = place;
  const journal::Options options{site, seal::load_or_make_master_key(folder), {}};
  Story story(2'026);
  {
    auto journal = journal::open_sqlite(folder, options);
    journal->append(
        std::vector{story.submit(content(), canary_phone), story.submit(content(), canary_phone)});
    journal->append(std::vector{story.change(1, ChangeKind::reserved),
                                story.change(1, ChangeKind::noted, "un mot"),
                                story.change(1, ChangeKind::renewed), story.change(1, ChangeKind::accepted),
                                story.change(1, ChangeKind::handled, "rendez-vous")});
    journal->append(std::vector{story.submit(content()), story.change(3, ChangeKind::reserved),
                                story.change(3, ChangeKind::released), story.change(3, ChangeKind::reserved),
                                story.change(3, ChangeKind::lease_expired),
                                story.change(3, ChangeKind::taken)});
    for (int i = 0; i < 10; ++i) journal->append(std::vector{story.submit(content())});
    journal->erase(2);
  }
  (void)journal::open_sqlite(folder, options);  // copies the log back
  std::ostringstream out, err;
  REQUIRE(console::run_export(folder, out, err) == 0);
  spill(folder / "export.jsonl", out.str());
}
