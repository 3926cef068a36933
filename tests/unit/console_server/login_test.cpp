#include <catch2/catch.hpp>

#include "queue/journal/sqlite.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

const Headers kJson{{"Content-Type", "application/json"}};

std::string credentials(const std::string& name, const std::string& password) {
  return R"({"name":")" + name + R"(","password":")" + password + R"("})";
}

}  // namespace

TEST_CASE("logging in gives a session in a cookie that scripts and other sites cannot use") {
  Site site;
  Wire wire(site.port());
  const auto in = wire.send("POST", "/api/v1/login", kJson, credentials("agathe", kPassword));
  REQUIRE(in.status == 200);
  const auto user = in.json().at("user").as_object();
  CHECK(user.at("name") == "agathe");
  CHECK(user.at("role") == "agent");
  CHECK(user.at("units").as_array().size() == 1);
  const std::string cookie = in.header("set-cookie");
  CHECK(cookie.starts_with("__Host-bannette="));
  for (const char* attribute : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"}) {
    CAPTURE(attribute);
    CHECK(cookie.find(attribute) != std::string::npos);
  }
  CHECK(cookie.find("Domain") == std::string::npos);
  CHECK(in.header("cache-control") == "no-store");

  const std::string value = cookie.substr(0, cookie.find(';'));
  CHECK(wire.send("GET", "/api/v1/me", {{"Cookie", value}}).status == 200);
  CHECK(wire.send("GET", "/api/v1/me", {{"Cookie", value + "x"}}).status == 401);
  CHECK(wire.send("GET", "/api/v1/me").status == 401);
}

TEST_CASE("a wrong password and an unknown name get the same answer") {
  Site site;
  Wire wire(site.port());
  const auto wrong = wire.send("POST", "/api/v1/login", kJson, credentials("agathe", "pas le bon"));
  const auto unknown = wire.send("POST", "/api/v1/login", kJson, credentials("personne", "pas le bon"));
  CHECK(wrong.status == 401);
  CHECK(wrong.code() == "not_authenticated");
  CHECK(wrong.body == unknown.body);
  CHECK(wrong.header("set-cookie").empty());
}

TEST_CASE("logging out ends the session") {
  Site site;
  Browser browser(site, "olga");
  const auto out = browser.post("/api/v1/logout", "");
  CHECK(out.status == 204);
  CHECK(out.header("set-cookie").find("Max-Age=0") != std::string::npos);
  CHECK(browser.get("/api/v1/me").status == 401);
}

TEST_CASE("a changed or removed account ends its sessions at the next request") {
  Site site;
  Browser changed(site, "agathe");
  Browser removed(site, "amar");
  Browser other(site, "marie");
  Accounts elsewhere(site.folder.path);  // as the command line would, in another process
  REQUIRE(elsewhere.set_password("agathe", hash_new_password("un autre mot de passe").value()).has_value());
  REQUIRE(elsewhere.remove_user("amar").has_value());
  CHECK(changed.get("/api/v1/me").status == 401);
  CHECK(removed.get("/api/v1/me").status == 401);
  CHECK(other.get("/api/v1/me").status == 200);
  Wire wire(site.port());
  CHECK(wire.send("POST", "/api/v1/login", kJson, credentials("agathe", "un autre mot de passe")).status ==
        200);
}

TEST_CASE("one's own password: the old one asked for and slowed down, the other sessions end, audited") {
  Site site;
  Browser here(site, "olga"), elsewhere(site, "olga"), admin(site, "adele");
  const char* path = "/api/v1/me/password";
  const std::string right = R"({"old":"un mot de passe long","new":"cerises au sirop"})";
  CHECK(here.post(path, R"({"old":"faux","new":"cerises au sirop"})").code() == "wrong_password");
  CHECK(here.post(path, R"({"old":"un mot de passe long","new":"court"})").field() == "new");
  CHECK(here.post(path, R"({"old":"un mot de passe long","new":"un mot de passe long"})").field() == "new");
  CHECK(here.post(path, R"({"new":"cerises au sirop"})").field() == "old");
  Wire wire(site.port());
  const Headers machine{{"Authorization", "Bearer " + site.token}, {"Content-Type", "application/json"}};
  CHECK(wire.send("POST", path, machine, right).status == 403);
  CHECK(elsewhere.get("/api/v1/me").status == 200);

  CHECK(here.post(path, right).status == 204);
  CHECK(here.get("/api/v1/me").status == 200);
  CHECK(elsewhere.get("/api/v1/me").status == 401);
  const auto login = [&](const std::string& name, const std::string& password) {
    return wire.send("POST", "/api/v1/login", kJson, credentials(name, password)).status;
  };
  CHECK(login("olga", kPassword) == 401);
  CHECK(login("olga", "cerises au sirop") == 200);
  CHECK(here.post(path, right).code() == "wrong_password");
  std::string acts;
  const auto entries = admin.post("/api/v1/audit", R"({"about":"olga"})").json().at("items").as_array();
  for (const auto& each : entries) {
    if (!each.at("act").as_string().starts_with("password")) continue;
    CHECK(each.at("who") == "olga");
    acts += std::string(each.at("act").as_string()) + " ";
  }
  CHECK(acts == "password_refused password_changed password_refused ");
  const std::string all = admin.post("/api/v1/audit").body;
  for (const char* secret : {"cerises", "mot de passe long", "faux"})
    CHECK(all.find(secret) == std::string::npos);
}

TEST_CASE("guessing at one's password in a session that was left open is slowed down, then refused") {
  Site site;
  Browser left_open(site, "olga");
  const std::string body = R"({"old":"faux faux faux","new":"cerises au sirop"})";
  std::string request = "POST /api/v1/me/password HTTP/1.1\r\nHost: " + site.host() +
                        "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  for (const auto& [name, value] : left_open.headers()) request += name + ": " + value + "\r\n";
  request += "\r\n" + body;
  for (int i = 0; i < 4; ++i) CHECK(left_open.post("/api/v1/me/password", body).code() == "wrong_password");
  std::vector<std::unique_ptr<Wire>> wires;
  for (int i = 0; i < 40; ++i) {
    wires.push_back(std::make_unique<Wire>(site.port()));
    wires.back()->write(request);
  }
  const auto refused = wires.back()->read();
  CHECK(refused.status == 429);
  CHECK(refused.code() == "too_many_logins");
}

TEST_CASE("machines use a bearer token, which can be revoked") {
  Site site;
  Wire wire(site.port());
  const Headers bearer{{"Authorization", "Bearer " + site.token}};
  const auto me = wire.send("GET", "/api/v1/me", bearer);
  REQUIRE(me.status == 200);
  CHECK(me.json().at("user").at("name") == "standard-automatique");
  CHECK(wire.send("GET", "/api/v1/me", {{"Authorization", "Bearer " + site.token + "x"}}).status == 401);
  CHECK(wire.send("GET", "/api/v1/me", {{"Authorization", "Basic YTpi"}}).status == 401);
  Accounts elsewhere(site.folder.path);
  REQUIRE(elsewhere.remove_token("standard-automatique").has_value());
  const auto gone = wire.send("GET", "/api/v1/me", bearer);
  CHECK(gone.status == 401);
  CHECK(gone.header("www-authenticate") == "Bearer");
}

TEST_CASE("a browser's change needs the page's own origin and token") {
  Site site;
  site.backend->on_router([](const v1::Envelope&) {
    v1::Envelope reply;
    reply.mutable_classified()->set_topic("social.budget");
    return reply;
  });
  Browser browser(site, "olga");
  Wire wire(site.port());
  const auto post = [&](Headers headers) {
    headers.emplace_back("Cookie", browser.cookie);
    headers.emplace_back("Content-Type", "application/json");
    return wire.send("POST", "/api/v1/classify", headers, "{}");
  };
  CHECK(post({{"Origin", site.origin()}, {"X-CSRF-Token", browser.csrf}}).status == 200);
  CHECK(post({{"X-CSRF-Token", browser.csrf}}).status ==
        200);  // a program that logged in: no page is involved
  for (const Headers& refused :
       std::vector<Headers>{{},
                            {{"Origin", site.origin()}},
                            {{"Origin", site.origin()}, {"X-CSRF-Token", "x"}},
                            {{"Origin", "http://ailleurs.example"}, {"X-CSRF-Token", browser.csrf}},
                            {{"Origin", "null"}, {"X-CSRF-Token", browser.csrf}},
                            {{"Sec-Fetch-Site", "cross-site"}}}) {
    const auto answer = post(refused);
    CHECK(answer.status == 403);
    CHECK(answer.code() == "csrf");
  }
  const auto foreign = wire.send(
      "POST", "/api/v1/login", {{"Content-Type", "application/json"}, {"Origin", "https://ailleurs.example"}},
      credentials("olga", kPassword));
  CHECK(foreign.status == 403);
}

TEST_CASE("guessing is slowed down, and beyond a bound refused with a time to wait") {
  Site site([](Options& options) { options.limits.hashes_waiting = 100; });
  std::vector<std::unique_ptr<Wire>> wires;
  // Failures pile up; each attempt of the same place waits behind the one before, so a burst is refused.
  for (int i = 0; i < 4; ++i) {
    Wire wire(site.port());
    CHECK(wire.send("POST", "/api/v1/login", kJson, credentials("olga", "faux faux faux")).status == 401);
  }
  const std::string body = credentials("olga", "faux faux faux");
  const std::string request =
      "POST /api/v1/login HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(site.port()) +
      "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
      body;
  for (int i = 0; i < 60; ++i) {
    wires.push_back(std::make_unique<Wire>(site.port()));
    wires.back()->write(request);
  }
  const auto refused = wires.back()->read();
  CHECK(refused.status == 429);
  CHECK(refused.code() == "too_many_logins");
  // Another person from another place is not locked out.
  Accounts accounts(site.folder.path);
  CHECK(accounts.current()->people.contains("olga"));
}

TEST_CASE("accounts of an earlier version are read; the right to restricted topics is given and taken") {
  Folder folder;
  {
    sqlite::Database old(folder.path / "accounts.db", sqlite::Database::Mode::create);
    old.exec(R"sql(CREATE TABLE people(name TEXT PRIMARY KEY, role TEXT NOT NULL, units TEXT NOT NULL,
      hash TEXT NOT NULL, version INTEGER NOT NULL, changed_s INTEGER NOT NULL) STRICT;
      INSERT INTO people VALUES('lea', 'agent', 'u1', '$argon2id$x', 7, 0);)sql");
  }
  Accounts accounts(folder.path);
  Person lea = accounts.current()->people.at("lea").person;
  CHECK_FALSE(lea.restricted);
  lea.restricted = true;
  CHECK(accounts.change_user(lea, false).has_value());
  CHECK(accounts.current()->people.at("lea").person.restricted);
  CHECK(accounts.current()->people.at("lea").version != 7);  // its sessions end
  CHECK(Accounts(folder.path).current()->people.at("lea").person == lea);
  CHECK(accounts.add_user({"olga", Role::operator_, {}, true}, {"$argon2id$x"}).error().field ==
        "restricted");
  CHECK(accounts.add_token({"logiciel", Role::agent, {"u1"}, true}).has_value());
  lea.restricted = false;
  CHECK(accounts.change_user(lea, false).has_value());
  CHECK_FALSE(accounts.current()->people.at("lea").person.restricted);
}
