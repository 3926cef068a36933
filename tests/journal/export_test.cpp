// `bannette export`: the lines that people's scripts read.
#include "agent-console/cli/export.hpp"

#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "queue/journal/master_key.hpp"
#include "tests/journal/engines.hpp"
#include "tests/journal/raw.hpp"
#include "tests/journal/story.hpp"

#include "bannette/v1/dossier.pb.h"

using namespace bannette;
using namespace bannette::test;
namespace json = boost::json;

namespace {

std::vector<std::string> keys(const json::object& object) {
  std::vector<std::string> names;
  for (const auto& each : object) names.emplace_back(each.key());
  return names;
}

struct Exported {
  int code;
  std::vector<json::object> lines;
  std::string err;
};

Exported run(const std::filesystem::path& folder) {
  std::ostringstream out, err;
  Exported result{console::run_export(folder, out, err), {}, err.str()};
  std::istringstream in(out.str());
  for (std::string line; std::getline(in, line);) result.lines.push_back(json::parse(line).as_object());
  return result;
}

std::string content() {
  v1::Content content;
  content.set_note("Madame est très inquiète « pour son fils »\n");
  content.set_commune("Roubaix");
  content.set_address("12 rue de l'Épeule");
  content.mutable_caller()->set_name("Mme Z");
  content.mutable_caller()->set_phone("06 12 34 56 78");
  content.set_insee("59512");
  content.set_unit("utpas-roubaix-est");
  auto& reason = *content.add_because();
  reason.set_code("territory:commune");
  reason.set_text("la commune");
  content.set_proposed_topic("pmi-suivi");
  content.set_proposed_urgency(v1::URGENCY_PRIORITY);
  content.set_proposed_bannette("utpas-roubaix-est/pmi");
  content.set_rules_version("essai-01");
  return content.SerializeAsString();
}

struct Written {
  Written() : options{site, seal::load_or_make_master_key(folder.path()), {}} {
    options.wal_reserve_bytes = options.ballast_bytes = 0;
    journal = journal::open_sqlite(folder.path(), options);
  }
  Folder folder;
  journal::Options options;
  std::unique_ptr<journal::Journal> journal;
  Story story;
};

}  // namespace

TEST_CASE("A line has the fields of the contract, in order") {
  Written w;
  w.journal->append(std::vector{w.story.submit(content(), canary_phone)});
  w.journal->append(std::vector{w.story.change(1, ChangeKind::taken),
                                w.story.change(1, ChangeKind::noted, "vu"),
                                w.story.change(1, ChangeKind::handled, "rendez-vous jeudi")});
  const auto exported = run(w.folder.path());
  CHECK(exported.code == 0);
  REQUIRE(exported.lines.size() == 1);
  const json::object& line = exported.lines[0];
  CHECK(keys(line) == std::vector<std::string>{"id", "reference", "bannette", "state", "topic", "urgency",
                                               "danger", "arrived", "deadline", "holder", "fence", "content",
                                               "history"});
  const Dossier& dossier = w.story.dossiers.at(1);
  CHECK(line.at("id").as_string() == to_string(dossier.id));
  CHECK(line.at("reference").as_string() == make_reference(1));
  CHECK(line.at("state").as_string() == name(State::handled));
  CHECK(line.at("urgency").as_string() == name(dossier.urgency));
  CHECK(line.at("danger").as_bool() == dossier.danger);
  CHECK(line.at("arrived").as_string() == "2025-11-25T09:00:00.007Z");
  CHECK(line.at("deadline").is_null() == (dossier.deadline_ms == 0));
  CHECK(line.at("holder").as_string() == "unit:ubt");
  CHECK(line.at("fence").to_number<int>() == 1);
  CHECK(
      json::serialize(line.at("content")) ==
      R"({"note":"Madame est très inquiète « pour son fils »\n","commune":"Roubaix","address":"12 rue de l'Épeule",)"
      R"("caller":{"name":"Mme Z","phone":"06 12 34 56 78"},"insee":"59512","unit":"utpas-roubaix-est",)"
      R"("because":[{"code":"territory:commune","text":"la commune"}],)"
      R"("proposed":{"topic":"pmi-suivi","urgency":"priority","danger":false,"bannette":"utpas-roubaix-est/pmi"},"rules_version":"essai-01","model_version":null})");
  CHECK(
      json::serialize(line.at("history").at(0)) ==
      R"({"seq":1,"at":"2025-11-25T09:00:00.007Z","actor":"standard/éléonore","change":"submitted","reason":null,"text":null})");
  CHECK(
      json::serialize(line.at("history").at(2)) ==
      R"({"seq":3,"at":"2025-11-25T09:00:00.021Z","actor":"unit:ubt","change":"noted","reason":"chosen","text":"vu"})");
}

TEST_CASE("Nulls where there is nothing, and where it was erased") {
  Written w;
  w.journal->append(std::vector{w.story.submit(content()), w.story.submit("")});
  w.journal->erase(1);
  const auto exported = run(w.folder.path());
  REQUIRE(exported.lines.size() == 2);
  CHECK(exported.lines[0].at("content").is_null());
  CHECK(exported.lines[1].at("content").is_null());
  CHECK(exported.lines[0].at("holder").is_null());
}

TEST_CASE("All dossiers, beside a running service, as of the sequence at the start") {
  Written w;
  std::vector<journal::Entry> batch;
  for (int i = 0; i < 1'000; ++i) batch.push_back(w.story.submit(content()));
  w.journal->append(batch);
  const std::map<std::uint64_t, Dossier> at_start = w.story.dossiers;

  // While the first page is written, the service goes on: changes of old dossiers, and new ones.
  struct Interrupted : std::stringbuf {
    explicit Interrupted(Written& written) : w(written) {}
    std::streamsize xsputn(const char* s, std::streamsize n) override {
      std::vector<journal::Entry> more{w.story.submit(content())};
      for (const std::uint64_t number : {5U, 500U, 990U})
        if (w.story.dossiers.at(number).state == State::waiting)
          more.push_back(w.story.change(number, ChangeKind::taken));
      w.journal->append(more);
      return std::stringbuf::xsputn(s, n);
    }
    Written& w;
  } buffer(w);
  std::ostream out(&buffer);
  std::ostringstream err;
  CHECK(console::run_export(w.folder.path(), out, err) == 0);
  std::istringstream in(buffer.str());
  std::size_t count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    const auto object = json::parse(line).as_object();
    CHECK(object.at("state").as_string() == "waiting");
    CHECK(object.at("history").as_array().size() == 1);
    CHECK(object.at("id").as_string() == to_string(at_start.at(count + 1).id));
  }
  CHECK(count == 1'000);
  CHECK(run(w.folder.path()).lines.size() > 1'000);
}

TEST_CASE("A reader that stalls holds nothing: the log still begins anew") {
  Written w;
  w.options.wal_soft_bytes = 128 * 1024;
  w.journal.reset();
  w.journal = journal::open_sqlite(w.folder.path(), w.options);
  std::vector<journal::Entry> batch;
  for (int i = 0; i < 450; ++i) batch.push_back(w.story.submit(content()));
  w.journal->append(batch);
  std::uintmax_t largest = 0;
  struct Stalled : std::stringbuf {
    Stalled(Written& written, std::uintmax_t& size) : w(written), largest(size) {}
    std::streamsize xsputn(const char*, std::streamsize n) override {
      for (int i = 0; i < 200; ++i) {
        w.journal->append(w.story.life());
        w.journal->tidy(journal::Pause::none);
        largest = std::max(largest, std::filesystem::file_size(w.folder.path() / "queue.db-wal"));
      }
      return n;
    }
    Written& w;
    std::uintmax_t& largest;
  } buffer(w, largest);
  std::ostream out(&buffer);
  std::ostringstream err;
  CHECK(console::run_export(w.folder.path(), out, err) == 0);
  CHECK(w.journal->head().seq > 3'000);
  CHECK(largest < 1'500'000);
}

namespace {

// Ten dossiers of six records, closed; then something is done to the files.
struct Ten {
  Ten() : options{site, seal::load_or_make_master_key(folder.path()), {}} {
    const auto journal = journal::open_sqlite(folder.path(), options);
    for (int i = 0; i < 10; ++i) {
      auto life = story.life();
      life.front().content = content();
      journal->append(life);
    }
    settle(*journal);
  }
  // Exports; answers the numbers of the dossiers that came.
  std::vector<std::uint64_t> numbers(int code, const std::string& told) {
    const auto exported = run(folder.path());
    CHECK(exported.code == code);
    CHECK_THAT(exported.err, Catch::Contains(told));
    std::vector<std::uint64_t> found;
    for (const auto& line : exported.lines)
      for (std::uint64_t number = 1; number <= 10; ++number)
        if (line.at("reference").as_string() == make_reference(number)) found.push_back(number);
    return found;
  }

  Folder folder;
  journal::Options options;
  Story story;
};

std::vector<std::uint64_t> all_but(std::uint64_t missing) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = 1; number <= 10; ++number)
    if (number != missing) numbers.push_back(number);
  return numbers;
}

}  // namespace

TEST_CASE("A dossier that cannot be read is told, and the others are written") {
  Ten ten;
  const auto data = ten.folder.path();
  SECTION("nothing is wrong") {
    CHECK(ten.numbers(0, "") == all_but(0));
  }
  SECTION("a sealed part") {
    flip(data, "sealed", 21);
    CHECK(ten.numbers(1, "dossier n° 4 : enregistrement 21 ") == all_but(4));
  }
  SECTION("a key") {
    tamper(data, "UPDATE dossier_key SET wrapped=zeroblob(32) WHERE number=4");
    CHECK(ten.numbers(1, "dossier n° 4 : sa clé ne s'ouvre pas") == all_but(4));
  }
  SECTION("an id") {
    tamper(data, "PRAGMA ignore_check_constraints=1; UPDATE dossier SET body=x'0a0100' WHERE number=4");
    CHECK(ten.numbers(1, "dossier n° 4 : état illisible : l'identifiant n'a pas 16 octets") == all_but(4));
  }
  SECTION("its sequences") {
    tamper(data, "UPDATE dossier SET arrival_seq=900,changed_seq=900 WHERE number=4");
    CHECK(ten.numbers(1, "dossier n° 4 : ") == all_but(4));
  }
  SECTION("a row that is not its history: the history is written") {
    tamper(data,
           "UPDATE dossier SET body=CAST(replace(body,'utpas-roubaix-est','utpas-roubaix-sud') AS BLOB) "
           "WHERE number=4");
    CHECK(ten.numbers(1, "dossier n° 4 : sa ligne diffère de son histoire") == all_but(0));
  }
}

TEST_CASE("Export tells what is not there any more") {
  Ten ten;
  const auto data = ten.folder.path();
  SECTION("a row in the middle") {
    tamper(data, "DELETE FROM dossier WHERE number=4");
    CHECK(ten.numbers(1, "dossier n° 4 : sa ligne manque") == all_but(4));
  }
  SECTION("the first row") {
    tamper(data, "DELETE FROM dossier WHERE number=1");
    CHECK(ten.numbers(1, "dossier n° 1 : sa ligne manque") == all_but(1));
  }
  SECTION("the last row") {
    tamper(data, "DELETE FROM dossier WHERE number=10");
    CHECK(ten.numbers(1, "dossier n° 10 : sa ligne manque") == all_but(10));
  }
  SECTION("all rows") {
    tamper(data, "DELETE FROM dossier");
    CHECK(ten.numbers(1, "dossiers n° 1 à 10 : leurs lignes manquent").empty());
  }
  SECTION("the journal's end, rows and all") {
    tamper(data, "DELETE FROM record WHERE number=10; DELETE FROM dossier WHERE number=10");
    CHECK(ten.numbers(1, "s'arrête à l'enregistrement 54 alors qu'il allait jusqu'à 60") == all_but(10));
  }
  SECTION("queue.head") {
    std::filesystem::remove(data / "queue.head");
    CHECK(ten.numbers(1, "queue.head manque") == all_but(0));
  }
  SECTION("what queue.head says") {
    spill(data / "queue.head", "quelque chose");
    CHECK(ten.numbers(1, "illisible") == all_but(0));
  }
  SECTION("queue.head of another chain") {
    spill(data / "queue.head", "00000000000000000060 " + std::string(64, 'a') + "\n");
    CHECK(ten.numbers(1, "enregistrement 60 : sa somme de contrôle") == all_but(0));
  }
}

TEST_CASE("What cannot be read or written is told, with exit 1; no journal is exit 2") {
  Folder empty;
  CHECK(run(empty.path()).code == 2);
  Written w;
  w.journal->append(w.story.life());
  flip(w.folder.path(), "body", 3);
  auto exported = run(w.folder.path());
  CHECK(exported.code == 1);
  CHECK_THAT(exported.err, Catch::Contains("enregistrement"));

  Written good;
  good.journal->append(std::vector{good.story.submit(content())});
  std::ostream nowhere(nullptr);
  std::ostringstream err;
  CHECK(console::run_export(good.folder.path(), nowhere, err) == 1);
  std::filesystem::remove(good.folder.path() / "master.key");
  CHECK(run(good.folder.path()).code == 1);
}
