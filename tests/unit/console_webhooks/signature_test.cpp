// The signature of Standard Webhooks, and what is sent.
#include "agent-console/webhooks/signature.hpp"

#include <set>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "agent-console/webhooks/body.hpp"
#include "agent-console/webhooks/post.hpp"
#include "agent-console/webhooks/queue_events.hpp"
#include "tests/unit/console_webhooks/desk.hpp"

using namespace bannette::console::webhook;
using bannette::test::hook_event;

// The vector that the specification's own libraries are tested with.
TEST_CASE("The signature is that of the specification's example") {
  const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const std::string signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  const auto sign = [](const std::vector<std::string>& secrets) {
    return signatures(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330, "{\"test\": 2432232314}");
  };
  CHECK(sign({secret}) == signature);
  const std::string other = new_secret();
  const std::string both = sign({other, secret});
  CHECK(both.starts_with("v1,"));
  CHECK(both.ends_with(" " + signature));
  CHECK(both.size() == 2 * signature.size() + 1);
  CHECK(sign({"pas un secret", secret}) == signature);
  CHECK(sign({}).empty());
}

TEST_CASE("A secret has its prefix and 24 to 64 bytes in base64, and is never the same") {
  std::set<std::string> made;
  for (int i = 0; i < 50; ++i) {
    const std::string secret = new_secret();
    CHECK(is_secret(secret));
    CHECK(secret.size() == 6 + 44);
    made.insert(secret);
  }
  CHECK(made.size() == 50);
  CHECK(is_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  for (const char* wrong :
       {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"})
    CHECK_FALSE(is_secret(wrong));
  CHECK_FALSE(is_secret("whsec_" + std::string(88, 'A')));  // 66 bytes
}

TEST_CASE("The body says what happened and where, and nothing personal") {
  const auto body = boost::json::parse(body_of(hook_event(3), "https://bannette.exemple")).as_object();
  CHECK(body.at("type") == "bannette.escalated");
  CHECK(body.at("timestamp") == "2025-11-25T09:00:00.003Z");
  const boost::json::object data{{"id", "essai-4-3"},
                                 {"seq", 3},
                                 {"kind", "escalated"},
                                 {"site", "essai"},
                                 {"step", "manager"},
                                 {"reference", "7EF-RV5"},
                                 {"bannette", "utpas-est/pmi"},
                                 {"topic", "pmi-suivi"},
                                 {"urgency", "immediate"},
                                 {"at", "2025-11-25T09:00:00.003Z"},
                                 {"deadline", "2025-11-25T09:05:00.000Z"},
                                 {"link", "https://bannette.exemple/#dossier/7EF-RV5"}};
  CHECK(body.at("data").as_object() == data);
  CHECK(body.size() == 3);
  Event bare;
  bare.seq = 9;
  bare.id = "essai-4-9";
  bare.kind = "clock_jumped";
  bare.site = "essai";
  const auto less = boost::json::parse(body_of(bare, "https://bannette.exemple")).at("data").as_object();
  CHECK(less.size() == 5);  // id, seq, kind, site, at
  CHECK(rfc3339(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("A restricted topic does not leave the house, nor do the people of an event") {
  bannette::v1::Event from;
  from.set_seq(7);
  from.set_change("escalated");
  from.set_actor("marie");
  from.set_to("Astreinte de Paul");
  from.set_reason("manager");
  from.set_bannette("u1/social");
  from.set_topic("enfance.danger");
  CHECK(event_of(from, "essai").topic == "enfance.danger");
  from.set_restricted(true);
  const std::string body = body_of(event_of(from, "essai"), "https://bannette.exemple");
  for (const char* hidden : {"enfance", "marie", "Paul"}) CHECK(body.find(hidden) == std::string::npos);
  CHECK(body.find("u1/social") != std::string::npos);
  CHECK(body.find("reason") == std::string::npos);
  bannette::v1::Event alone;
  alone.set_change("unattended");
  alone.set_bannette("u1/social");
  alone.set_reason("restricted");  // that nobody present may read: whoever is told can act on it
  const auto told = boost::json::parse(body_of(event_of(alone, "essai"), ""));
  CHECK(told.at("data").at("reason") == "restricted");
}

TEST_CASE("An address is https, or http on this machine, with nothing that does not belong there") {
  const auto code = [](const std::string& url, bool insecure = false) {
    const auto parsed = parse_target(url, insecure);
    return parsed.has_error() ? parsed.error().field : "";
  };
  for (const char* good :
       {"https://hote.exemple", "https://hote.exemple:8443/a/b?c=d", "https://[2001:db8::1]/x",
        "http://127.0.0.1:80/", "http://localhost:8080/a", "http://[::1]:9/"})
    CHECK(code(good).empty());
  for (const char* wrong :
       {"", "hote.exemple", "ftp://hote.exemple/", "https:///chemin", "https://u:p@hote.exemple/",
        "https://hote.exemple/#a", "http://hote.exemple/", "http://10.0.0.1/", "https://hote:0/",
        "https://hote:99999/", "https://ho te/", "http://localhost.exemple/"})
    CHECK(code(wrong) == "url");
  CHECK(code("http://10.0.0.1/", true).empty());
  CHECK(code("https://hote.exemple/" + std::string(2'100, 'a')) == "url");
  const Target target = parse_target("https://[2001:db8::1]:8443?c=d", false).value();
  CHECK(target.host == "2001:db8::1");
  CHECK(target.port == "8443");
  CHECK(target.authority == "[2001:db8::1]:8443");
  CHECK(target.path == "/?c=d");
}
