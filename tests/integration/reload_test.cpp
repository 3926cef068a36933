// The configuration changes while the service runs: the next call goes by the new one, a broken folder
// changes nothing and says where, and no call is lost in between.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/integration/exported.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

// The sample site, in a folder that a test may change.
struct Configured {
  Configured() : config(folder.path() / "config") {
    fs::copy(site_folder(), config, fs::copy_options::recursive);
    ServiceOptions options;
    options.config = config;
    service.emplace(options);
    service->start();
  }

  void change(const std::string& file, const std::string& from, const std::string& to) const {
    std::ostringstream read;
    read << std::ifstream(config / file).rdbuf();
    std::string text = read.str();
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    std::ofstream(config / file) << text.replace(at, from.size(), to);
  }
  void add(const std::string& file, const std::string& text) const {
    std::ofstream(config / file, std::ios::app) << text;
  }
  [[nodiscard]] Ran reload(const Arguments& more = {}) const {
    Arguments arguments{"reload", "--data", service->data().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  [[nodiscard]] std::string token(const std::string& role) const {
    const Ran ran = run({"token", "add", "--data", service->data().string(), "--name", role, "--role", role});
    REQUIRE(ran.code == 0);
    return ran.out.substr(0, ran.out.size() - 1);
  }

  TemporaryFolder folder;
  fs::path config;
  std::optional<Service> service;
};

constexpr const char* kBudget = "secours financier;normal;5j;normale;unite:social";

v1::Envelope budget_call(const std::string& note) {
  v1::Envelope call = log_call(note);
  call.mutable_log_call()->set_commune("Wasquehal");
  call.mutable_log_call()->set_topic("social.budget");
  return call;
}

// Log calls, sixteen at any time without an answer.
struct Callers {
  explicit Callers(client::Link& its_link) : link(its_link) {}

  void log() {
    link.ask(budget_call("appel"), [this](v1::Envelope&& reply) {
      bool more = false;
      signal.change([&] {
        codes.push_back(code_of(reply));
        if (reply.has_receipt()) ids.push_back(id_text(reply.receipt().id()));
        more = !over;
        if (more) ++asked;
      });
      if (more) log();
    });
  }
  void start() {
    asked = 16;
    for (int i = 0; i < 16; ++i) log();
  }
  // Until one that was asked from now on has its answer.
  void wait_more() {
    const auto before = signal.read([&] { return asked; });
    REQUIRE(signal.wait([&] { return codes.size() > before; }));
  }
  void finish() {
    signal.change([&] { over = true; });
    REQUIRE(signal.wait([&] { return codes.size() == asked; }));
  }

  client::Link& link;
  Signal signal;
  std::size_t asked = 0;
  std::vector<std::string> codes, ids;
  bool over = false;
};

std::string goes_to(client::Link& link) {
  return ask(link, budget_call("frigo vide")).receipt().bannette();
}

std::string version_of(const Ran& ran) {
  return std::string(json::parse(ran.out).at("after").as_string());
}

}  // namespace

TEST_CASE("A changed sector is in force with the next call; a broken folder changes nothing and says where") {
  Configured site;
  const auto link = site.service->link(kEast);
  CHECK(goes_to(*link) == "utpas-croix-wasquehal/social");

  site.change("sectorisation.csv", "utpas-croix-wasquehal;59646;;;;", "utpas-wattrelos-leers;59646;;;;");
  const Ran looked = site.reload({"--check-only"});
  CHECK(looked.code == 0);
  CHECK(looked.out.find("Wasquehal (59646) : utpas-wattrelos-leers, avant utpas-croix-wasquehal") !=
        std::string::npos);
  CHECK(goes_to(*link) == "utpas-croix-wasquehal/social");

  const Ran reloaded = site.reload({"--json"});
  CHECK(reloaded.code == 0);
  CHECK(goes_to(*link) == "utpas-wattrelos-leers/social");

  site.add("sectorisation.csv", "utpas-nulle-part;59009;;;;\n");
  const Ran refused = site.reload();
  CHECK(refused.code == 1);
  CHECK(refused.err.find("sectorisation.csv:50:1: erreur: unité inconnue « utpas-nulle-part »") !=
        std::string::npos);
  CHECK(refused.out.find("rien n'a changé") != std::string::npos);
  CHECK(goes_to(*link) == "utpas-wattrelos-leers/social");
  fs::remove(site.config / "site.toml");
  CHECK(site.reload().code == 1);
  CHECK(goes_to(*link) == "utpas-wattrelos-leers/social");
  CHECK(site.service->stop() == 0);

  const Ran exported = run({"export", "--data", site.service->data().string()});
  std::istringstream lines(exported.out);
  std::vector<std::string> versions;
  for (std::string line; std::getline(lines, line);)
    versions.emplace_back(json::parse(line).at("content").at("rules_version").as_string());
  REQUIRE(versions.size() == 5);
  CHECK(versions[0] == versions[1]);
  CHECK(versions[1] != versions[2]);
  CHECK(versions[2] == version_of(reloaded));
  CHECK(versions[4] == versions[2]);
}

TEST_CASE("Calls that are logged while the configuration changes are all there, and none is refused") {
  Configured site;
  const auto link = site.service->link(kEast);
  Callers callers(*link);
  callers.start();

  callers.wait_more();
  site.add("units.toml", "\n[[service]]\ncode = \"ephemere\"\nnom = \"Service éphémère\"\n");
  site.change("motifs.csv", kBudget, "secours financier;normal;2j;normale;service:ephemere");
  const Ran there = site.reload();
  INFO(there.err);
  CHECK(there.code == 0);
  callers.wait_more();
  // What it would take away holds dossiers now.
  fs::copy_file(site_folder() / "units.toml", site.config / "units.toml",
                fs::copy_options::overwrite_existing);
  fs::copy_file(site_folder() / "motifs.csv", site.config / "motifs.csv",
                fs::copy_options::overwrite_existing);
  const Ran back = site.reload();
  CHECK(back.code == 1);
  CHECK(back.err.find("service:ephemere a encore ") != std::string::npos);
  callers.wait_more();
  callers.finish();
  CHECK(site.service->stop() == 0);

  const auto& codes = callers.codes;
  CHECK(std::count(codes.begin(), codes.end(), "") == static_cast<std::ptrdiff_t>(codes.size()));
  const auto kept = Exported::of(site.service->data());
  std::set<std::string> bannettes;
  for (const auto& id : callers.ids) {
    const auto* dossier = kept.find(id);
    REQUIRE(dossier != nullptr);
    bannettes.insert(dossier->bannette);
  }
  CHECK(bannettes == std::set<std::string>{"service:ephemere", "utpas-croix-wasquehal/social"});
}

TEST_CASE("The administrator reloads over REST and by signal; nobody else does; another site is refused") {
  Configured site;
  HttpSession admin(site.service->http()), supervisor(site.service->http());
  admin.bear(site.token("admin"));
  supervisor.bear(site.token("supervisor"));
  CHECK(supervisor.post("/api/v1/admin/reload", {}).status == 403);

  site.change("motifs.csv", ";Difficultés financières;", ";Budget en difficulté;");
  site.add("units.toml", "\n[[service]]\ncode = \"ephemere\"\nnom = \"Service éphémère\"\n");
  const auto done = admin.post("/api/v1/admin/reload", {});
  CHECK(done.status == 200);
  CHECK(done.json().at("switched").as_bool());
  CHECK(admin.get("/api/v1/catalogue").body.find("Budget en difficulté") != std::string::npos);
  CHECK(admin.get("/api/v1/bannettes").body.find("service:ephemere") != std::string::npos);
  CHECK(site.service->log().find("in force, asked by an account") != std::string::npos);

  fs::copy_file(site_folder() / "units.toml", site.config / "units.toml",
                fs::copy_options::overwrite_existing);
  site.service->process().signal(SIGHUP);
  site.service->process().wait_error("in force, asked by SIGHUP");
  CHECK(admin.get("/api/v1/bannettes").body.find("service:ephemere") == std::string::npos);

  site.change("site.toml", "code = \"", "code = \"autre-");
  const auto refused = admin.post("/api/v1/admin/reload", {{"check_only", false}});
  CHECK(refused.status == 422);
  CHECK_FALSE(refused.json().at("switched").as_bool());
  CHECK(refused.json().at("refused").at(0).as_string().starts_with("site.toml : le code du site"));
  CHECK(site.service->stop() == 0);
  const Ran gone = site.reload();
  CHECK(gone.code == 1);
  CHECK(gone.err.find("aucun service ne tourne") != std::string::npos);
}
