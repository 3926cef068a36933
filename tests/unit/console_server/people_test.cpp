// Whom one works with, and what follows a person from one PC to another.
#include <catch2/catch.hpp>

#include "agent-console/server/preferences.hpp"
#include "tests/unit/console_server/harness.hpp"

using namespace bannette::console;
using namespace bannette::console::testing;

TEST_CASE("colleagues are those who share a unit; a supervisor sees all who work in units") {
  Site site;
  const auto names = [&](const char* who) {
    std::string all;
    const auto told = Browser(site, who).get("/api/v1/colleagues").json();
    for (const auto& each : told.at("items").as_array())
      all += std::string(each.at("name").as_string()) + " ";
    return all;
  };
  CHECK(names("agathe") == "agathe marie ");
  CHECK(names("amar") == "amar ");
  CHECK(names("simon") == "agathe amar marie ");
}

TEST_CASE("preferences follow their person, and no other; they are bounded, and not a machine's") {
  Site site;
  const std::string path = "/api/v1/me/preferences";
  const auto text = [&](const char* who) { return Browser(site, who).get(path).json().at("text"); };
  CHECK(text("agathe") == "");
  Browser agent(site, "agathe");
  CHECK(agent.post(path, R"({"text":"{\"views\":[]}"})").status == 204);
  CHECK(text("agathe") == R"({"views":[]})");
  CHECK(text("marie") == "");
  CHECK(agent.post(path, R"({"text":")" + std::string(kPreferencesMax + 1, 'x') + R"("})").code() ==
        "too_large");
  CHECK(agent.post(path, R"({"texte":"x"})").field() == "texte");
  CHECK(text("agathe") == R"({"views":[]})");
  CHECK(agent.post(path, "{}").status == 204);
  CHECK(text("agathe") == "");
  Wire wire(site.port());
  CHECK(wire.send("GET", path, {{"Authorization", "Bearer " + site.token}}).status == 403);
}

TEST_CASE("a page tells that somebody is there, and is told how long the session lasts") {
  Site site;
  const std::string path = "/api/v1/me/active";
  Browser agent(site, "agathe"), supervisor(site, "simon");
  const auto left = [&](const char* body, const char* member) {
    return agent.post(path, body).json().at(member).to_number<int>();
  };
  CHECK(left("{}", "age_left_s") > 11 * 3600);
  CHECK(left(R"({"ago_s":0})", "idle_left_s") > 29 * 60);
  CHECK(left(R"({"ago_s":999999999})", "idle_left_s") > 29 * 60);
  CHECK(agent.post(path, R"({"ago_s":-1})").field() == "ago_s");
  CHECK(agent.post(path, R"({"wall":true})").field() == "wall");
  CHECK(supervisor.post(path, R"({"wall":true})").status == 200);
  Wire wire(site.port());
  CHECK(wire.send("POST", path,
                  {{"Authorization", "Bearer " + site.token}, {"Content-Type", "application/json"}}, "{}")
            .status == 403);
}

TEST_CASE("the catalogue goes compressed, and not again where the browser has it; a new one does") {
  Site site;
  Browser olga(site, "olga");
  Wire wire(site.port());
  Headers asking = olga.headers();
  asking.emplace_back("Accept-Encoding", "gzip");
  const auto packed = wire.send("GET", "/api/v1/catalogue", asking);
  CHECK(packed.header("content-encoding") == "gzip");
  CHECK(packed.body.size() < olga.get("/api/v1/catalogue").body.size());
  CHECK(packed.header("cache-control") == "no-cache");
  asking.emplace_back("If-None-Match", packed.header("etag"));
  CHECK(wire.send("GET", "/api/v1/catalogue", asking).status == 304);
  Headers other = Browser(site, "agathe").headers();  // without what operators say
  other.emplace_back("Accept-Encoding", "gzip");
  other.emplace_back("If-None-Match", packed.header("etag"));
  CHECK(wire.send("GET", "/api/v1/catalogue", other).status == 200);
  Catalogue fresh = site.options.catalogue;
  fresh.units.push_back({"u9", "Unité 9"});
  site.server->use(fresh);  // on the server's thread, before what is asked next
  CHECK(wire.send("GET", "/api/v1/catalogue", asking).status == 200);
}
