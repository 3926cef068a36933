// Calls through the whole program: told by the webhook, killed in mid-call, and each still accounted for.
#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "queue/core/ids.hpp"
#include "queue/system/clock.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr const char* kPassword = "un mot de passe long";

// The sample site with a PBX that tells by the webhook.
fs::path site_with_pbx(const TemporaryFolder& folder) {
  fs::copy(site_folder(), folder.path() / "site", fs::copy_options::recursive);
  std::ofstream(folder.path() / "site" / "telephonie.toml") << R"(
[[standard]]
code = "annexe"
type = "cti"

[[file]]
code = "accueil"
libelle = "Accueil"

[[poste]]
code = "p1"
nom = "Poste 1"
interface = "41"
)";
  return folder.path() / "site";
}

std::string key() {
  static std::uint8_t count = 0;
  return to_string(make_uuid7(system::now().wall_ms, {++count}));
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

struct Centre {
  Centre() : config(site_with_pbx(folder)), service(ServiceOptions{false, {}, config, {}}) {
    service.start();
    for (const char* role : {"operator", "supervisor"})
      REQUIRE(run({"user", "add", "--data", service.data().string(), "--name", role, "--role", role,
                   "--password-stdin"},
                  std::string(kPassword) + "\n")
                  .code == 0);
    const Ran made =
        run({"token", "add", "--data", service.data().string(), "--name", "pont", "--pbx", "annexe"});
    REQUIRE(made.code == 0);
    token = first_line(made.out);
  }
  HttpSession person(const char* name) const {
    HttpSession session(service.http());
    REQUIRE(session.login(name, kPassword) == 200);
    return session;
  }
  int tell(const char* event, const std::string& call, json::object more = {}) const {
    HttpSession pbx(service.http());
    pbx.bear(token);
    more["event"] = event;
    more["callId"] = call;
    more["from"] = "0320123456";
    more["to"] = "0320000000";
    more["direction"] = "in";
    more["queue"] = "accueil";
    return pbx.post("/api/v1/cti", more).status;
  }
  json::object call(const std::string& id) const {
    auto answer = person("operator").get("/api/v1/calls/" + id);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json();
  }

  TemporaryFolder folder;
  fs::path config;
  Service service;
  std::string token;
};

}  // namespace

TEST_CASE("killed in mid-call: no call is lost, and calls and dossiers add up") {
  Centre centre;
  REQUIRE(centre.tell("newCall", "c1") == 200);
  REQUIRE(centre.tell("answer", "c1", {{"answeringNumber", "41"}}) == 200);
  REQUIRE(centre.tell("newCall", "c2") == 200);
  centre.service.kill();
  centre.service.start();
  CHECK(centre.call("annexe:c1").at("state") == "talking");
  CHECK(centre.call("annexe:c1").at("post") == "p1");
  CHECK(centre.call("annexe:c1").at("number") == "+33320123456");
  CHECK(centre.person("supervisor").get("/api/v1/calls/now").json().at("lines").at(0).at("waiting") == 1);

  auto operator_ = centre.person("operator");
  const json::object request{{"note", "Demande de rendez-vous pour un nourrisson"},
                             {"commune", "Roubaix"},
                             {"topic", "pmi.petite-enfance"},
                             {"call", "annexe:c1"}};
  const auto logged = operator_.post("/api/v1/requests", request, key());
  INFO(logged.body);
  REQUIRE(logged.status == 201);
  const auto reference = logged.json().at("reference");
  auto unknown = request;
  unknown["call"] = "annexe:autre";
  CHECK(operator_.post("/api/v1/requests", unknown, key()).status == 404);
  const auto by_hand = operator_.post("/api/v1/calls", {{"outcome", "wrong_number"}}, key());
  CHECK(by_hand.json().at("outcome") == "wrong_number");
  centre.service.kill();
  centre.service.start();
  REQUIRE(centre.tell("hangup", "c1", {{"cause", "normalClearing"}}) == 200);
  REQUIRE(centre.tell("hangup", "c2", {{"cause", "cancel"}}) == 200);
  const auto ended = centre.call("annexe:c1");
  CHECK(ended.at("state") == "qualified");
  CHECK(ended.at("dossiers").at(0) == reference);
  CHECK(centre.call(std::string(by_hand.json().at("id").as_string())).at("state") == "qualified");

  // What is said twice or too late is taken and changes nothing; a stranger is told nothing.
  CHECK(centre.tell("hangup", "c1", {{"cause", "normalClearing"}}) == 200);
  HttpSession stranger(centre.service.http());
  stranger.bear("bnt_faux");
  CHECK(stranger.post("/api/v1/cti", {{"event", "newCall"}, {"callId", "x"}}).status == 401);

  // Beside the running service: each leg once, and the journal is whole.
  const Ran ledger = run({"calls", "--data", centre.service.data().string(), "--json"});
  INFO(ledger.out << ledger.err);
  REQUIRE(ledger.code == 0);
  const auto at_c1 = ledger.out.find("\"c1\"");
  REQUIRE(at_c1 != std::string::npos);
  CHECK(ledger.out.find("\"answered\"") != std::string::npos);
  CHECK(ledger.out.find("\"abandoned\"") != std::string::npos);
  CHECK(std::count(ledger.out.begin(), ledger.out.end(), '\n') == 2);
  const Ran checked = run({"check", "--data", centre.service.data().string()});
  INFO(checked.out << checked.err);
  CHECK(checked.code == 0);
  CHECK(checked.out.find("Appels : ") != std::string::npos);

  // Neither logs nor metrics know who called, and no log holds a token.
  const auto metrics = HttpSession(centre.service.http()).get("/metrics").body;
  CHECK(metrics.find("bannette_cti_events_total") != std::string::npos);
  CHECK(metrics.find("bannette_pbx_up{pbx=\"annexe\"} 1") != std::string::npos);
  for (const std::string& text : {metrics, centre.service.log()}) {
    CHECK(text.find("320123456") == std::string::npos);
    CHECK(text.find(centre.token) == std::string::npos);
  }

  const fs::path saved = centre.folder.path() / "nuit.tar", back = centre.folder.path() / "retour";
  REQUIRE(run({"backup", "--data", centre.service.data().string(), "--to", saved.string()}).code == 0);
  const Ran restored = run({"restore", "--from", saved.string(), "--data", back.string(), "--master-key",
                            (centre.service.data() / "master.key").string()});
  INFO(restored.out << restored.err);
  CHECK(restored.code == 0);
  CHECK(run({"calls", "--data", back.string(), "--json"}).out == ledger.out);
  REQUIRE(centre.service.stop() == 0);
}
