#include "router/learn/notes.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/router_config/folder.hpp"

using namespace bannette;
using namespace bannette::router;

namespace {

const std::string good =
    R"({"id":"a","note":"une facture","commune":"Hem","address":"","motif":"budget","motifs_ok":["budget"],)"
    R"("urgency":"normal","danger":false,"insee":"59299","unit":"hem","trap":"","more":1})";

std::string with(std::string_view from, std::string_view to) {
  auto line = good;
  line.replace(line.find(from), from.size(), to);
  return line;
}

}  // namespace

TEST_CASE("notes of a folder come in order of file and line") {
  const test::Folder folder;
  const auto site = folder.load().site.value();
  folder.write("b.jsonl", with("\"a\"", "\"b1\"") + "\n\n" + with("\"a\"", "\"b2\""));
  folder.write("a.jsonl", good + "\n");
  const auto read = read_notes(folder.path(), site);
  CHECK(read.errors.empty());
  REQUIRE(read.notes.size() == 3);
  CHECK(read.notes[0].id == "a");
  CHECK(read.notes[0].call.commune == "Hem");
  CHECK(read.notes[0].topic == "budget");
  CHECK(read.notes[0].unit == "hem");
  CHECK(read.notes[2].id == "b2");
  CHECK(read.notes[2].file == "b.jsonl");
  CHECK(read_notes(folder.path() / "a.jsonl", site).notes.size() == 1);
}

TEST_CASE("a line that is wrong is told with its file and line, and the others are read") {
  const test::Folder folder;
  const auto site = folder.load().site.value();
  struct Row {
    std::string line, message;
  };
  for (const auto& row : std::vector<Row>{
           {"{", "n'est pas un objet JSON"},
           {"[1]", "n'est pas un objet JSON"},
           {with("\"note\":\"une facture\"", "\"note\":3"), "« note » doit être un texte"},
           {with("une facture", std::string(20'001, 'x')), "« note » dépasse 20000 octets"},
           {with("\"motif\":\"budget\"", "\"motif\":\"loyer\""), "« motif » est inconnu : « loyer »"},
           {with("[\"budget\"]", "[\"loyer\"]"), "« motifs_ok » nomme un motif inconnu : « loyer »"},
           {with("[\"budget\"]", "[\"handicap\"]"), "« motifs_ok » doit contenir « motif »"},
           {with("[\"budget\"]", "\"budget\""), "« motifs_ok » doit être une liste"},
           {with("normal", "vite"), "« urgency » doit être immediate, urgent, priority ou normal"},
           {with("false", "true"), "« urgency » est au moins « urgent » pour un danger"},
           {with("false", "1"), "« danger » doit être true ou false"},
           {with("\"unit\":\"hem\"", "\"unit\":\"lens\""), "« unit » est inconnue"},
           {good, "« id » est déjà pris"},
           {std::string(70'000, ' ') + "{}", "ligne de plus de 64 Kio"}}) {
    CAPTURE(row.line.substr(0, 200));
    folder.write("n.jsonl", good + "\n" + row.line + "\n" + with("\"a\"", "\"c\""));
    const auto read = read_notes(folder.path() / "n.jsonl", site);
    CHECK(read.notes.size() == 2);
    REQUIRE(read.errors.size() == 1);
    CHECK(read.errors[0].file == "n.jsonl");
    CHECK(read.errors[0].line == 2);
    CHECK_THAT(read.errors[0].message, Catch::Contains(row.message));
  }
  CHECK(read_notes(folder.path() / "none.jsonl", site).errors.size() == 1);
}
