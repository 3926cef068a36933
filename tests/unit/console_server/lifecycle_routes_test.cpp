// A dossier's later life over HTTP: what reaches the queue, and what is shown of it.
#include <map>

#include <catch2/catch.hpp>

#include "tests/unit/console_server/harness.hpp"
#include "tests/unit/console_server/queue_double.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

TEST_CASE("what is offered or copied to a person's bannette is shown, and alarms with the figures") {
  Site site;
  site.backend->on_queue(queue);
  Browser agent(site, "agathe");
  const auto tray = agent.get("/api/v1/tray").json();
  REQUIRE(tray.at("offered").as_array().size() == 1);  // and what the queue should not have given is left out
  CHECK(tray.at("offered").at(0).at("proposal").at("to") == "u1/social");
  REQUIRE(tray.at("copies").as_array().size() == 1);
  CHECK(tray.at("copies").at(0).at("copies").at(0) == "u1/social");
  const auto count = agent.get("/api/v1/bannettes").json().at("items").at(0).as_object();
  CHECK(count.at("unattended").as_bool());
  CHECK(count.at("unacknowledged") == 2);
  Browser supervisor(site, "simon");
  const auto all = supervisor.get("/api/v1/bannettes").json();
  CHECK(all.at("slow").at(0).at("program") == "vieux-poste");
  CHECK_FALSE(all.at("items").at(0).at("restricted_unattended").as_bool());
  CHECK(all.at("items").at(1).at("restricted_unattended").as_bool());
  CHECK(supervisor.get("/api/v1/events?after=7").json().at("scanned") == 8);
  CHECK(supervisor.get("/api/v1/events?after=-1").field() == "after");
  CHECK(supervisor.get("/api/v1/events?limit=201").field() == "limit");
}

TEST_CASE("a later life's reasons and dates reach the queue, or are refused by name") {
  Site site;
  site.backend->on_queue(queue);
  Browser browser(site, "marie");
  const std::string path = std::string("/api/v1/dossiers/") + kOwn;
  browser.post(path + "/hold",
               R"({"fence":7,"why":"other","until":"2025-11-25T10:30:00+01:00","text":"lundi"})");
  const auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].hold().fence() == 7);
  CHECK(asked[0].hold().why() == v1::WHY_OTHER);
  CHECK(asked[0].hold().until_ms() == 1'764'063'000'000);
  CHECK(asked[0].hold().text() == "lundi");
  CHECK(asked[0].idempotency_key().size() == 16);
  const std::map<std::string, std::pair<std::string, std::string>> refused{
      {R"({"fence":7,"why":"x","until":"2025-11-25T10:30:00Z"})", {"unknown_enum", "why"}},
      {R"({"fence":7,"until":"2025-11-25T10:30:00Z"})", {"missing", "why"}},
      {R"({"fence":7,"why":"absence"})", {"missing", "until"}},
      {R"({"fence":7,"why":"absence","until":"demain"})", {"malformed", "until"}},
      {R"({"why":"absence","until":"2025-11-25T10:30:00Z"})", {"missing", "fence"}}};
  for (const auto& [body, expected] : refused) {
    CAPTURE(body);
    const auto answer = browser.post(path + "/hold", body);
    CHECK(answer.status == 400);
    CHECK(answer.code() == expected.first);
    CHECK(answer.field() == expected.second);
  }
  CHECK(site.backend->asked().empty());
}

TEST_CASE("a dossier is given only to whom may work on it") {
  Site site;
  bool restricted = false;
  site.backend->on_queue([&](const v1::Envelope& question) {
    auto reply = queue(question);
    if (question.has_show()) reply->mutable_dossier()->mutable_header()->set_restricted(restricted);
    return reply;
  });
  Browser manager(site, "marie"), supervisor(site, "simon");
  const auto giving = [&](Browser& who, const std::string& to) {
    const auto answer = who.post(std::string("/api/v1/dossiers/") + kOwn + "/reassign",
                                 R"({"fence":1,"why":"absence","to":")" + to + R"("})");
    bool asked = false;
    for (const auto& each : site.backend->asked()) asked = asked || each.has_reassign();
    CHECK(asked == (answer.status == 200));
    return answer.status == 200 ? "given" : answer.code() + " " + answer.field();
  };
  CHECK(giving(manager, "agathe") == "given");
  CHECK(giving(manager, "amar") == "forbidden to");  // of another unit
  CHECK(giving(supervisor, "simon") == "forbidden to");
  CHECK(giving(manager, "unit:u1/omar") == "given");  // of the unit's own software
  restricted = true;
  CHECK(giving(manager, "agathe") == "forbidden to");
  CHECK(giving(supervisor, "agathe") == "forbidden to");
  CHECK(giving(supervisor, "inconnue") == "forbidden to");
  CHECK(giving(supervisor, "unit:u2/omar") == "forbidden to");
  CHECK(giving(manager, "unit:u1/omar") == "given");
  CHECK(giving(supervisor, "marie") == "given");
  Accounts accounts(site.options.data);
  REQUIRE(accounts.change_user({"agathe", Role::agent, {"u1"}, true}, false).has_value());
  CHECK(giving(manager, "agathe") == "given");
}

TEST_CASE("reading is asked by one's own right, or for a purpose; who read what is asked in a body") {
  Site site;
  site.backend->on_queue([](const v1::Envelope& question) {
    auto reply = queue(question);
    if (question.has_show() && question.show().content())
      reply->mutable_dossier()->mutable_content()->set_note("secret");
    return reply;
  });
  const std::string path = std::string("/api/v1/dossiers/") + kOwn;
  Browser agathe(site, "agathe"), simon(site, "simon"), aude(site, "aude");
  CHECK(agathe.get(path).json().at("content").at("note") == "secret");
  CHECK(simon.get(path).json().at("content").is_null());  // asks for no content
  CHECK(simon.post(path + "/reads", R"({"purpose":"curiosity"})").field() == "purpose");
  CHECK(simon.post(path + "/reads", "{}").field() == "purpose");
  (void)site.backend->asked();
  CHECK(simon.post(path + "/reads", R"({"purpose":"complaint","text":"courrier"})")
            .json()
            .at("content")
            .at("note") == "secret");
  auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].show().purpose() == v1::PURPOSE_COMPLAINT);
  CHECK(asked[0].show().text() == "courrier");
  CHECK(
      aude.post("/api/v1/reads", R"({"person":"simon","unit":"u1","from":"2026-11-25T09:30:00Z","limit":5})")
          .status == 200);
  asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  const v1::ListEvents& list = asked[0].list_events();
  CHECK((list.reads() && list.person() == "simon" && list.unit() == "u1" && list.limit() == 5));
  CHECK(list.from_ms() == 1'795'599'000'000);
  CHECK(aude.post("/api/v1/reads", R"({"from":"hier"})").field() == "from");
  // What the queue should not have given is not handed on.
  site.backend->on_queue([](const v1::Envelope& question) {
    auto reply = queue(question);
    reply->mutable_dossier()->mutable_content()->set_note("secret");
    reply->mutable_dossier()->mutable_header()->set_restricted(true);
    return reply;
  });
  CHECK(agathe.get(path).status == 404);
  CHECK(aude.get(path).status == 404);
  CHECK(Browser(site, "marie").get(path).status == 200);
}
