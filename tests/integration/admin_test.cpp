// The configuration and its way back, over restarts; the trial on past calls; health; the audit.
#include <fstream>
#include <optional>
#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

std::string token(const Service& service, const std::string& role) {
  const Ran ran = run({"token", "add", "--data", service.data().string(), "--name", role, "--role", role});
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  return ran.out.substr(0, ran.out.size() - 1);
}

// The sample site in a folder that a test may change, and an administrator.
struct Governed {
  Governed() : config(folder.path() / "config") {
    fs::copy(site_folder(), config, fs::copy_options::recursive);
    ServiceOptions options;
    options.config = config;
    service.emplace(options);
    service->start();
    bearer = token(*service, "admin");
    visit();
  }
  void visit() {
    admin.emplace(service->http());
    admin->bear(bearer);
  }
  void restart() {
    REQUIRE(service->stop() == 0);
    service->start();
    visit();
  }
  void add(const std::string& file, const std::string& text) const {
    std::ofstream(config / file, std::ios::app) << text;
  }
  [[nodiscard]] json::object configuration() { return admin->get("/api/v1/admin/configuration").json(); }
  [[nodiscard]] std::string acts() {
    std::string all;
    const auto page = admin->post("/api/v1/audit", {}).json();
    for (const auto& each : page.at("items").as_array()) all += std::string(each.at("act").as_string()) + " ";
    return all;
  }

  TemporaryFolder folder;
  fs::path config;
  std::optional<Service> service;
  std::string bearer;
  std::optional<HttpSession> admin;
};

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE(
    "A configuration is taken back, stays so over a restart, loudly, and ends when the folder is activated") {
  Governed site;
  const auto first = site.configuration();
  CHECK(first.at("number") == 1);
  CHECK(first.at("pinned").is_null());
  const std::string before(first.at("version").as_string());

  site.add("motifs.csv", "# un commentaire de plus\n");
  const auto refused = site.admin->post("/api/v1/admin/reload", {});
  CHECK(refused.status == 422);  // not a row of this table
  CHECK(site.configuration().at("items").as_array().size() == 1);
  fs::copy(site_folder() / "motifs.csv", site.config / "motifs.csv", fs::copy_options::overwrite_existing);
  site.add("site.toml", "\n# relu\n");
  REQUIRE(site.admin->post("/api/v1/admin/reload", {}).status == 200);
  const auto second = site.configuration();
  CHECK(second.at("number") == 2);
  CHECK(second.at("version").as_string() != before);
  CHECK(site.admin->post("/api/v1/admin/roll-back", {{"number", 7}}).status == 422);

  const auto back = site.admin->post("/api/v1/admin/roll-back", {{"number", 1}});
  REQUIRE(back.status == 200);
  CHECK(back.json().at("remarks").as_array().size() == 1);
  CHECK(site.configuration().at("version").as_string() == before);
  std::ostringstream untouched;
  untouched << std::ifstream(site.config / "site.toml").rdbuf();
  CHECK(untouched.str().ends_with("# relu\n"));

  site.restart();
  const auto pinned = site.configuration();
  CHECK(pinned.at("version").as_string() == before);
  CHECK(pinned.at("number") == 1);
  CHECK(pinned.at("pinned").at("who") == "admin");
  CHECK(site.service->log().find("ATTENTION") != std::string::npos);

  const Ran reload = run({"reload", "--data", site.service->data().string()});
  CHECK(reload.code == 0);
  const auto again = site.configuration();
  CHECK(again.at("number") == 2);  // the same bytes: not kept twice
  CHECK(again.at("pinned").is_null());
  CHECK(again.at("items").as_array().size() == 2);
  CHECK(site.acts() ==
        "configuration_activated configuration_rolled_back configuration_refused configuration_activated "
        "configuration_refused token_added ");
  CHECK(site.service->stop() == 0);
}

TEST_CASE(
    "What is kept is bounded, holds no notes, and a damaged pin does not keep the service from starting") {
  Governed site;
  const fs::path kept = site.service->data() / "configurations";
  CHECK(fs::exists(kept / "000001/files/site.toml"));
  CHECK_FALSE(fs::exists(kept / "000001/files/notes/notes-1.jsonl"));  // what callers say is personal
  REQUIRE(site.service->stop() == 0);
  for (int number = 2; number <= 12; ++number) {
    const fs::path folder = kept / ((number < 10 ? "00000" : "0000") + std::to_string(number));
    fs::copy(kept / "000001", folder, fs::copy_options::recursive);
    const json::object about{
        {"version", "x"}, {"digest", std::to_string(number)}, {"at_ms", 1}, {"who", "x"}};
    std::ofstream(folder / "about.json") << json::serialize(about);
  }
  site.service->start();
  site.visit();
  CHECK(site.configuration().at("number") == 1);
  site.add("site.toml", "\n# relu\n");
  REQUIRE(site.admin->post("/api/v1/admin/reload", {}).status == 200);
  CHECK(entries(kept) == 12);
  CHECK(fs::exists(kept / "000001"));  // it was in force
  CHECK_FALSE(fs::exists(kept / "000002"));
  CHECK(site.configuration().at("items").as_array().size() == 12);
  const auto damaged = site.admin->post("/api/v1/admin/roll-back", {{"number", 12}});
  CHECK(damaged.status == 422);  // its files are not those that its digest is of
  CHECK(damaged.body.find("abîmée") != std::string::npos);
  REQUIRE(site.admin->post("/api/v1/admin/roll-back", {{"number", 1}}).status == 200);
  REQUIRE(site.service->stop() == 0);
  std::ofstream(kept / "000001/files/site.toml", std::ios::app) << "# one more line\n";
  site.service->start();
  site.visit();
  const auto now = site.configuration();
  CHECK(now.at("number") == 13);
  CHECK(now.at("pinned").is_null());  // the folder is in force: nothing says that it is not read
  CHECK(site.admin->get("/metrics").body.find("bannette_configuration_pinned 0") != std::string::npos);
  CHECK(site.service->log().find("ne se relit pas") != std::string::npos);
  CHECK(site.acts().starts_with("configuration_refused "));
  REQUIRE(site.service->stop() == 0);
  site.service->start();
  site.visit();
  CHECK(site.configuration().at("number") == 13);  // nor after the next start
  CHECK(site.service->stop() == 0);
}

TEST_CASE(
    "Past calls are tried on another configuration beside the service, without a word of what was said") {
  Governed site;
  HttpSession operators(site.service->http());
  operators.bear(token(*site.service, "operator"));
  for (int i = 0; i < 20; ++i)
    REQUIRE(
        operators
            .post("/api/v1/requests",
                  {{"note", "Demande d'aide pour remplir son dossier, zibeline"}, {"commune", "Wasquehal"}},
                  id_text(new_key()))
            .status == 201);
  REQUIRE(site.admin->post("/api/v1/admin/dry-run", {{"days", 2}}).status == 202);
  json::object state;
  do state = site.admin->get("/api/v1/admin/dry-run").json();
  while (state.at("state") == "running");
  CHECK(state.at("state") == "done");
  CHECK(state.at("calls") == 20);
  CHECK(state.at("result").at("compared") == 20);
  CHECK(state.at("result").at("moved") == 0);
  CHECK(json::serialize(state).find("zibeline") == std::string::npos);
  CHECK(site.admin->post("/api/v1/admin/dry-run", {{"number", 9}}).status == 404);
  CHECK(site.acts().starts_with("replayed "));
  CHECK(site.service->stop() == 0);
}

TEST_CASE("Health says what an administrator watches; a backup's age is noted; exports are in the audit") {
  Governed site;
  const std::string data = site.service->data().string();
  auto health = site.admin->get("/api/v1/admin/health").json();
  CHECK(health.at("ready").as_bool());
  CHECK(health.at("backup").is_null());
  CHECK(health.at("disk").at("total").to_number<std::uint64_t>() > 0);
  CHECK(health.at("files").as_array().size() >= 4);
  CHECK(health.at("calls").at("open") == 0);
  CHECK(health.at("calls").at("pbxs").as_array().size() <= 1);  // the sample's is not connected to
  const fs::path archive = site.folder.path() / "sauvegarde.tar";
  REQUIRE(run({"backup", "--data", data, "--to", archive.string()}).code == 0);
  health = site.admin->get("/api/v1/admin/health").json();
  CHECK(health.at("backup").at("bytes").to_number<std::uint64_t>() == fs::file_size(archive));
  REQUIRE(run({"export", "--data", data}).code == 0);
  const auto entry = site.admin->post("/api/v1/audit", {}).json().at("items").as_array().at(0).as_object();
  CHECK(entry.at("act") == "exported");
  CHECK(entry.at("who").as_string().starts_with("ligne de commande ("));
  CHECK(site.service->stop() == 0);
}
