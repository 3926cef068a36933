#include <fstream>
#include <set>
#include <thread>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "agent-console/server/api.hpp"
#include "tests/unit/console_server/harness.hpp"
#include "tests/unit/console_server/queue_double.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

// Ids of the table that are no dossier's.
const std::string kCall = "main:1.1", kCallback = "callback-7";

struct Asked {
  const char* method;
  const char* target;
  const char* body;
  const char* allowed;  // roles; the others get 403
};

const Asked kTable[] = {
    {"GET", "/api/v1/me", "", "operator agent manager supervisor admin auditor"},
    {"GET", "/api/v1/catalogue", "", "operator agent manager supervisor admin auditor"},
    {"GET", "/api/v1/on-call", "", "operator supervisor"},
    {"POST", "/api/v1/classify", "{}", "operator supervisor"},
    {"POST", "/api/v1/suggest/communes", R"({"q":"rou"})", "operator supervisor"},
    {"POST", "/api/v1/suggest/streets", R"({"q":"pile","insee":"59512"})", "operator supervisor"},
    {"POST", "/api/v1/requests", R"({"note":"x"})", "operator supervisor"},
    {"POST", "/api/v1/similar", R"({"note":"x","phone":"06"})", "operator supervisor"},
    {"POST", "/api/v1/requests/find", R"({"phone":"0612345678"})", "operator supervisor"},
    {"GET", "/api/v1/drafts", "", "operator supervisor"},
    {"PUT", "/api/v1/drafts/main:{me}", R"({"version":0,"content":{}})", "operator supervisor"},
    {"GET", "/api/v1/drafts/main:{me}", "", "operator supervisor"},
    {"POST", "/api/v1/drafts/main:{me}/offer", "{}", "operator supervisor"},
    {"DELETE", "/api/v1/drafts/main:{me}", "", "operator supervisor"},
    {"GET", "/api/v1/draft-handovers", "", "supervisor admin auditor"},
    {"GET", "/api/v1/bannettes", "", "agent manager supervisor admin auditor"},
    {"GET", "/api/v1/curves", "", "agent manager supervisor admin auditor"},
    {"GET", "/api/v1/reports", "", "agent manager supervisor admin auditor"},
    {"GET", "/api/v1/tray", "", "agent manager supervisor admin auditor"},
    {"POST", "/api/v1/take-next", "{}", "agent manager"},
    {"GET", "/api/v1/dossiers/{}", "", "agent manager supervisor admin auditor"},
    {"GET", "/api/v1/dossiers/{}/reads", "", "agent manager supervisor admin auditor"},
    {"POST", "/api/v1/dossiers/{}/reads", R"({"purpose":"complaint","text":"courrier"})", "supervisor"},
    {"POST", "/api/v1/reads", R"({"person":"lea","from":"2026-11-25T09:30:00Z"})", "admin auditor"},
    {"POST", "/api/v1/dossiers/{}/reserve", R"({"lease_s":60})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/take", "{}", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/accept", R"({"fence":1})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/renew", R"({"fence":1})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/release", R"({"fence":1})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/notes", R"({"fence":1,"text":"appelé"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/handle", R"({"fence":1,"outcome":"answered"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/hold",
     R"({"fence":1,"why":"awaiting_person","until":"2026-11-25T09:30:00Z"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/resume", R"({"fence":1})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/return", R"({"fence":1,"why":"wrong_territory"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/propose", R"({"fence":1,"to":"u3/pmi","why":"wrong_topic"})",
     "agent manager"},
    {"POST", "/api/v1/dossiers/{}/withdraw-proposal", R"({"fence":1})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/accept-proposal", "{}", "agent manager supervisor"},
    {"POST", "/api/v1/dossiers/{}/refuse-proposal", R"({"why":"no_capacity"})", "agent manager supervisor"},
    {"POST", "/api/v1/dossiers/{}/copy", R"({"fence":1,"to":"u3/pmi"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/merge", R"({"fence":1,"into":"K7F-3MX"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/acknowledge", "{}", "operator agent manager supervisor admin"},
    {"POST", "/api/v1/dossiers/{}/reopen", R"({"text":"rappel"})", "agent manager"},
    {"POST", "/api/v1/dossiers/{}/close", "{}", "agent manager supervisor"},
    {"POST", "/api/v1/dossiers/{}/reassign", R"({"fence":0,"to":"lea","why":"absence"})",
     "manager supervisor"},
    {"POST", "/api/v1/dossiers/{}/move", R"({"to":"u3/pmi","why":"wrong_territory"})", "supervisor"},
    {"POST", "/api/v1/delegations", R"({"person":"lea","to":"omar","until":"2026-11-25T09:30:00Z"})",
     "agent manager supervisor"},
    {"POST", "/api/v1/delegations/end", R"({"person":"lea"})", "agent manager supervisor"},
    {"GET", "/api/v1/colleagues", "", "agent manager supervisor"},
    {"POST", "/api/v1/me/password", R"({"old":"un mot de passe long","new":"un autre, plus long"})",
     "operator agent manager supervisor admin auditor"},
    {"POST", "/api/v1/me/active", R"({"ago_s":0})", "operator agent manager supervisor admin auditor"},
    {"GET", "/api/v1/me/preferences", "", "operator agent manager supervisor admin auditor"},
    {"POST", "/api/v1/me/preferences", R"({"text":"x"})", "operator agent manager supervisor admin auditor"},
    {"GET", "/api/v1/events?after=7", "", "supervisor admin auditor"},
    {"GET", "/api/v1/outbox?after=7&limit=5&trace=1", "", "supervisor admin auditor"},
    {"POST", "/api/v1/outbox/retry", R"({"place":7})", "admin"},
    {"POST", "/api/v1/outbox/discard", R"({"place":7,"text":"doublon"})", "admin"},
    {"POST", "/api/v1/admin/reload", R"({"check_only":true})", "admin"},
    {"GET", "/api/v1/admin/configuration", "", "admin"},
    {"POST", "/api/v1/admin/roll-back", R"({"number":1})", "admin"},
    {"GET", "/api/v1/admin/dry-run", "", "admin"},
    {"POST", "/api/v1/admin/dry-run", R"({"days":7})", "admin"},
    {"POST", "/api/v1/admin/dry-run/cancel", "{}", "admin"},
    {"GET", "/api/v1/admin/health", "", "admin"},
    {"GET", "/api/v1/admin/accounts", "", "admin"},
    {"POST", "/api/v1/admin/accounts", R"({"name":"nora","role":"operator"})", "admin"},
    {"POST", "/api/v1/admin/accounts/change", R"({"name":"nora","role":"auditor"})", "admin"},
    {"POST", "/api/v1/admin/accounts/password", R"({"name":"nora"})", "admin"},
    {"POST", "/api/v1/admin/accounts/remove", R"({"name":"nora"})", "admin"},
    {"GET", "/api/v1/admin/sessions", "", "admin"},
    {"POST", "/api/v1/admin/sessions/end", R"({"account":"nora"})", "admin"},
    {"GET", "/api/v1/admin/tokens", "", "admin"},
    {"POST", "/api/v1/admin/tokens", R"({"name":"borne","role":"operator"})", "admin"},
    {"POST", "/api/v1/admin/tokens/pbx", R"({"name":"pont","pbx":"annexe"})", "admin"},
    {"POST", "/api/v1/admin/tokens/remove", R"({"name":"borne"})", "admin"},
    {"GET", "/api/v1/admin/units", "", "admin"},
    {"POST", "/api/v1/audit", "{}", "admin auditor"},
    {"GET", "/api/v1/calls/now", "", "operator supervisor"},
    {"GET", "/api/v1/calls?from=2026-11-25T09:30:00Z&limit=5&unqualified=1", "", "operator supervisor"},
    {"POST", "/api/v1/calls", R"({"outcome":"prank"})", "operator supervisor"},
    {"GET", "/api/v1/calls/main:1.1", "", "operator supervisor"},
    {"GET", "/api/v1/calls/main:1.1/contacts", "", "operator supervisor"},
    {"POST", "/api/v1/calls/main:1.1/qualify", R"({"outcome":"redirected","redirected_to":"CPAM"})",
     "operator supervisor"},
    {"PUT", "/api/v1/me/post", R"({"post":"p1","take_over":true})", "operator supervisor"},
    {"POST", "/api/v1/me/pause", R"({"paused":true,"reason":"repas"})", "operator supervisor"},
    {"GET", "/api/v1/callbacks?limit=5", "", "operator supervisor"},
    {"POST", "/api/v1/callbacks/callback-7", R"({"act":"dial"})", "operator supervisor"},
    {"POST", "/api/v1/dial", R"({"number":"0612345678"})", "operator supervisor"},
    {"GET", "/api/v1/waits?step=day&queue=accueil", "", "supervisor admin"},
};

// Those that need nobody's name, and what needs a session of its own.
const std::set<std::string> kOutside{"get /livez",
                                     "get /readyz",
                                     "get /metrics",
                                     "get /api/v1/openapi.json",
                                     "get /api/v1/site",
                                     "post /api/v1/login",
                                     "post /api/v1/logout",
                                     "post /api/v1/cti",
                                     "post /api/v1/cti/{id}",
                                     "post /api/v1/drafts/{id}/take"};  // operator_routes_test.cpp

std::string method_of(Verb verb) {
  switch (verb) {
    case Verb::get:
      return "get";
    case Verb::post:
      return "post";
    case Verb::put:
      return "put";
    default:
      return "delete";
  }
}

std::string with(const char* target, const char* id) {
  std::string text = target;
  if (const auto at = text.find("{}"); at != std::string::npos) text.replace(at, 2, id);
  return text;
}

Answered ask(Browser& browser, const Asked& each, const char* id) {
  std::string target = with(each.target, id);
  if (const auto at = target.find("{me}"); at != std::string::npos) target.replace(at, 4, browser.name);
  return std::string_view(each.method) == "GET" ? browser.get(target)
                                                : browser.send(each.method, target, each.body);
}

}  // namespace

TEST_CASE("every role on every route: own unit, another unit, and no such dossier") {
  Site site([](Options& options) {
    const auto nothing = [] { return std::string("{}"); };
    options.administration = {
        [](const ConfigurationWish&, const Administration::Configured& answer) { answer(true, "{}"); },
        nothing,
        [](const DryRunWish&) -> Result<void> { return {}; },
        [] {},
        nothing,
        [](const std::vector<std::string>&) { return std::string("{}"); }};
    options.report = [](const ReportWish&, const Options::Reported& answer) { answer(Report{}); };
  });
  site.backend->on_queue(queue);
  site.backend->on_router(router_says);
  site.backend->calls({});
  for (const char* name : {"olga", "agathe", "amar", "marie", "simon", "adele", "aude"}) {
    Browser browser(site, name);
    const auto user = browser.get("/api/v1/me").json().at("user").as_object();
    const std::string role = user.at("role").as_string().c_str();
    const bool of_u1 =
        role == "agent" || role == "manager" ? user.at("units").as_array().at(0) == "u1" : false;
    for (const Asked& each : kTable) {
      CAPTURE(name, each.method, each.target);
      const bool allowed =
          (" " + std::string(each.allowed) + " ").find(" " + role + " ") != std::string::npos;
      const bool dossier = std::string_view(each.target).find("{}") != std::string_view::npos;
      (void)site.backend->asked();
      const auto own = ask(browser, each, of_u1 || !dossier ? kOwn : kOther);
      if (!allowed) {
        CHECK(own.status == 403);
        CHECK(own.code() == "forbidden");
        CHECK(site.backend->asked().empty());
        if (dossier) CHECK(own.body == ask(browser, each, kNone).body);
        continue;
      }
      CHECK(own.status / 100 == 2);
      if (!dossier || (role != "agent" && role != "manager")) continue;
      const auto others = ask(browser, each, of_u1 ? kOther : kOwn);
      const auto none = ask(browser, each, kNone);
      CHECK(others.status == 404);
      CHECK(others.body == none.body);  // not yours and not there cannot be told apart
      CHECK(ask(browser, each, "pas-un-identifiant").body == none.body);
    }
  }
}

TEST_CASE("the table above leaves no route out") {
  std::set<std::string> asked = kOutside;
  for (const Asked& each : kTable) {
    std::string target = each.target;
    target = target.substr(0, target.find('?'));
    for (const std::string& id : {std::string("{}"), std::string("main:{me}"), kCall, kCallback})
      if (const auto at = target.find("/" + id); at != std::string::npos)
        target.replace(at + 1, id.size(), "{id}");
    std::string method = each.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    asked.insert(method + " " + target);
  }
  std::set<std::string> served;
  for (const Route& route : routes()) {
    served.insert(method_of(route.verb) + " " + std::string(route.pattern));
    CAPTURE(route.pattern);
    const bool of_nobody = route.needs == Needs::nothing || route.needs == Needs::pbx;
    CHECK(of_nobody == !route.action.has_value());
  }
  CHECK(asked == served);
}

TEST_CASE("a session that only a wall keeps may look at figures and change nothing") {
  std::set<std::string_view> open;
  for (const Route& route : routes()) {
    if (route.needs == Needs::nothing || !for_walls(route)) continue;
    INFO(route.pattern);
    open.insert(route.pattern);
    CHECK((route.verb == Verb::get || route.pattern == "/api/v1/logout" ||
           route.pattern == "/api/v1/me/active"));
    CHECK(route.pattern.find("{id}") == std::string_view::npos);
  }
  CHECK(open.contains("/api/v1/bannettes"));
  CHECK(open.contains("/api/v1/me/active"));
  for (const char* closed : {"/api/v1/dossiers/{id}", "/api/v1/drafts", "/api/v1/calls", "/api/v1/take-next",
                             "/api/v1/me/password", "/api/v1/reads", "/api/v1/audit"})
    CHECK_FALSE(open.contains(closed));
}

TEST_CASE("the queue is told who acts, with which key") {
  Site site;
  site.backend->on_queue(queue);
  Browser browser(site, "marie");
  browser.post(std::string("/api/v1/dossiers/") + kOwn + "/handle",
               R"({"fence":7,"outcome":"appointment","text":"lundi"})");
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].actor().name() == "marie");
  CHECK(asked[0].actor().role() == v1::ROLE_MANAGER);
  REQUIRE(asked[0].actor().units_size() == 1);
  CHECK(asked[0].actor().units(0) == "u1");
  CHECK(asked[0].idempotency_key().size() == 16);
  CHECK(asked[0].handle().fence() == 7);
  CHECK(asked[0].handle().outcome() == v1::OUTCOME_APPOINTMENT);
  CHECK(asked[0].handle().text() == "lundi");
}

TEST_CASE("lists and figures of an agent hold its own unit only, whatever the queue gives") {
  Site site;
  site.backend->on_queue(queue);
  Browser agent(site, "agathe");
  CHECK(agent.get("/api/v1/tray").json().at("items").as_array().size() == 1);
  CHECK(agent.get("/api/v1/bannettes").json().at("items").as_array().size() == 1);
  Browser supervisor(site, "simon");
  CHECK(supervisor.get("/api/v1/tray?limit=5&bannette=u1/social").json().at("items").as_array().size() == 2);
  CHECK(supervisor.get("/api/v1/bannettes").json().at("items").as_array().size() == 2);
  CHECK(supervisor.get("/api/v1/tray?limit=0").field() == "limit");
  CHECK(supervisor.get("/api/v1/tray?nope=1").field() == "nope");
  CHECK(supervisor.get("/api/v1/tray?topic=pmi-suivi").field() == "topic");  // only of ended ones
  CHECK(supervisor.get("/api/v1/tray?ended=true&urgency=hier").field() == "urgency");
  REQUIRE(supervisor.get("/api/v1/tray?ended=true&topic=pmi-suivi&insee=59512&urgency=urgent").status == 200);
  const v1::ListTray asked = site.backend->asked().back().list_tray();
  CHECK(asked.ended());
  CHECK(asked.topic() == "pmi-suivi");
  CHECK(asked.insee() == "59512");
  CHECK(asked.urgency() == v1::URGENCY_URGENT);
  const auto other = agent.post("/api/v1/take-next", R"({"bannettes":["u2/social"]})");
  CHECK(other.status == 403);
  CHECK(other.field() == "bannettes");
}

TEST_CASE("what is not confirmed yet is shown with its age, and settled with who and why") {
  Site site;
  site.backend->on_router(router_says);
  Browser admin(site, "adele");
  const auto shown = admin.get("/api/v1/outbox").json();
  CHECK(shown.at("waiting") == 1);
  const auto item = shown.at("items").as_array().at(0).as_object();
  CHECK(item.at("age_s") == 90);
  CHECK(item.at("urgency") == "urgent");
  CHECK(item.at("aside").is_null());
  CHECK(shown.at("acts").as_array().at(0).at("act") == "discarded");
  (void)site.backend->asked();
  CHECK(admin.post("/api/v1/outbox/discard", R"({"place":7,"text":"saisi de nouveau"})").json().at("place") ==
        7);
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].actor().name() == "adele");
  CHECK(asked[0].discard_letter().text() == "saisi de nouveau");
  CHECK(admin.post("/api/v1/outbox/discard", R"({"place":7})").field() == "text");
  CHECK(admin.post("/api/v1/outbox/retry", "{}").field() == "place");
  CHECK(admin.get("/api/v1/outbox?limit=201").field() == "limit");
  CHECK(admin.get("/api/v1/outbox?trace=oui").field() == "trace");
  CHECK(admin.get("/api/v1/outbox?qui=7").field() == "qui");
}

TEST_CASE("a change needs a UUIDv7 as its key") {
  Site site;
  Wire wire(site.port());
  const auto post = [&](const Headers& key) {
    Headers headers{{"Authorization", "Bearer " + site.token}, {"Content-Type", "application/json"}};
    headers.insert(headers.end(), key.begin(), key.end());
    return wire.send("POST", "/api/v1/requests", headers, "{}");
  };
  const auto missing = post({});
  CHECK(missing.status == 428);
  CHECK(missing.code() == "key_missing");
  for (const char* wrong :
       {"x", "01890a5d-ac96-474b-bcce-b302099a8057", "01890a5dac96774bbcceb302099a8057"}) {
    const auto answer = post({{"Idempotency-Key", wrong}});
    CHECK(answer.status == 400);
    CHECK(answer.field() == "Idempotency-Key");
  }
}

TEST_CASE("openapi.json describes every route, and no other") {
  std::ifstream file(std::string(BANNETTE_SOURCE_DIR) + "/agent-console/server/openapi.json");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto document = boost::json::parse(text).as_object();
  CHECK(document.at("openapi").as_string().starts_with("3.1"));
  std::set<std::string> described;
  for (const auto& path : document.at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      if (method.key() != "parameters")
        described.insert(std::string(method.key()) + " " + std::string(path.key()));
    }
  }
  std::set<std::string> served{"get /api/v1/live"};
  for (const Route& route : routes()) {
    served.insert(method_of(route.verb) + " " + std::string(route.pattern));
  }
  CHECK(described == served);
  Site site;
  Wire wire(site.port());
  const auto answer = wire.send("GET", "/api/v1/openapi.json");
  CHECK(answer.status == 200);
  CHECK(answer.body == text);
}
