#include <catch2/catch.hpp>

#include "router/config/files.hpp"
#include "tests/unit/router_config/folder.hpp"

using namespace bannette::router;

namespace {

struct Read {
  std::optional<std::vector<Row>> rows;
  std::vector<Finding> findings;
};

Read read(const std::string& text) {
  const test::Folder folder;
  folder.write("x.csv", text);
  Read out;
  Findings findings("x.csv", out.findings);
  out.rows = read_csv(folder.path() / "x.csv", {"a", "b"}, findings);
  return out;
}

}  // namespace

TEST_CASE("CSV cells know their line and column") {
  const auto [rows, findings] = read(
      "\xEF\xBB\xBF"
      "b;a\r\n1; é2 \n\n\"x;\"\"y\"\"\n\";z\nlast;row");
  REQUIRE(findings.empty());
  REQUIRE(rows->size() == 3);
  CHECK((*rows)[0][0].text == "é2");  // columns in the order that was asked for
  CHECK((*rows)[0][0].line == 2);
  CHECK((*rows)[0][0].column == 4);
  CHECK((*rows)[0][1].text == "1");
  CHECK((*rows)[1][1].text == "x;\"y\"\n");
  CHECK((*rows)[1][0].line == 5);  // a quoted cell may hold a line's end
  CHECK((*rows)[2].line == 6);
}

TEST_CASE("what is wrong with a CSV file") {
  struct Case {
    std::string text;
    std::size_t line, column;
    std::string said;
  };
  for (const auto& [text, line, column, said] :
       std::vector<Case>{{"", 1, 1, "vide"},
                         {"a\n1\n", 1, 1, "« b » absente"},
                         {"a;b;c\n", 1, 5, "inconnue « c »"},
                         {"a;a;b\n", 1, 3, "en double « a »"},
                         {"a;b\n1;2\n1\n", 3, 1, "1 cellules au lieu de 2"},
                         {"a;b\n1;2;3\n", 2, 1, "3 cellules au lieu de 2"},
                         {"a;b\n1;\"2\n", 2, 3, "jamais fermé"},
                         {"a;b\n1;\xC3\x28\n", 2, 3, "UTF-8"},
                         {std::string("a;b\n1;\0x\n", 9), 2, 3, "UTF-8"},
                         {"a;b\n1;" + std::string(cell_max + 1, 'x') + "\n", 2, 3, "octets"}}) {
    CAPTURE(said);
    const auto got = read(text);
    REQUIRE_FALSE(got.findings.empty());
    CHECK(got.findings[0].file == "x.csv");
    CHECK(got.findings[0].line == line);
    CHECK(got.findings[0].column == column);
    CHECK(got.findings[0].message.find(said) != std::string::npos);
  }
  CHECK(read(std::string(file_max + 1, 'x')).findings.at(0).message.find("Mio") != std::string::npos);
}
