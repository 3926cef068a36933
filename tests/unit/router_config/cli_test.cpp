// `bannette check --config` and `bannette classify`, as functions.
#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "agent-console/cli/check_config.hpp"
#include "agent-console/cli/classify.hpp"
#include "tests/unit/router_config/folder.hpp"

using namespace bannette;
namespace json = boost::json;

namespace {

struct Run {
  int code = 0;
  std::vector<json::object> lines;
  std::string err;
};

Run classify(const std::filesystem::path& config, const std::string& text) {
  std::istringstream in(text);
  std::ostringstream out, err;
  Run run;
  run.code = console::run_classify(config, in, out, err);
  run.err = err.str();
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) run.lines.push_back(json::parse(line).as_object());
  return run;
}

}  // namespace

TEST_CASE("check: one line a finding, a summary, and an exit code") {
  const router::test::Folder folder;
  std::ostringstream good, bad, none;
  CHECK(console::run_check_config(folder.path(), good) == 0);
  CHECK(good.str().find("0 erreur, 0 avertissement") != std::string::npos);
  CHECK(good.str().find("\n  horaires : lundi 08:30-12:30 13:30-17:30") != std::string::npos);
  CHECK(good.str().find("\n  astreinte : aucune\n") != std::string::npos);
  folder.change("sectorisation.csv", "hem;59299;;;;", "hemm;59299;;;;");
  CHECK(console::run_check_config(folder.path(), bad) == 1);
  CHECK(bad.str().find("sectorisation.csv:2:1: erreur: unité inconnue « hemm » ; écrire plutôt : hem\n") ==
        0);
  CHECK(bad.str().find("horaires") == std::string::npos);
  CHECK(console::run_check_config(folder.path() / "rien", none) == 2);
}

TEST_CASE("classify: one decision a line, in order") {
  const router::test::Folder folder;
  const auto run = classify(folder.path(),
                            "{\"id\":\"a\",\"note\":\"une "
                            "facture\",\"commune\":\"Hem\",\"address\":\"\",\"other\":1}\n\n{\"id\":7}\n{"
                            "\"note\":\"impôts\"}\n");
  CHECK(run.code == 0);
  REQUIRE(run.lines.size() == 3);
  const auto& first = run.lines[0];
  CHECK(first.at("id") == "a");
  CHECK(first.at("topic") == "budget");
  CHECK(first.at("topics").as_array().size() == 3);
  CHECK(first.at("topics").at(0).at("code") == "budget");
  CHECK(first.at("urgency") == "normal");
  CHECK(first.at("danger") == false);
  CHECK(first.at("insee") == "59299");
  CHECK(first.at("unit") == "hem");
  CHECK(first.at("bannette") == "hem/social");
  CHECK(first.at("uncertain") == false);
  CHECK(first.at("because").as_array().size() > 0);
  CHECK(run.lines[1].at("id") == 7);
  CHECK(run.lines[1].at("insee") == "");
  CHECK(run.lines[2].at("id") == "");
  CHECK(run.lines[2].at("bannette") == "");
}

TEST_CASE("classify: a bad line is refused in its place") {
  const router::test::Folder folder;
  const auto refusal = [&](const std::string& line) {
    const auto run = classify(folder.path(), line + "\n{\"id\":\"after\"}\n");
    CHECK(run.code == 1);
    REQUIRE(run.lines.size() == 2);
    CHECK(run.lines[1].at("id") == "after");
    CHECK(run.lines[1].contains("topic"));
    const auto& error = run.lines[0].at("error").as_object();
    CHECK_FALSE(error.at("detail").as_string().empty());
    return std::string(error.at("code").as_string()) + " " + std::string(error.at("field").as_string());
  };
  CHECK(refusal("not json") == "malformed ");
  CHECK(refusal("[1]") == "malformed ");
  CHECK(refusal("{\"id\":\"x\",\"note\":3}") == "malformed note");
  CHECK(refusal("{\"id\":{}}") == "malformed id");
  CHECK(refusal("{\"note\":\"" + std::string(20'001, 'x') + "\"}") == "too_large note");
  CHECK(refusal("{\"commune\":\"" + std::string(201, 'x') + "\"}") == "too_large commune");
  CHECK(refusal("{\"address\":\"" + std::string(401, 'x') + "\"}") == "too_large address");
  CHECK(refusal("{\"note\":\"" + std::string(100'000, 'x') + "\"}") == "too_large ");
  CHECK(refusal("{\"note\":\"\xC3\x28\"}") == "malformed ");
  CHECK(refusal(std::string(1'000, '[')) == "malformed ");
}

TEST_CASE("classify: wrong use and broken configurations") {
  const router::test::Folder folder;
  CHECK(classify(folder.path() / "rien", "{}\n").code == 2);
  folder.write("motifs.csv", "");
  const auto run = classify(folder.path(), "{}\n");
  CHECK(run.code == 1);
  CHECK(run.lines.empty());
  CHECK(run.err.find("motifs.csv") != std::string::npos);
}
