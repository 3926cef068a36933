// What is personal is never on disk in clear, and what is erased is nowhere any more.
#include <cstdlib>

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "queue/journal/master_key.hpp"
#include "queue/journal/sqlite.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using Catch::Contains;

namespace {

struct Environment {
  Environment(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
  ~Environment() { ::unsetenv(name_); }
  const char* name_;
};

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("Content, texts and phone numbers are on disk only sealed") {
  Folder folder;
  journal::Options options{site, seal::load_or_make_master_key(folder.path()), {}};
  options.wal_soft_bytes = 64 * 1024;  // some in the main file, some in the log
  auto journal = journal::open_sqlite(folder.path(), options);
  Story story;
  for (int i = 0; i < 100; ++i) {
    journal->append(story.life());
    journal->tidy(journal::Pause::none);
    if (i == 70) settle(*journal);
  }
  CHECK_FALSE(on_disk(folder.path(), canary));
  CHECK_FALSE(on_disk(folder.path(), canary_phone));
  CHECK_FALSE(on_disk(folder.path(), "612345678"));
  CHECK(on_disk(folder.path(), "utpas-roubaix-est/pmi"));  // the search finds what is in clear
  CHECK(journal->content(1) == std::string(canary));
  CHECK(mode_of(folder.path() / "queue.db") == 0600);
  CHECK(mode_of(folder.path() / "queue.db-wal") == 0600);
}

TEST_CASE("After erasing, the dossier's key is in no file") {
  Folder folder;
  const journal::Options options{site, seal::load_or_make_master_key(folder.path()), {}};
  auto journal = journal::open_sqlite(folder.path(), options);
  Story story;
  for (int i = 0; i < 50; ++i) journal->append(story.life());
  const std::string key = ask(folder.path(), "SELECT wrapped FROM dossier_key WHERE number=7");
  REQUIRE(key.size() == 32);
  REQUIRE(on_disk(folder.path(), key));
  journal->erase(7);
  CHECK_FALSE(on_disk(folder.path(), key));
  CHECK(journal->content(8) == std::string(canary));
  journal->append(story.life());  // and the service goes on
  CHECK(journal->head().seq == 306);
}

TEST_CASE("A dossier's row that breaks the lifecycle is refused by the table itself") {
  Folder folder;
  journal::Options options{site, seal::load_or_make_master_key(folder.path()), {}};
  Story story;
  {
    auto journal = journal::open_sqlite(folder.path(), options);
    journal->append(std::vector{story.submit(), story.change(1, ChangeKind::taken)});
    settle(*journal);
  }
  const std::string wrong =
      GENERATE("state=8", "state=0", "fence=0", "fence=-1", "danger=1,urgency=3", "danger=2", "urgency=0",
               "urgency=5", "changed_seq=0", "arrival_seq=0", "body=NULL", "number=0");
  INFO(wrong);
  CHECK_THROWS_AS(tamper(folder.path(), "UPDATE dossier SET " + wrong), sqlite::Error);
}

TEST_CASE("Records refuse to be changed or deleted") {
  Folder folder;
  Story story;
  const journal::Options options{site, seal::load_or_make_master_key(folder.path()), {}};
  journal::open_sqlite(folder.path(), options)->append(story.life());
  sqlite::Database db(folder.path() / "queue.db", sqlite::Database::Mode::read_write);
  CHECK_THROWS_WITH(db.exec("UPDATE record SET number=2"), Contains("only appended"));
  CHECK_THROWS_WITH(db.exec("DELETE FROM record"), Contains("only appended"));
}

TEST_CASE("The master key is made once, 0600, and found again") {
  Folder folder;
  const auto data = folder.path() / "data";
  const auto key = seal::load_or_make_master_key(data);
  CHECK(mode_of(data) == 0700);
  CHECK(mode_of(data / "master.key") == 0600);
  CHECK(slurp(data / "master.key").size() == 65);
  CHECK(seal::load_or_make_master_key(data).bytes == key.bytes);
  CHECK(seal::load_master_key(data).bytes == key.bytes);
  CHECK(std::distance(std::filesystem::directory_iterator(data), {}) == 1);
}

TEST_CASE("A master key that others can read, or that is no key, is refused") {
  Folder folder;
  const auto file = folder.path() / "master.key";
  (void)seal::load_or_make_master_key(folder.path());
  for (const int mode : {0640, 0604, 0660, 0601}) {
    REQUIRE(::chmod(file.c_str(), static_cast<mode_t>(mode)) == 0);
    CHECK_THROWS_WITH(seal::load_or_make_master_key(folder.path()), Contains("chmod 600"));
  }
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  for (const char* text : {"", "abc", "zz", "0123456789abcdef"}) {
    spill(file, text);
    CHECK_THROWS_WITH(seal::load_or_make_master_key(folder.path()), Contains("64 chiffres"));
  }
  spill(file, std::string(64, 'a') + "\n");
  CHECK(seal::load_master_key(folder.path()).bytes[31] == 0xaa);
}

TEST_CASE("A lost master key is not replaced by a new one that could read nothing") {
  Folder folder;
  CHECK_THROWS_AS(seal::load_master_key(folder.path()), seal::KeyRefused);
  spill(folder.path() / "queue.db", "");
  CHECK_THROWS_WITH(seal::load_or_make_master_key(folder.path()), Contains("queue.db existe"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "master.key"));
}

TEST_CASE("A systemd credential goes before the file") {
  Folder folder, credentials;
  (void)seal::load_or_make_master_key(folder.path());
  const Environment environment("CREDENTIALS_DIRECTORY", credentials.path().string());
  const auto own = seal::load_master_key(folder.path());  // there is no such credential: the file
  spill(credentials.path() / "bannette-master-key", std::string(64, 'b') + "\n");
  CHECK(seal::load_master_key(folder.path()).bytes[0] == 0xbb);
  CHECK(own.bytes != seal::load_master_key(folder.path()).bytes);
}
