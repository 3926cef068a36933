// What operators ask: log a call, calls like it, where does a request stand.
#include <set>

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "tests/unit/console_server/harness.hpp"
#include "tests/unit/console_server/queue_double.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

TEST_CASE("logging a call: the receipt, what is only recorded, and every refusal by name") {
  Site site;
  site.backend->on_router(router_says);
  Browser browser(site, "olga");
  const auto logged = browser.post(
      "/api/v1/requests",
      R"({"note":"x","caller":{"name":"A","phone":"06"},"urgency":"urgent","danger":true,"correction":"precise","call":"main:7"})");
  REQUIRE(logged.status == 201);
  CHECK(logged.json().at("durable").as_bool());
  CHECK(logged.json().at("key") == kKey);
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].log_call().urgency() == v1::URGENCY_URGENT);
  CHECK(asked[0].log_call().danger());
  CHECK(asked[0].log_call().correction() == "precise");
  CHECK(asked[0].log_call().call() == "main:7");

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
      {R"({"correction":"humeur"})", {"unknown_enum", "correction"}},
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
  site.backend->on_router(router_says);
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

TEST_CASE("finding a request: reference with its check, number in any form, never content") {
  Site site;
  site.backend->on_queue(queue);
  Browser browser(site, "olga");
  const auto found = browser.post("/api/v1/requests/find", R"({"phone":"06 12 34 56 78"})");
  REQUIRE(found.status == 200);
  const auto item = found.json().at("items").as_array().at(0).as_object();
  CHECK(item.at("unit_label") == "Unité 1");
  std::set<std::string> members;
  for (const auto& each : item) members.insert(std::string(each.key()));
  CHECK(members == std::set<std::string>{"arrived", "bannette", "changed", "outcome", "reference",
                                         "restricted", "state", "topic", "unit_label"});
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].find().contact() == "+33612345678");

  const std::string reference = make_reference(42);
  const auto by = [&](const std::string& member, const std::string& value) {
    return browser.post("/api/v1/requests/find",
                        boost::json::serialize(boost::json::object{{member, value}}));
  };
  CHECK(by("reference", reference).status == 200);
  std::string wrong = reference;
  wrong.back() = wrong.back() == 'A' ? 'C' : 'A';
  CHECK(by("reference", wrong).field() == "reference");
  CHECK(by("phone", "abc").field() == "phone");
  CHECK(browser.post("/api/v1/requests/find").code() == "missing");
  CHECK(by("name", "Dupont").field() == "name");
}
