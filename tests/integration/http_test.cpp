// The console's HTTP as machines and browsers use it, and that nothing personal leaves by the side doors.
#include "tests/integration/http.hpp"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/integration/exported.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"

using namespace bannette;
using namespace bannette::test;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr const char* kPassword = "un mot de passe assez long";

void add_user(const Service& service, const std::string& name, const std::string& role,
              const Arguments& more = {}) {
  Arguments arguments{"user", "add",    "--data", service.data().string(), "--name",
                      name,   "--role", role,     "--password-stdin"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = run(arguments, std::string(kPassword) + "\n");
  INFO(ran.err);
  REQUIRE(ran.code == 0);
}

std::string add_token(const Service& service, const std::string& name) {
  const Ran ran = run({"token", "add", "--data", service.data().string(), "--name", name});
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  REQUIRE(ran.out.ends_with("\n"));
  return ran.out.substr(0, ran.out.size() - 1);
}

json::object call(const std::string& note) {
  return {{"note", note},
          {"commune", "Roubaix"},
          {"address", "12 rue de Lannoy"},
          {"caller", json::object{{"name", "Mme Ahmadi"}, {"phone", "06 12 34 56 78"}}}};
}

std::string all_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("Health, metrics and the interface's description need no login; the rest does") {
  Service service;
  service.start();
  HttpSession anybody(service.http());
  for (const char* path : {"/livez", "/readyz", "/metrics", "/api/v1/openapi.json", "/api/v1/site"}) {
    INFO(path);
    CHECK(anybody.get(path).status == 200);
  }
  CHECK(anybody.get("/api/v1/openapi.json").json().at("openapi").as_string().starts_with("3.1"));
  CHECK(anybody.get("/metrics").body.find("# TYPE bannette_") != std::string::npos);
  for (const char* path : {"/api/v1/me", "/api/v1/tray", "/api/v1/bannettes", "/api/v1/catalogue",
                           "/api/v1/outbox", "/api/v1/dossiers/K7F-3MX"}) {
    INFO(path);
    const HttpAnswer refused = anybody.get(path);
    CHECK(refused.status == 401);
    CHECK(refused.header("Content-Type").starts_with("application/problem+json"));
  }
  CHECK(anybody.post("/api/v1/classify", call("x")).status == 401);
  CHECK(anybody.post("/api/v1/requests", call("x"), id_text(new_key())).status == 401);
  CHECK(anybody.login("personne", "mot de passe inventé") == 401);
}

TEST_CASE("A user added while serving logs in, classifies and logs a call once") {
  Service service;
  service.start();
  add_user(service, "odile", "operator");
  HttpSession odile(service.http());
  REQUIRE(odile.login("odile", kPassword) == 200);

  const HttpAnswer classified = odile.post(
      "/api/v1/classify", {{"note", "Impayé de loyer, risque d'expulsion"}, {"commune", "Roubaix"}});
  REQUIRE(classified.status == 200);
  CHECK(classified.json().at("topic").as_string() == "social.logement");
  CHECK(classified.json().at("topics").as_array().size() >= 3);

  CHECK(odile.post("/api/v1/requests", call("sans clé")).status == 428);
  const std::string key = id_text(new_key());
  const json::object request = call("Impayé de loyer, risque d'expulsion");
  const HttpAnswer first = odile.post("/api/v1/requests", request, key);
  INFO(first.body);
  REQUIRE(first.status == 201);
  const json::object receipt = first.json();
  CHECK(receipt.at("durable").as_bool());
  CHECK(receipt.at("key").as_string() == key);
  for (const char* each : {"reference", "id", "seq", "bannette", "arrived"}) CHECK(receipt.contains(each));

  const HttpAnswer again = odile.post("/api/v1/requests", request, key);
  CHECK(again.status == 201);
  CHECK(again.json() == receipt);
  const HttpAnswer reused = odile.post("/api/v1/requests", call("Expulsion pour impayé de loyer"), key);
  CHECK(reused.status == 409);
  CHECK(reused.json().at("code").as_string() == "key_reused");

  const HttpAnswer found = odile.post("/api/v1/requests/find", {{"reference", receipt.at("reference")}});
  REQUIRE(found.status == 200);
  CHECK(found.json().at("items").as_array().size() == 1);
  CHECK(found.body.find("loyer") == std::string::npos);
  CHECK(found.body.find("Ahmadi") == std::string::npos);

  const Exported kept = Exported::of(service.data());
  REQUIRE(kept.dossiers.size() == 1);
  CHECK(kept.dossiers.front().id == receipt.at("id").as_string());
  CHECK(kept.dossiers.front().history.front().actor == "odile");
}

TEST_CASE("A machine's token made while serving works, and ends when it is revoked") {
  Service service;
  service.start();
  HttpSession machine(service.http());
  machine.bear("pas un jeton");
  CHECK(machine.post("/api/v1/classify", call("x")).status == 401);
  machine.bear(add_token(service, "formulaire"));
  CHECK(machine.post("/api/v1/requests", call("Demande de logement"), id_text(new_key())).status == 201);
  REQUIRE(run({"token", "revoke", "--data", service.data().string(), "--name", "formulaire"}).code == 0);
  CHECK(machine.post("/api/v1/requests", call("Demande de logement"), id_text(new_key())).status == 401);
}

TEST_CASE("The whole way over HTTP: an agent takes what an operator logged") {
  Service service;
  service.start();
  add_user(service, "odile", "operator");
  add_user(service, "lea", "agent", {"--unit", "utpas-roubaix-est"});
  HttpSession odile(service.http()), lea(service.http());
  REQUIRE(odile.login("odile", kPassword) == 200);
  REQUIRE(lea.login("lea", kPassword) == 200);
  json::object request = call("Demande de puéricultrice");
  request["bannette"] = kEastPmi;
  const HttpAnswer logged = odile.post("/api/v1/requests", request, id_text(new_key()));
  REQUIRE(logged.status == 201);
  const std::string path = "/api/v1/dossiers/" + std::string(logged.json().at("id").as_string());
  CHECK(odile.get(path).status == 403);

  CHECK(lea.get("/api/v1/tray").json().at("total").to_number<int>() == 1);
  const HttpAnswer reserved = lea.post(path + "/reserve", {}, id_text(new_key()));
  REQUIRE(reserved.status == 200);
  const json::value fence = reserved.json().at("header").at("fence");
  CHECK(lea.post(path + "/accept", {{"fence", 99}}, id_text(new_key())).status == 409);
  CHECK(lea.post(path + "/accept", {{"fence", fence}}, id_text(new_key())).status == 200);
  CHECK(lea.post(path + "/notes", {{"fence", fence}, {"text", "Rappelée"}}, id_text(new_key())).status ==
        200);
  const HttpAnswer handled =
      lea.post(path + "/handle", {{"fence", fence}, {"outcome", "answered"}}, id_text(new_key()));
  CHECK(handled.status == 200);
  CHECK(handled.json().at("header").at("state").as_string() == "handled");
  CHECK(lea.get(path).json().at("history").as_array().size() == 5);
}

TEST_CASE("Nothing of what callers said is in the log, in the metrics, or in clear in a file") {
  Service service;
  service.start();
  add_user(service, "odile", "operator");
  add_user(service, "lea", "agent", {"--unit", "utpas-roubaix-est"});
  HttpSession odile(service.http()), lea(service.http());
  REQUIRE(odile.login("odile", kPassword) == 200);
  REQUIRE(lea.login("lea", kPassword) == 200);
  json::object request{{"note", "canarinote zibeline"},
                       {"commune", "canaricommune"},
                       {"address", "7 rue canariadresse"},
                       {"caller", json::object{{"name", "canarinom"}, {"phone", "0698765432"}}},
                       {"topic", "pmi.petite-enfance"},
                       {"bannette", kEastPmi}};
  const HttpAnswer logged = odile.post("/api/v1/requests", request, id_text(new_key()));
  INFO(logged.body);
  REQUIRE(logged.status == 201);
  request["urgency"] = "canarivaleur";  // a refusal's way past the log
  CHECK(odile.post("/api/v1/requests", request, id_text(new_key())).status == 400);
  CHECK(odile.post("/api/v1/requests/find", {{"phone", "0698765432"}}).status == 200);
  CHECK(odile.get("/api/v1/canarichemin").status == 404);
  CHECK(HttpSession(service.http()).login("odile", "canarimotdepasse") == 401);
  const std::string path = "/api/v1/dossiers/" + std::string(logged.json().at("id").as_string());
  const HttpAnswer taken = lea.post(path + "/take", {}, id_text(new_key()));
  REQUIRE(taken.status == 200);
  const json::value fence = taken.json().at("header").at("fence");
  CHECK(lea.post(path + "/notes", {{"fence", fence}, {"text", "canariajout"}}, id_text(new_key())).status ==
        200);
  CHECK(lea.get(path).body.find("canarinote") != std::string::npos);
  const std::string metrics = odile.get("/metrics").body;
  REQUIRE(service.stop() == 0);

  const std::vector<std::string> canaries{"canari", "zibeline", "98765432", "98 76 54 32", kPassword};
  const auto found_in = [&](const std::string& text) {
    for (const auto& each : canaries)
      if (text.find(each) != std::string::npos) return each;
    return std::string{};
  };
  CHECK(found_in(service.log()) == "");
  CHECK(found_in(metrics) == "");
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(service.data())) {
    if (!entry.is_regular_file()) continue;
    INFO(entry.path().string());
    CHECK(found_in(all_of(entry.path())) == "");
    ++files;
  }
  CHECK(files >= 5);
  CHECK(run({"export", "--data", service.data().string()}).out.find("canarinote") != std::string::npos);
}
