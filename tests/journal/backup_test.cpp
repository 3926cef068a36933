// `bannette backup` and `restore`: whole or not at all, and what was damaged is told.
#include "agent-console/cli/backup.hpp"

#include <cerrno>
#include <cstring>
#include <random>
#include <sstream>

#include <sys/mount.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "agent-console/cli/backup_archive.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/reader.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;

namespace {

struct Said {
  int code = -1;
  std::string out, err;
};

Said backup(const fs::path& data, const fs::path& to) {
  std::ostringstream out, err;
  const int code = console::run_backup(data, to, out, err);
  return {code, out.str(), err.str()};
}
Said restore(const fs::path& from, const fs::path& data, const fs::path& key = {}) {
  std::ostringstream out, err;
  const int code = console::run_restore(from, data, key, out, err);
  return {code, out.str(), err.str()};
}
// The chain's checksums cover every record and its sealed part; then what stands beside it.
std::string content_of(const fs::path& data) {
  return ask(data, "SELECT group_concat(seq || hex(hash) || length(sealed)) FROM record") +
         ask(data, "SELECT group_concat(number || state || changed_seq || hex(body)) FROM dossier") +
         ask(data, "SELECT group_concat(number || hex(wrapped)) FROM dossier_key") +
         ask(data, "SELECT group_concat(number || hex(contact_hash)) FROM contact") +
         slurp(data / "queue.head");
}
std::size_t names_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}
unsigned mode_of(const fs::path& file) {
  struct stat status{};
  REQUIRE(::lstat(file.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

// A journal that is open for writing, as the service has it, with what else stands in its folder.
struct Served {
  Folder data, elsewhere;
  std::unique_ptr<journal::Journal> journal;
  Story story;

  explicit Served(std::size_t changes = 60) {
    journal::Options options;
    options.site = site;
    options.master = seal::load_or_make_master_key(data.path());
    journal = journal::open_sqlite(data.path(), options);
    for (const auto& entry : story.walk(changes)) journal->append({&entry, 1});
    fs::create_directory(data.path() / "keys");
    spill(data.path() / "keys" / "unit-ubt.key", "une clé\n");
    spill(data.path() / "server.key", "la paire\n");
    spill(data.path() / "endpoints.json", "{}\n");
    sqlite::Database other(data.path() / "outbox.db", sqlite::Database::Mode::create);
    other.make_durable();
    other.exec("CREATE TABLE letter(place INTEGER PRIMARY KEY, sealed BLOB) STRICT");
    other.exec("INSERT INTO letter VALUES(1, x'c0ffee')");
  }
  [[nodiscard]] fs::path file() const { return elsewhere.path() / "sauvegarde.tar"; }
  [[nodiscard]] fs::path back() const { return elsewhere.path() / "data"; }
  [[nodiscard]] fs::path key() const { return data.path() / "master.key"; }
};

}  // namespace

TEST_CASE("A backup of an open journal is restored whole, with the next epoch beyond all earlier ones") {
  Served served;
  const std::string before = content_of(served.data.path());
  const Said saved = backup(served.data.path(), served.file());
  INFO(saved.err);
  REQUIRE(saved.code == 0);
  CHECK(saved.out.find("clé maîtresse n'y est pas") != std::string::npos);
  CHECK(mode_of(served.file()) == 0600);
  CHECK(names_in(served.elsewhere.path()) == 1);  // nothing else was left beside it
  const auto head = served.journal->head();
  for (const auto& entry : served.story.walk(20)) served.journal->append({&entry, 1});

  const Said restored = restore(served.file(), served.back(), served.key());
  INFO(restored.out << restored.err);
  REQUIRE(restored.code == 0);
  CHECK(restored.out.find("tout est conforme") != std::string::npos);
  CHECK(names_in(served.elsewhere.path()) == 2);
  CHECK(content_of(served.back()) == before);
  CHECK(journal::read_head_file(served.back()) == head);
  CHECK(slurp(served.back() / "keys" / "unit-ubt.key") == "une clé\n");
  CHECK(slurp(served.back() / "server.key") == "la paire\n");
  CHECK_FALSE(fs::exists(served.back() / "endpoints.json"));
  CHECK_FALSE(fs::exists(served.back() / "manifest.json"));
  CHECK(mode_of(served.back()) == 0700);
  CHECK(mode_of(served.back() / "queue.db") == 0600);
  CHECK(mode_of(served.back() / "master.key") == 0600);
  {
    sqlite::Database other(served.back() / "outbox.db", sqlite::Database::Mode::read_only);
    sqlite::Statement row(other, "SELECT hex(sealed) FROM letter WHERE place=1");
    REQUIRE(row.step());
    CHECK(row.text(0) == "C0FFEE");
  }

  journal::Options options;
  options.site = site;
  options.master = seal::load_master_key(served.back());
  const auto again = journal::open_sqlite(served.back(), options);
  CHECK(again->head() == head);
  CHECK(again->epoch() > 1'764'000'000);  // seconds since 1970: beyond any count of starts
  CHECK(again->epoch() > served.journal->epoch());
}

TEST_CASE("The master key is not in a backup, and without it restore says what to do") {
  Served served;
  REQUIRE(backup(served.data.path(), served.file()).code == 0);
  CHECK(slurp(served.file()).find(slurp(served.key()).substr(0, 64)) == std::string::npos);
  const Said restored = restore(served.file(), served.back());
  REQUIRE(restored.code == 0);
  CHECK(restored.out.find("La clé maîtresse manque encore") != std::string::npos);
  CHECK_FALSE(fs::exists(served.back() / "master.key"));
}

TEST_CASE("Another journal's master key is refused, and nothing is made") {
  Served served;
  REQUIRE(backup(served.data.path(), served.file()).code == 0);
  spill(served.elsewhere.path() / "autre.key", std::string(64, '7') + "\n");
  const Said restored = restore(served.file(), served.back(), served.elsewhere.path() / "autre.key");
  CHECK(restored.code == 1);
  CHECK(restored.err.find("clé maîtresse n'est pas celle") != std::string::npos);
  CHECK_FALSE(fs::exists(served.back()));
  CHECK(names_in(served.elsewhere.path()) == 2);
}

TEST_CASE("A truncated backup is refused at any length") {
  Served served(12);
  REQUIRE(backup(served.data.path(), served.file()).code == 0);
  const std::string whole = slurp(served.file());
  const std::size_t end = whole.find_last_not_of('\0') + 1;
  for (const std::size_t kept :
       {std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{512}, std::size_t{700},
        std::size_t{5'000}, whole.size() / 2, end - 300, end - 1, end, end + 512}) {
    INFO("kept " << kept << " of " << whole.size());
    spill(served.elsewhere.path() / "coupe.tar", std::string_view(whole).substr(0, kept));
    const Said restored = restore(served.elsewhere.path() / "coupe.tar", served.back(), served.key());
    CHECK(restored.code == 1);
    CHECK(restored.err.find("sauvegarde endommagée") != std::string::npos);
    CHECK_FALSE(fs::exists(served.back()));
    CHECK(names_in(served.elsewhere.path()) == 2);
  }
}

TEST_CASE("A flipped bit in a backup is refused, or changes nothing of what is restored") {
  Served served(12);
  const std::string before = content_of(served.data.path());
  REQUIRE(backup(served.data.path(), served.file()).code == 0);
  const std::string whole = slurp(served.file());
  std::mt19937_64 random(20'251'125);
  int refused = 0;
  for (int i = 0; i < 60; ++i) {
    const std::size_t at = i < 20 ? random() % 2'048 : random() % whole.size();
    INFO("byte " << at);
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << random() % 8));
    spill(served.elsewhere.path() / "abime.tar", flipped);
    const Said restored = restore(served.elsewhere.path() / "abime.tar", served.back(), served.key());
    if (restored.code == 0) {
      CHECK(content_of(served.back()) == before);
      fs::remove_all(served.back());
    } else {
      ++refused;
      CHECK(restored.code == 1);
      CHECK(restored.err.find("endommagée") != std::string::npos);
      CHECK_FALSE(fs::exists(served.back()));
    }
  }
  CHECK(refused > 30);  // the rest fell into what a tar leaves empty
}

TEST_CASE("A backup with names that leave the folder, or entries twice, is refused") {
  Folder folder;
  const auto make = [&](const std::vector<std::string>& names) {
    fs::remove(folder.path() / "x.tar");
    console::ArchiveWriter archive(folder.path() / "x.tar");
    for (const auto& name : names) archive.add_text(name, "texte");
    archive.finish();
    return restore(folder.path() / "x.tar", folder.path() / "data");
  };
  for (const auto& names : std::vector<std::vector<std::string>>{{"../ailleurs.db"},
                                                                 {"/ailleurs.db"},
                                                                 {"keys/../../x"},
                                                                 {"keys/a/b"},
                                                                 {"master.key"},
                                                                 {"lock"},
                                                                 {"queue.head", "queue.head"},
                                                                 {"a.db", "SUMS.b2"},
                                                                 {"manifest.json"},
                                                                 {}}) {
    const Said restored = make(names);
    INFO(restored.err);
    CHECK(restored.code == 1);
    CHECK(restored.err.find("endommagée") != std::string::npos);
    CHECK(names_in(folder.path()) == 1);
  }
}

TEST_CASE("Neither backup nor restore replaces anything, and wrong use is told by name") {
  Served served(6);
  spill(served.file(), "déjà là");
  CHECK(backup(served.data.path(), served.file()).code == 2);
  CHECK(slurp(served.file()) == "déjà là");
  CHECK(backup(served.elsewhere.path(), served.back()).code == 2);  // no journal there
  CHECK(backup(served.data.path(), served.elsewhere.path() / "absent" / "x.tar").code == 1);
  fs::remove(served.file());
  REQUIRE(backup(served.data.path(), served.file()).code == 0);
  CHECK(restore(served.file(), served.data.path(), served.key()).code == 2);  // not empty
  CHECK(restore(served.elsewhere.path() / "absent.tar", served.back()).code == 2);
  fs::create_directory(served.back());  // empty: what a package or an administrator has made
  CHECK(restore(served.file(), served.back(), served.key()).code == 0);
  // What a killed run has left is cleared by the next.
  fs::create_directory(served.elsewhere.path() / ".deux.tar.partial");
  spill(served.elsewhere.path() / ".deux.tar.partial" / "queue.db", "un reste");
  CHECK(backup(served.data.path(), served.elsewhere.path() / "deux.tar").code == 0);
  CHECK_FALSE(fs::exists(served.elsewhere.path() / ".deux.tar.partial"));
}

TEST_CASE("No room for a backup: told as such, and nothing is left") {
  Served served(800);
  const fs::path small = served.elsewhere.path() / "petit";
  fs::create_directory(small);
  if (::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=160k") != 0) {
    WARN("skipped: this process may not mount a small tmpfs (" << std::strerror(errno) << ")");
    return;
  }
  const Said saved = backup(served.data.path(), small / "x.tar");
  const std::size_t left = names_in(small);
  Said restored;
  if (backup(served.data.path(), served.file()).code == 0) restored = restore(served.file(), small / "data");
  const std::size_t left_by_restore = names_in(small);
  ::umount2(small.c_str(), MNT_DETACH);
  CHECK(saved.code == 1);
  CHECK(saved.err.find("plus assez de place") != std::string::npos);
  CHECK(left == 0);
  CHECK(restored.code == 1);
  CHECK(restored.err.find("plus assez de place") != std::string::npos);
  CHECK(left_by_restore == 0);
}
