#include <fstream>
#include <set>
#include <thread>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "agent-console/server/api.hpp"
#include "tests/unit/console_server/harness.hpp"
#include "tests/unit/console_server/queue_double.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

std::optional<v1::Envelope> router(const v1::Envelope& question) {
  v1::Envelope reply;
  if (question.has_classify()) {
    reply.mutable_classified()->set_topic("social.budget");
  } else if (question.has_similar()) {
    auto& item = *reply.mutable_alike()->add_items();
    item.set_bannette("u1/social");
    item.add_because()->set_code("like_call");
    reply.mutable_alike()->set_withheld(true);
  } else if (question.has_list_outbox()) {
    auto& letters = *reply.mutable_outbox_letters();
    letters.set_at_ms(1'773'738'090'500);
    letters.mutable_report()->set_waiting(1);
    auto& letter = *letters.add_items();
    letter.set_place(7);
    letter.set_since_ms(1'773'738'000'000);
    letter.set_urgency(v1::URGENCY_URGENT);
    letters.add_acts()->set_act("discarded");
  } else if (question.has_retry_letter() || question.has_discard_letter()) {
    reply.mutable_letter_settled()->mutable_letter()->set_place(question.retry_letter().place() +
                                                                question.discard_letter().place());
  } else if (question.has_suggest()) {
    auto& item = *reply.mutable_suggested()->add_items();
    item.set_insee(question.suggest().insee());
    item.set_street(question.suggest().query());
    item.add_postal_codes(std::to_string(question.suggest().limit()));
  } else {
    reply.mutable_receipt()->set_reference("K7F-3MX");
  }
  return reply;
}

struct Asked {
  const char* method;
  const char* target;
  const char* body;
  const char* allowed;  // roles; the others get 403
};

const Asked kTable[] = {
    {"GET", "/api/v1/me", "", "operator agent manager supervisor admin auditor"},
    {"GET", "/api/v1/catalogue", "", "operator agent manager supervisor admin auditor"},
    {"POST", "/api/v1/classify", "{}", "operator supervisor"},
    {"GET", "/api/v1/suggest/communes?q=rou", "", "operator supervisor"},
    {"GET", "/api/v1/suggest/streets?q=pile&insee=59512", "", "operator supervisor"},
    {"POST", "/api/v1/requests", R"({"note":"x"})", "operator supervisor"},
    {"POST", "/api/v1/similar", R"({"note":"x","phone":"06"})", "operator supervisor"},
    {"GET", "/api/v1/requests?phone=0612345678", "", "operator supervisor"},
    {"GET", "/api/v1/bannettes", "", "agent manager supervisor admin auditor"},
    {"GET", "/api/v1/tray", "", "agent manager supervisor admin auditor"},
    {"POST", "/api/v1/take-next", "{}", "agent manager"},
    {"GET", "/api/v1/dossiers/{}", "", "agent manager"},
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
    {"GET", "/api/v1/me/preferences", "", "operator agent manager supervisor admin auditor"},
    {"GET", "/api/v1/events?after=7", "", "supervisor admin auditor"},
    {"GET", "/api/v1/outbox?after=7&limit=5&trace=1", "", "supervisor admin auditor"},
    {"POST", "/api/v1/outbox/retry", R"({"place":7})", "admin"},
    {"POST", "/api/v1/outbox/discard", R"({"place":7,"text":"doublon"})", "admin"},
    {"POST", "/api/v1/admin/reload", R"({"check_only":true})", "admin"},
};

std::string with(const char* target, const char* id) {
  std::string text = target;
  if (const auto at = text.find("{}"); at != std::string::npos) text.replace(at, 2, id);
  return text;
}

Answered ask(Browser& browser, const Asked& each, const char* id) {
  const std::string target = with(each.target, id);
  return std::string_view(each.method) == "GET" ? browser.get(target) : browser.post(target, each.body);
}

}  // namespace

TEST_CASE("every role on every route: own unit, another unit, and no such dossier") {
  Site site([](Options& options) {
    options.reload = [](bool, const std::string&, const Options::Reloaded& answer) { answer(true, "{}"); };
  });
  site.backend->on_queue(queue);
  site.backend->on_router(router);
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
      CHECK((own.status == 200 || own.status == 201));
      if (!dossier || (role != "agent" && role != "manager")) continue;
      const auto others = ask(browser, each, of_u1 ? kOther : kOwn);
      const auto none = ask(browser, each, kNone);
      CHECK(others.status == 404);
      CHECK(others.body == none.body);  // not yours and not there cannot be told apart
      CHECK(ask(browser, each, "pas-un-identifiant").body == none.body);
    }
  }
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
  const auto other = agent.post("/api/v1/take-next", R"({"bannettes":["u2/social"]})");
  CHECK(other.status == 403);
  CHECK(other.field() == "bannettes");
}

TEST_CASE("logging a call: the receipt, what is only recorded, and every refusal by name") {
  Site site;
  site.backend->on_router(router);
  Browser browser(site, "olga");
  const auto logged =
      browser.post("/api/v1/requests",
                   R"({"note":"x","caller":{"name":"A","phone":"06"},"urgency":"urgent","danger":true})");
  REQUIRE(logged.status == 201);
  CHECK(logged.json().at("durable").as_bool());
  CHECK(logged.json().at("key") == kKey);
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].log_call().urgency() == v1::URGENCY_URGENT);
  CHECK(asked[0].log_call().danger());

  site.backend->on_router([](const v1::Envelope&) {
    v1::Envelope reply;
    reply.mutable_recorded()->set_bannette("u1/social");
    return reply;
  });
  const auto recorded = browser.post("/api/v1/requests", "{}");
  CHECK(recorded.status == 202);
  CHECK_FALSE(recorded.json().at("durable").as_bool());

  const std::map<std::string, std::pair<std::string, std::string>> refused{
      {R"({"topic":"x"})", {"unknown_topic", "topic"}},
      {R"({"bannette":"x"})", {"unknown_bannette", "bannette"}},
      {R"({"urgency":"vite"})", {"unknown_enum", "urgency"}},
      {R"({"insee":"5951"})", {"malformed", "insee"}},
      {R"({"danger":"oui"})", {"malformed", "danger"}},
      {R"({"caller":"x"})", {"malformed", "caller"}},
      {R"({"caller":{"age":3}})", {"malformed", "caller.age"}}};
  for (const auto& [body, expected] : refused) {
    CAPTURE(body);
    const auto answer = browser.post("/api/v1/requests", body);
    CHECK(answer.status == 400);
    CHECK(answer.code() == expected.first);
    CHECK(answer.field() == expected.second);
  }
  const std::map<std::string, int> passed_on{
      {"no_dossier", 422}, {"busy", 503}, {"timed_out", 504}, {"key_reused", 409}, {"key_expired", 410}};
  for (const auto& [code, status] : passed_on) {
    site.backend->on_router([said = code](const v1::Envelope&) { return error_reply(said); });
    CHECK(browser.post("/api/v1/requests", "{}").status == status);
  }
}

TEST_CASE("calls like the one that is typed: where they stand and why, never what they are about") {
  Site site;
  site.backend->on_router(router);
  Browser browser(site, "olga");
  const auto found = browser.post("/api/v1/similar", R"({"note":"x","commune":"Roubaix","phone":"masqué"})");
  REQUIRE(found.status == 200);
  CHECK(found.json().at("withheld").as_bool());
  const auto item = found.json().at("items").as_array().at(0).as_object();
  CHECK(item.at("unit_label") == "Unité 1");
  CHECK(item.at("reference").is_null());
  CHECK(item.at("percent").is_null());
  std::set<std::string> members;
  for (const auto& each : item) members.insert(std::string(each.key()));
  CHECK(members == std::set<std::string>{"arrived", "bannette", "because", "changed", "outcome", "percent",
                                         "reference", "state", "topic", "unit_label"});
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].similar().phone() == "masqué");
  CHECK(asked[0].actor().name() == "olga");
  CHECK(browser.post("/api/v1/similar", R"({"topic":"x"})").field() == "topic");
  CHECK(browser.post("/api/v1/similar", R"({"nom":"x"})").field() == "nom");
}

TEST_CASE("what is not confirmed yet is shown with its age, and settled with who and why") {
  Site site;
  site.backend->on_router(router);
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

TEST_CASE("finding a request: reference with its check, number in any form, never content") {
  Site site;
  site.backend->on_queue(queue);
  Browser browser(site, "olga");
  const auto found = browser.get("/api/v1/requests?phone=06%2012%2034%2056%2078");
  REQUIRE(found.status == 200);
  const auto item = found.json().at("items").as_array().at(0).as_object();
  CHECK(item.at("unit_label") == "Unité 1");
  std::set<std::string> members;
  for (const auto& each : item) members.insert(std::string(each.key()));
  CHECK(members == std::set<std::string>{"arrived", "bannette", "changed", "outcome", "reference", "state",
                                         "topic", "unit_label"});
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].find().contact() == "+33612345678");

  const std::string reference = make_reference(42);
  CHECK(browser.get("/api/v1/requests?reference=" + reference).status == 200);
  std::string wrong = reference;
  wrong.back() = wrong.back() == 'A' ? 'C' : 'A';
  CHECK(browser.get("/api/v1/requests?reference=" + wrong).field() == "reference");
  CHECK(browser.get("/api/v1/requests?phone=abc").field() == "phone");
  CHECK(browser.get("/api/v1/requests").code() == "missing");
  CHECK(browser.get("/api/v1/requests?name=Dupont").field() == "name");
}

TEST_CASE("a reload is asked in the administrator's name; its report and the new names are shown") {
  std::vector<std::string> asked;
  Site site([&](Options& options) {
    options.reload = [&](bool check_only, const std::string& who, const Options::Reloaded& answer) {
      asked.push_back(who + (check_only ? " looks" : " reloads"));
      std::thread([answer, check_only] { answer(check_only, R"({"switched":false})"); }).join();
    };
  });
  Browser browser(site, "adele");
  CHECK(browser.post("/api/v1/admin/reload", R"({"check_only":true})").status == 200);
  const auto refused = browser.post("/api/v1/admin/reload");
  CHECK(refused.status == 422);
  CHECK_FALSE(refused.json().at("switched").as_bool());
  CHECK(asked == std::vector<std::string>{"adele looks", "adele reloads"});
  CHECK(browser.post("/api/v1/admin/reload", R"({"force":true})").field() == "force");

  Catalogue fresh = site.options.catalogue;
  fresh.bannettes.push_back({"u9/pmi", "Unité 9 : PMI"});
  fresh.topics.push_back({"social.neuf", "social", "Motif neuf", "", Urgency::normal, false});
  site.server->use(fresh);  // on the server's thread, before what is asked next
  CHECK(browser.get("/api/v1/catalogue").body.find("Unité 9 : PMI") != std::string::npos);
  Browser operator_(site, "olga");
  for (const char* path : {"/api/v1/classify", "/api/v1/similar"})
    CHECK(operator_.post(path, R"({"note":"x","topic":"social.neuf"})").field() != "topic");
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
    served.insert((route.verb == Verb::get ? "get " : "post ") + std::string(route.pattern));
  }
  CHECK(described == served);
  Site site;
  Wire wire(site.port());
  const auto answer = wire.send("GET", "/api/v1/openapi.json");
  CHECK(answer.status == 200);
  CHECK(answer.body == text);
}
