// What an administrator does: accounts, sessions, tokens; and what the audit keeps of it.
#include <thread>

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "agent-console/server/failed_logins.hpp"
#include "queue/journal/sqlite.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;
namespace json = boost::json;

namespace {

json::object item_of(Browser& browser, const std::string& path, const char* member,
                     const std::string& value) {
  const auto shown = browser.get(path).json();
  for (const auto& each : shown.at("items").as_array())
    if (each.as_object().at(member) == json::string(value)) return each.as_object();
  return {};
}

json::array audit_of(Browser& browser, const std::string& about = {}) {
  return browser.post("/api/v1/audit", json::serialize(json::object{{"about", about}}))
      .json()
      .at("items")
      .as_array();
}

int login(Site& site, const std::string& name, const std::string& password) {
  Wire wire(site.port());
  return wire
      .send("POST", "/api/v1/login", {{"Content-Type", "application/json"}},
            json::serialize(json::object{{"name", name}, {"password", password}}))
      .status;
}

}  // namespace

TEST_CASE(
    "an account: made with a password shown once, changed, disabled, removed; its sessions end each time") {
  Site site;
  Browser admin(site, "adele");
  const auto added =
      admin.post("/api/v1/admin/accounts", R"({"name":"nora","role":"agent","units":["u1","service:mdph"]})");
  REQUIRE(added.status == 201);
  CHECK(added.header("cache-control") == "no-store");
  const std::string password = added.json().at("password").as_string().c_str();
  CHECK(password.size() == 19);
  CHECK(login(site, "nora", password) == 200);
  auto shown = item_of(admin, "/api/v1/admin/accounts", "name", "nora");
  CHECK(shown.at("sessions") == 1);
  CHECK(shown.at("units").as_array().size() == 2);
  CHECK_FALSE(shown.at("last_login").is_null());
  CHECK(shown.find("password") == shown.end());
  CHECK(admin.post("/api/v1/admin/accounts", R"({"name":"nora","role":"operator"})").status == 409);

  // The right to restricted topics: an agent's, given, kept where nothing is said of it, gone with the role.
  const char* path = "/api/v1/admin/accounts/change";
  CHECK_FALSE(shown.at("restricted").as_bool());
  CHECK(admin.post(path, R"({"name":"nora","role":"agent","units":["u1"],"restricted":true})")
            .json()
            .at("restricted") == true);
  CHECK(admin.post(path, R"({"name":"nora","role":"agent","units":["u1"]})").json().at("restricted") == true);
  CHECK(admin.post(path, R"({"name":"nora","role":"operator","restricted":true})").field() == "restricted");
  const auto changed = admin.post("/api/v1/admin/accounts/change", R"({"name":"nora","role":"supervisor"})");
  REQUIRE(changed.status == 200);
  CHECK(changed.json().at("role") == "supervisor");
  CHECK(changed.json().at("sessions") == 0);
  const auto reset = admin.post("/api/v1/admin/accounts/password", R"({"name":"nora"})");
  REQUIRE(reset.status == 200);
  const std::string fresh = reset.json().at("password").as_string().c_str();
  CHECK(fresh != password);
  CHECK(login(site, "nora", password) == 401);
  CHECK(login(site, "nora", fresh) == 200);
  const char* off = R"({"name":"nora","role":"supervisor","disabled":true})";
  CHECK(admin.post("/api/v1/admin/accounts/change", off).json().at("sessions") == 0);
  CHECK(login(site, "nora", fresh) == 401);
  CHECK(admin.post("/api/v1/admin/accounts/remove", R"({"name":"nora"})").status == 204);
  CHECK(admin.post("/api/v1/admin/accounts/remove", R"({"name":"nora"})").status == 404);
  CHECK(item_of(admin, "/api/v1/admin/accounts", "name", "nora").empty());

  std::string acts;
  for (const auto& each : audit_of(admin, "nora")) {
    const auto& entry = each.as_object();
    acts += std::string(entry.at("act").as_string()) + ":" + std::string(entry.at("who").as_string()) + " ";
    CHECK(entry.at("address") == "127.0.0.1");
  }
  CHECK(acts ==
        "account_removed:adele account_changed:adele login:nora login_failed:nora password_reset:adele "
        "account_changed:adele account_changed:adele account_changed:adele login:nora account_added:adele ");
  const std::string all = admin.post("/api/v1/audit").body;
  for (const auto& secret : {password, fresh}) CHECK(all.find(secret) == std::string::npos);
}

TEST_CASE("what is wrong with an account is said of its field, and nothing is written") {
  Site site;
  Browser admin(site, "adele");
  const struct {
    const char* body;
    int status;
    const char* field;
  } cases[] = {
      {R"({"role":"operator"})", 400, "name"},
      {R"({"name":"x y","role":"operator"})", 400, "name"},
      {R"({"name":"nora","role":"chef"})", 400, "role"},
      {R"({"name":"nora","role":"agent"})", 400, "units"},
      {R"({"name":"nora","role":"agent","units":["u7"]})", 400, "units"},
      {R"({"name":"nora","role":"agent","units":["service:rien"]})", 400, "units"},
      {R"({"name":"nora","role":"operator","password":"secret secret"})", 400, "password"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.body);
    for (const char* path : {"/api/v1/admin/accounts", "/api/v1/admin/tokens"}) {
      const auto refused = admin.post(path, each.body);
      CHECK(refused.status == each.status);
      CHECK(refused.field() == each.field);
    }
  }
  CHECK(admin.post("/api/v1/admin/accounts/change", R"({"name":"rien","role":"operator"})").status == 404);
  CHECK(admin.post("/api/v1/admin/accounts/password", R"({"name":"rien"})").status == 404);
  CHECK(audit_of(admin, "nora").empty());
}

TEST_CASE("an account keeps its unit that the configuration has lost, and what a change does not speak of") {
  Site site;
  const char* path = "/api/v1/admin/accounts/change";
  {
    Accounts accounts(site.folder.path);
    REQUIRE(accounts.change_user({"amar", Role::agent, {"u2", "u9-ferme"}}, true).has_value());
  }
  Browser admin(site, "adele");
  const auto kept = admin.post(path, R"({"name":"amar","role":"agent","units":["u9-ferme"]})");
  REQUIRE(kept.status == 200);
  CHECK(kept.json().at("units").as_array().size() == 1);
  CHECK(kept.json().at("disabled") == true);  // nobody said that he may come back
  CHECK(admin.post(path, R"({"name":"amar","role":"agent","units":["u9-ferme","u8"]})").field() == "units");
  CHECK(admin.post(path, R"({"name":"amar","role":"agent","units":["u2"],"disabled":false})")
            .json()
            .at("disabled") == false);
  CHECK(admin.post(path, R"({"name":"amar","role":"agent","units":["u9-ferme"]})").field() == "units");
}

TEST_CASE(
    "the switchboard's bannette, outside units and services, is given to an account; a unit's bannette is "
    "not") {
  Site site;
  Browser admin(site, "adele");
  CHECK(item_of(admin, "/api/v1/admin/units", "code", "standard").at("people").as_array().empty());
  CHECK(admin.post("/api/v1/admin/accounts", R"({"name":"stella","role":"agent","units":["standard"]})")
            .status == 201);
  CHECK(item_of(admin, "/api/v1/admin/units", "code", "standard").at("people").as_array().size() == 1);
  for (const char* no : {"u1/social", "arbitrage", "service:standard"}) {
    CAPTURE(no);
    const json::object body{{"name", "amar"}, {"role", "agent"}, {"units", json::array{no}}};
    CHECK(admin.post("/api/v1/admin/accounts/change", json::serialize(body)).field() == "units");
  }
}

TEST_CASE("nobody takes the controls from themselves by a slip") {
  Site site;
  Browser admin(site, "adele");
  CHECK(admin.post("/api/v1/admin/accounts/change", R"({"name":"adele","role":"operator"})").status == 409);
  CHECK(admin.post("/api/v1/admin/accounts/remove", R"({"name":"adele"})").status == 409);
  CHECK(admin.post("/api/v1/admin/accounts/password", R"({"name":"adele"})").status == 409);
  CHECK(admin.get("/api/v1/me").status == 200);
}

TEST_CASE("sessions are listed with since, seen and address, and end one by one or all of an account") {
  Site site;
  Browser admin(site, "adele");
  Browser first(site, "olga"), second(site, "olga"), third(site, "olga"), other(site, "simon");
  const auto items = admin.get("/api/v1/admin/sessions").json().at("items").as_array();
  REQUIRE(items.size() == 5);
  CHECK(items[0].as_object().at("own").as_bool());
  const auto& shown = items[1].as_object();
  CHECK(shown.at("account") == "olga");
  CHECK(shown.at("address") == "127.0.0.1");
  CHECK_FALSE(shown.at("own").as_bool());
  CHECK(shown.at("since").as_string().size() == 24);
  CHECK(shown.at("seen").as_string() >= shown.at("since").as_string());

  const std::string one = json::serialize(json::object{{"number", shown.at("number")}});
  CHECK(admin.post("/api/v1/admin/sessions/end", one).json().at("ended") == 1);
  CHECK(admin.post("/api/v1/admin/sessions/end", one).status == 404);
  CHECK(first.get("/api/v1/me").status == 401);
  CHECK(second.get("/api/v1/me").status == 200);
  CHECK(admin.post("/api/v1/admin/sessions/end", R"({"account":"olga"})").json().at("ended") == 2);
  CHECK(second.get("/api/v1/me").status == 401);
  CHECK(third.get("/api/v1/me").status == 401);
  CHECK(other.get("/api/v1/me").status == 200);
  CHECK(admin.post("/api/v1/admin/sessions/end", "{}").field() == "number");
  CHECK(admin.post("/api/v1/admin/sessions/end", R"({"number":1,"account":"olga"})").field() == "number");
  const auto entry = audit_of(admin, "olga").at(0).as_object();
  CHECK(entry.at("act") == "session_ended");
  CHECK(entry.at("times") == 2);
}

TEST_CASE("a token is shown once and revoked at once") {
  Site site;
  Browser admin(site, "adele");
  const auto made = admin.post("/api/v1/admin/tokens", R"({"name":"borne","role":"operator"})");
  REQUIRE(made.status == 201);
  const std::string token = made.json().at("token").as_string().c_str();
  const Headers bearer{{"Authorization", "Bearer " + token}};
  Wire wire(site.port());
  CHECK(wire.send("GET", "/api/v1/me", bearer).status == 200);
  const auto listed = admin.get("/api/v1/admin/tokens");
  CHECK(listed.json().at("items").as_array().size() == 2);
  CHECK(listed.json().at("pbxs").as_array() == json::array{"annexe"});
  CHECK(listed.body.find(token) == std::string::npos);
  CHECK(admin.post("/api/v1/admin/tokens", R"({"name":"borne","role":"operator"})").status == 409);
  CHECK(admin.post("/api/v1/admin/tokens/remove", R"({"name":"borne"})").status == 204);
  CHECK(wire.send("GET", "/api/v1/me", bearer).status == 401);
  CHECK(admin.post("/api/v1/audit").body.find(token) == std::string::npos);
}

TEST_CASE("a PBX's token is listed with its PBX and revoked; a name is one's alone") {
  Site site;
  Browser admin(site, "adele");
  const char *path = "/api/v1/admin/tokens/pbx", *machines = "/api/v1/admin/tokens",
             *accounts = "/api/v1/admin/accounts";
  const auto made = admin.post(path, R"({"name":"pont","pbx":"annexe"})");
  REQUIRE(made.status == 201);
  const std::string token = made.json().at("token").as_string().c_str();
  auto shown = item_of(admin, machines, "name", "pont");
  CHECK(shown.at("pbx") == "annexe");
  CHECK(shown.at("role").is_null());
  CHECK_FALSE(shown.at("changed").is_null());
  CHECK(admin.post(path, R"({"name":"pont2","pbx":"ailleurs"})").field() == "pbx");
  CHECK(admin.post(path, R"({"name":"x y","pbx":"annexe"})").field() == "name");

  const std::string as_machine = R"({"name":"pont","role":"operator"})",
                    olga = R"({"name":"olga","role":"operator"})";
  for (const char* taken : {accounts, machines}) CHECK(admin.post(taken, as_machine).status == 409);
  CHECK(admin.post(machines, olga).status == 409);
  for (const char* taken : {"pont", "olga", "standard-automatique"})
    CHECK(admin.post(path, R"({"pbx":"annexe","name":")" + std::string(taken) + "\"}").status == 409);

  Wire wire(site.port());
  const auto tell = [&] {
    return wire.send("POST", "/api/v1/cti/" + token, {{"Content-Type", "application/json"}}, "{}").status;
  };
  CHECK(tell() != 401);
  CHECK(admin.post("/api/v1/admin/tokens/remove", R"({"name":"pont"})").status == 204);
  CHECK(tell() == 401);
  CHECK(item_of(admin, machines, "name", "pont").empty());
}

TEST_CASE("units are shown with their bannettes and who works there") {
  Site site;
  Browser admin(site, "adele");
  const auto unit = item_of(admin, "/api/v1/admin/units", "code", "u1");
  CHECK(unit.at("bannettes").as_array().size() == 1);
  CHECK(unit.at("people").as_array().size() == 2);
  CHECK(unit.at("people").as_array().at(0).as_object().at("name") == "agathe");
  CHECK(item_of(admin, "/api/v1/admin/units", "code", "service:mdph").at("bannettes").as_array().size() == 1);
}

TEST_CASE("the audit: failed logins put together, unknown names never, pages, and nobody edits it") {
  Site site;
  for (int i = 0; i < 3; ++i) CHECK(login(site, "olga", "faux faux faux") == 401);
  CHECK(login(site, "motdepasse-dans-le-nom", "x") == 401);
  Browser auditor(site, "aude");
  const auto items = audit_of(auditor);
  constexpr std::size_t made = 8;     // the accounts and the token of this site
  REQUIRE(items.size() >= made + 3);  // aude's login, and before it the unknown name, and olga
  std::map<std::string, std::int64_t> guessed;
  for (std::size_t i = 1; i < items.size() - made; ++i) {
    const auto& entry = items[i].as_object();
    CHECK(entry.at("act") == "login_failed");
    guessed[entry.at("who").as_string().c_str()] += entry.at("times").to_number<std::int64_t>();
  }
  CHECK(guessed == std::map<std::string, std::int64_t>{{"", 1}, {"olga", 3}});
  CHECK(auditor.post("/api/v1/audit").body.find("motdepasse") == std::string::npos);

  const auto first = auditor.post("/api/v1/audit", R"({"limit":2})").json();
  CHECK(first.at("items").as_array().size() == 2);
  const auto rest =
      auditor.post("/api/v1/audit", json::serialize(json::object{{"before", first.at("before")}})).json();
  CHECK(rest.at("items").as_array().size() == items.size() - 2);
  CHECK(rest.at("before").is_null());
  CHECK(auditor.post("/api/v1/audit", R"({"limit":0})").field() == "limit");
  CHECK(auditor.post("/api/v1/audit", R"({"qui":"x"})").field() == "qui");

  sqlite::Database raw(site.folder.path / "accounts.db", sqlite::Database::Mode::read_write);
  CHECK_THROWS_AS(raw.exec("UPDATE audit SET who = 'x'"), sqlite::Error);
  CHECK_THROWS_AS(raw.exec("DELETE FROM audit"), sqlite::Error);
}

TEST_CASE("what was guessed in the last minute is in the audit after a stop") {
  Site site;
  for (int i = 0; i < 3; ++i) CHECK(login(site, "olga", "faux faux faux") == 401);
  site.server->stop();
  std::int64_t guessed = 0;
  for (const auto& entry : Accounts(site.folder.path).audit().page({0, 200, "olga"}))
    if (entry.act == "login_failed") guessed += entry.times;
  CHECK(guessed == 3);
}

TEST_CASE("guesses of a minute are one line, and as many accounts are remembered as exist") {
  FailedLogins logins;
  SteadyTime now{};
  logins.failed("olga", "::1", now);
  logins.failed("", "::1", now);
  const auto first = logins.due(now);
  REQUIRE(first.size() == 2);
  CHECK(first[0].subject.empty());
  CHECK(first[1].by.address == "::1");
  for (int i = 0; i < 40; ++i) logins.failed("olga", "::2", now);
  CHECK(logins.due(now + std::chrono::seconds(59)).empty());
  const auto due = logins.due(now + std::chrono::seconds(60));
  REQUIRE(due.size() == 1);
  CHECK(due[0].times == 40);
  CHECK(due[0].by.address == "::2");
  logins.failed("olga", "::1", now);
  CHECK(logins.due(now).size() == 1);
  for (int i = 0; i < 2; ++i) logins.failed("olga", "::1", now);
  const auto last = logins.due(now, true);  // at the service's end
  REQUIRE(last.size() == 1);
  CHECK(last[0].times == 2);
  CHECK(logins.due(now, true).empty());
}

TEST_CASE("an accounts file of an earlier version is read, and gets what it has not") {
  Folder folder;
  {
    sqlite::Database old(folder.path / "accounts.db", sqlite::Database::Mode::create);
    old.exec(
        "CREATE TABLE people(name TEXT PRIMARY KEY, role TEXT NOT NULL, units TEXT NOT NULL, hash TEXT NOT "
        "NULL, version INTEGER NOT NULL, changed_s INTEGER NOT NULL) STRICT;"
        "INSERT INTO people VALUES('olga', 'operator', '', '$argon2id$x', 1, 1)");
  }
  Accounts accounts(folder.path);
  CHECK_FALSE(accounts.current()->people.at("olga").disabled);
  CHECK(accounts.change_user({"olga", Role::operator_, {}}, true).has_value());
  CHECK(accounts.current()->people.at("olga").disabled);
  CHECK(Accounts(folder.path).current()->people.at("olga").disabled);
}

TEST_CASE("health is told what /readyz tells, whatever keeps the service from being ready") {
  Site site([](Options& options) {
    options.not_ready = [] { return std::vector<std::string>{"disque plein"}; };
    options.administration.health = [](const std::vector<std::string>& reasons) {
      return json::serialize(json::array(reasons.begin(), reasons.end()));
    };
  });
  site.backend->link(false);
  Browser admin(site, "adele");
  const auto ready = admin.get("/readyz");
  CHECK(ready.status == 503);
  CHECK(ready.json().at("reasons").as_array().size() == 3);
  CHECK(admin.get("/api/v1/admin/health").body == json::serialize(ready.json().at("reasons")));
}

TEST_CASE("a reload is asked in the administrator's name; its report and the new names are shown") {
  std::vector<std::string> asked;
  Site site([&](Options& options) {
    options.administration.configure = [&](const ConfigurationWish& wish,
                                           const Administration::Configured& answer) {
      const bool looks = wish.act == ConfigurationWish::Act::look;
      const bool back = wish.act == ConfigurationWish::Act::roll_back;
      asked.push_back(wish.by.name + (looks  ? " looks"
                                      : back ? " back to " + std::to_string(wish.number)
                                             : " reloads"));
      std::thread([answer, looks] { answer(looks, R"({"switched":false})"); }).join();
    };
  });
  Browser browser(site, "adele");
  CHECK(browser.post("/api/v1/admin/reload", R"({"check_only":true})").status == 200);
  const auto refused = browser.post("/api/v1/admin/reload");
  CHECK(refused.status == 422);
  CHECK_FALSE(refused.json().at("switched").as_bool());
  CHECK(browser.post("/api/v1/admin/roll-back", R"({"number":3})").status == 422);
  CHECK(asked == std::vector<std::string>{"adele looks", "adele reloads", "adele back to 3"});
  CHECK(browser.post("/api/v1/admin/roll-back").field() == "number");
  CHECK(browser.post("/api/v1/admin/dry-run", R"({"days":367})").field() == "days");
  CHECK(browser.get("/api/v1/admin/health").code() == "unavailable");  // this program cannot
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
