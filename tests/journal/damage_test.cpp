// The SQLite engine when its files are not what it wrote: each change is found, and named.
#include <sstream>

#include <unistd.h>

#include <catch2/catch.hpp>

#include "agent-console/cli/check_data.hpp"
#include "agent-console/cli/head.hpp"
#include "queue/journal/master_key.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

using namespace bannette;
using namespace bannette::test;
using Catch::Contains;

namespace {

// A closed journal of 60 records on the real disk; the master key is kept in the folder.
struct Written {
  explicit Written(bool settled = true) {
    options.site = site;
    options.master = seal::load_or_make_master_key(folder.path());
    options.wal_reserve_bytes = options.ballast_bytes = 0;
    options.wal_soft_bytes = 1LL << 40;  // the log keeps what it has
    auto journal = open();
    for (int i = 0; i < 10; ++i) journal->append(story.life());
    if (settled) settle(*journal);
  }
  std::unique_ptr<journal::Journal> open() { return journal::open_sqlite(folder.path(), options); }
  std::string check(int expected = 1) {
    std::ostringstream out, err;
    const int code = console::run_check_data(folder.path(), out, err);
    INFO(out.str() << err.str());
    CHECK(code == expected);
    return out.str() + err.str();
  }

  Folder folder;
  journal::Options options;
  Story story;
};

}  // namespace

TEST_CASE("An untouched journal is found right") {
  Written w;
  CHECK_THAT(w.check(0), Contains("60 enregistrements, 10 dossiers, dont 0 effacés ; tout est conforme"));
  auto journal = w.open();
  journal->append(w.story.life());
  CHECK_THAT(w.check(0), Contains("66 enregistrements"));  // beside a running service
  journal->erase(3);
  CHECK_THAT(w.check(0), Contains("dont 1 effacés"));
}

TEST_CASE("A flipped bit in a record is found at opening and by check, with its number") {
  Written w;
  const std::string column = GENERATE("body", "sealed", "hash");
  const std::uint64_t seq = GENERATE(1U, 33U, 60U);
  flip(w.folder.path(), column, seq);
  INFO(column << " of " << seq);
  CHECK_THROWS_AS(w.open(), journal::Damaged);
  CHECK_THROWS_WITH(w.open(), Contains("enregistrement " + std::to_string(seq) + " "));
  CHECK_THAT(w.check(), Contains("enregistrement " + std::to_string(seq) + " "));
}

TEST_CASE("A flipped bit in a record that opening does not check is found before it is served") {
  Written w;
  w.open();  // everything is marked as checked
  w.options.verify_least = 5;
  const std::string column = GENERATE("body", "sealed", "hash");
  flip(w.folder.path(), column, 33);  // of dossier 6: its note
  auto journal = w.open();
  CHECK_THROWS_WITH(journal->history(6, 100),
                    Contains("enregistrement 33"));  // or "34, ou l'enregistrement 33"
  CHECK(journal->history(5, 100).size() == 6);
  CHECK_THROWS_WITH(journal->verify_some(1'000), Contains("enregistrement 33 "));
  flip(w.folder.path(), column, 31);  // its first
  CHECK_THROWS_WITH(journal->content(6), Contains("enregistrement 31"));
}

TEST_CASE("A deleted record is found, in the middle and at the end") {
  Written w;
  const auto [sql, seq] = GENERATE(table<std::string, std::string>({{"seq=1", "1"},
                                                                    {"seq=33", "33"},
                                                                    {"seq BETWEEN 33 AND 40", "33"},
                                                                    {"seq=60", "60"},
                                                                    {"seq>50", "60"}}));
  tamper(w.folder.path(), "DELETE FROM record WHERE " + sql);
  INFO(sql);
  CHECK_THROWS_AS(w.open(), journal::Damaged);
  CHECK_THROWS_WITH(w.open(), Contains(seq));
  CHECK_THAT(w.check(), Contains("il manque"));
}

TEST_CASE("A log that was deleted or cut is found by the head file") {
  Written w(false);
  const auto wal = w.folder.path() / "queue.db-wal";
  REQUIRE(std::filesystem::file_size(wal) > 50'000);  // closing copies nothing back
  std::filesystem::remove(w.folder.path() / "queue.db-shm");
  SECTION("deleted") {
    std::filesystem::remove(wal);
  }
  SECTION("cut in the middle") {
    std::filesystem::resize_file(wal, std::filesystem::file_size(wal) / 2);
  }
  SECTION("one byte short") {
    std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 1);
  }
  SECTION("a byte of its last frame changed") {
    auto bytes = slurp(wal);
    bytes[bytes.size() - 100] ^= 1;
    spill(wal, bytes);
  }
  CHECK_THROWS_AS(w.open(), journal::Damaged);
  CHECK_THROWS_WITH(w.open(), Contains("60 (queue.head)"));
  CHECK_THAT(w.check(), Contains("jusqu'à 60"));
}

TEST_CASE("queue.db replaced by an empty one is found by the head file") {
  Written w;
  for (const char* name : {"queue.db", "queue.db-wal", "queue.db-shm"})
    std::filesystem::remove(w.folder.path() / name);
  CHECK_THROWS_WITH(w.open(), Contains("allait jusqu'à l'enregistrement 60"));
}

TEST_CASE("The head file: missing and unreadable are told, and `bannette head` restores it") {
  Written w;
  const auto file = w.folder.path() / "queue.head";
  SECTION("missing") {
    std::filesystem::remove(file);
  }
  SECTION("unreadable") {
    spill(file, "quelque chose\n");
  }
  SECTION("empty") {
    spill(file, "");
  }
  CHECK_THROWS_WITH(w.open(), Contains("bannette head --data"));
  CHECK_THAT(w.check(), Contains("queue.head"));
  std::ostringstream out, err;
  CHECK(console::run_head(w.folder.path(), out, err) == 0);
  spill(file, out.str());
  CHECK(w.open()->head().seq == 60);
  CHECK(slurp(file).size() == 86);
}

TEST_CASE("`bannette head` prints the end, and warns where queue.head knows better") {
  Written w;
  std::ostringstream out, err;
  SECTION("it agrees") {
    CHECK(console::run_head(w.folder.path(), out, err) == 0);
    CHECK(err.str().empty());
    CHECK_THAT(out.str(), Catch::StartsWith("60 "));
  }
  SECTION("the end is gone") {
    tamper(w.folder.path(), "DELETE FROM record WHERE seq>50");
    CHECK(console::run_head(w.folder.path(), out, err) == 1);
    CHECK_THAT(out.str(), Catch::StartsWith("50 "));
    CHECK_THAT(err.str(), Contains("alors qu'il allait jusqu'à 60"));
  }
  SECTION("another chain") {
    spill(w.folder.path() / "queue.head", "00000000000000000060 " + std::string(64, 'a') + "\n");
    CHECK(console::run_head(w.folder.path(), out, err) == 1);
    CHECK_THAT(err.str(), Contains("enregistrement 60 : sa somme de contrôle"));
  }
  SECTION("none: nothing to compare with, which is told") {
    std::filesystem::remove(w.folder.path() / "queue.head");
    CHECK(console::run_head(w.folder.path(), out, err) == 0);
    CHECK_THAT(err.str(), Contains("queue.head manque"));
  }
}

TEST_CASE("Another chain under the same numbers is found by the head file") {
  Written one, other;
  spill(one.folder.path() / "queue.head", slurp(other.folder.path() / "queue.head"));
  CHECK_THROWS_WITH(one.open(), Contains("enregistrement 60 : sa somme de contrôle n'est pas celle"));
}

TEST_CASE("Check finds what opening refuses") {
  Written w;
  const auto head = w.folder.path() / "queue.head";
  SECTION("queue.head of record 0 with a sum that is not the beginning's") {
    spill(head, std::string(20, '0') + " " + std::string(64, '0') + "\n");
    CHECK_THAT(w.check(), Contains("enregistrement 0 : sa somme de contrôle n'est pas celle"));
  }
  SECTION("queue.head of a record in the middle, of another chain") {
    spill(head, "00000000000000000033 " + std::string(64, 'a') + "\n");
    CHECK_THAT(w.check(), Contains("enregistrement 33 : sa somme de contrôle n'est pas celle"));
  }
  SECTION("the mark up to which the file was checked, behind the end") {
    tamper(w.folder.path(), "UPDATE meta SET verified_seq=61");
    CHECK_THAT(w.check(), Contains("alors qu'il a été contrôlé jusqu'à 61"));
  }
  SECTION("the mark's sum") {
    tamper(w.folder.path(), "UPDATE meta SET verified_seq=20");
    CHECK_THAT(w.check(), Contains("enregistrement 20 : il a été modifié depuis son contrôle"));
  }
  CHECK_THROWS_AS(w.open(), journal::Damaged);
}

TEST_CASE("An empty journal without queue.head is no finding: opening takes it") {
  Written w;
  Folder folder;
  w.options.master = seal::load_or_make_master_key(folder.path());
  (void)journal::open_sqlite(folder.path(), w.options);
  std::filesystem::remove(folder.path() / "queue.head");
  std::ostringstream out, err;
  CHECK(console::run_check_data(folder.path(), out, err) == 0);
  CHECK_THAT(out.str(), Contains("0 enregistrements"));
  CHECK(journal::open_sqlite(folder.path(), w.options)->head().seq == 0);
}

TEST_CASE("What does not belong to this program is refused") {
  Written w;
  SECTION("another site") {
    w.options.site = "ailleurs";
    CHECK_THROWS_AS(w.open(), journal::CannotOpen);
    CHECK_THROWS_WITH(w.open(), Contains("« essai »") && Contains("« ailleurs »"));
  }
  SECTION("another master key") {
    w.options.master = seal::random_key();
    CHECK_THROWS_AS(w.open(), journal::CannotOpen);
    CHECK_THROWS_WITH(w.open(), Contains("clé maîtresse"));
  }
  SECTION("a later version of the tables") {
    tamper(w.folder.path(), "UPDATE meta SET version=3");
    CHECK_THROWS_AS(w.open(), journal::CannotOpen);
    CHECK_THROWS_WITH(w.open(), Contains("version 3") && Contains("jusqu'à la 2"));
  }
  SECTION("no database") {
    spill(w.folder.path() / "queue.db", std::string(8'192, 'x'));
    std::filesystem::remove(w.folder.path() / "queue.db-wal");
    std::filesystem::remove(w.folder.path() / "queue.db-shm");
    CHECK_THROWS_AS(w.open(), journal::Damaged);
  }
}

TEST_CASE("Check tells what was erased from what was made unreadable without a trace") {
  Written w;
  const auto data = w.folder.path();
  w.open()->erase(3);
  CHECK_THAT(w.check(0), Contains("dont 1 effacés ; tout est conforme"));
  SECTION("a key that went without a mark") {
    tamper(data, "DELETE FROM dossier_key WHERE number=4");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : contenu effacé sans trace dans le journal") &&
                              Contains("dont 1 effacés ; anomalies : 1"));
  }
  SECTION("a mark that went") {
    tamper(data, "DELETE FROM erasure");
    CHECK_THAT(w.check(), Contains("dossier n° 3 : contenu effacé sans trace dans le journal"));
  }
  SECTION("the marks' table, which opening makes again, empty") {
    tamper(data, "DROP TABLE erasure");
    CHECK_THAT(w.check(), Contains("dossier n° 3 : contenu effacé sans trace dans le journal"));
    w.open()->erase(5);
    CHECK_THAT(w.check(), Contains("dossier n° 3 : contenu effacé sans trace dans le journal") &&
                              Contains("dont 1 effacés ; anomalies : 1"));
  }
  SECTION("a mark of another dossier") {
    tamper(data, "DELETE FROM dossier_key WHERE number=4; INSERT INTO erasure SELECT 4,mark FROM erasure");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : sa marque d'effacement n'est pas de ce programme"));
  }
  SECTION("a key that is there although it was erased") {
    tamper(data, "CREATE TABLE backup AS SELECT * FROM dossier_key WHERE number=4");
    w.open()->erase(4);
    tamper(data, "INSERT INTO dossier_key SELECT * FROM backup");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : il a été effacé, mais une clé est là"));
  }
  SECTION("erased again: nothing changes") {
    w.open()->erase(3);
    CHECK_THAT(w.check(0), Contains("dont 1 effacés ; tout est conforme"));
  }
  SECTION("erasing what lost its key leaves no mark: it would hide the loss") {
    tamper(data, "DELETE FROM dossier_key WHERE number=4");
    w.open()->erase(4);
    CHECK_THAT(w.check(), Contains("dossier n° 4 : contenu effacé sans trace dans le journal"));
  }
}

TEST_CASE("A change that cannot be written is Damaged, leaves nothing, and the journal goes on") {
  Written w;
  const auto data = w.folder.path();
  auto journal = w.open();
  journal->append(std::vector{w.story.submit(), w.story.submit()});
  journal->append(
      std::vector{w.story.change(11, ChangeKind::taken), w.story.change(12, ChangeKind::taken)});  // 64
  settle(*journal);
  std::string told;
  SECTION("a text for a dossier that was erased") {
    journal->erase(11);
    told = "dossier n° 11 : son contenu est effacé";
  }
  SECTION("a text for a dossier that lost its key") {
    tamper(data, "DELETE FROM dossier_key WHERE number=11");
    told = "dossier n° 11 : contenu effacé sans trace";
  }
  SECTION("a text for a dossier whose key does not open") {
    tamper(data, "UPDATE dossier_key SET wrapped=zeroblob(32) WHERE number=11");
    told = "dossier n° 11 : sa clé ne s'ouvre pas";
  }
  SECTION("any change of a dossier whose row is gone") {
    tamper(data, "DELETE FROM dossier WHERE number=11");
    told = "dossier n° 11 : sa ligne manque";
  }
  const Story before = w.story;
  const journal::Head head = journal->head();
  for (const auto text : {ChangeKind::noted, ChangeKind::handled}) {
    w.story = before;
    const std::vector<journal::Entry> batch{w.story.submit(), w.story.change(12, ChangeKind::noted, "bien"),
                                            w.story.change(11, text, "un mot")};
    CHECK_THROWS_AS(journal->append(batch), journal::Damaged);
    CHECK_THROWS_WITH(journal->append(batch), Contains(told));
    CHECK(journal->head() == head);
    CHECK(journal->last_number() == 12);
    CHECK(journal->history(12, 10).size() == 2);
    CHECK_FALSE(journal->dossier(13));
  }
  w.story = before;
  const std::vector<journal::Entry> good{w.story.submit(), w.story.change(12, ChangeKind::noted, "bien")};
  CHECK(journal->append(good).seq == 66);
  journal.reset();
  journal = w.open();
  CHECK(journal->head().seq == 66);
  CHECK(journal->history(12, 10).back().text == "bien");
}

TEST_CASE("A change without a text needs no key: an erased dossier can still be closed") {
  Written w;
  auto journal = w.open();
  journal->append(std::vector{w.story.submit(), w.story.change(11, ChangeKind::taken)});
  journal->erase(11);
  CHECK(journal->append(std::vector{w.story.change(11, ChangeKind::handled)}).seq == 63);
}

TEST_CASE("A folder has one service, and the second is told which") {
  Written w;
  auto journal = w.open();
  CHECK_THROWS_AS(w.open(), journal::CannotOpen);
  CHECK_THROWS_WITH(w.open(), Contains("processus " + std::to_string(::getpid())));
  journal->append(w.story.walk(3));
  journal.reset();
  CHECK(w.open()->head().seq == 63);
}

TEST_CASE("Check finds a dossier's row that is not its history") {
  Written w;
  SECTION("another bannette") {
    tamper(
        w.folder.path(),
        "UPDATE dossier SET body=CAST(replace(body,'utpas-roubaix-est/pmi','utpas-roubaix-nor/pmi') AS BLOB) "
        "WHERE number=4");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : sa ligne diffère de son histoire (bannette)"));
  }
  SECTION("another state") {
    tamper(w.folder.path(), "UPDATE dossier SET state=3 WHERE number=4");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : sa ligne diffère de son histoire (état)"));
  }
  SECTION("an older change") {
    tamper(w.folder.path(), "UPDATE dossier SET changed_seq=23 WHERE number=4");
    CHECK_THAT(w.check(),
               Contains("dossier n° 4 : sa ligne en est à l'enregistrement 23, son dernier est 24"));
  }
  SECTION("no row, in the middle and at the end") {
    tamper(w.folder.path(), "DELETE FROM dossier WHERE number IN (4,10)");
    CHECK_THAT(w.check(),
               Contains("dossier n° 4 : sa ligne manque") && Contains("dossier n° 10 : sa ligne manque"));
  }
  SECTION("a row that cannot be read: the others are checked") {
    tamper(w.folder.path(),
           "PRAGMA ignore_check_constraints=1; UPDATE dossier SET body=x'0a0100' WHERE number=4; "
           "DELETE FROM dossier_key WHERE number=7");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : état illisible : l'identifiant n'a pas 16 octets") &&
                              Contains("dossier n° 7 : contenu effacé sans trace") &&
                              Contains("10 dossiers") && Contains("anomalies : 2"));
  }
  SECTION("a key of another dossier") {
    tamper(w.folder.path(),
           "UPDATE dossier_key SET wrapped=(SELECT wrapped FROM dossier_key WHERE number=5) WHERE number=4");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : sa clé ne s'ouvre pas"));
  }
  SECTION("a lost contact") {
    tamper(w.folder.path(), "DELETE FROM contact WHERE number=4");
    CHECK_THAT(w.check(), Contains("dossier n° 4 : son contact ne se retrouve plus"));
  }
}

TEST_CASE("Check and head say where there is no journal") {
  Folder folder;
  std::ostringstream out, err;
  CHECK(console::run_check_data(folder.path(), out, err) == 2);
  CHECK(console::run_head(folder.path() / "nulle-part", out, err) == 2);
  CHECK_THAT(err.str(), Contains("ne contient pas de journal"));
}
