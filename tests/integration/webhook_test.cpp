// From a danger that arrives to the program that is told of it, through kill -9 and the command line.
#include <chrono>
#include <set>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "agent-console/webhooks/signature.hpp"
#include "tests/integration/http.hpp"
#include "tests/integration/messages.hpp"
#include "tests/integration/service.hpp"
#include "tests/unit/console_webhooks/receiver.hpp"

using namespace bannette;
using namespace bannette::test;
namespace json = boost::json;

namespace {

v1::Receipt danger(client::Link& link, const std::string& note) {
  v1::Envelope request = submit(note, kEastPmi, v1::URGENCY_IMMEDIATE);
  request.mutable_submit()->set_danger(true);
  const v1::Envelope reply = ask(link, request);
  REQUIRE(code_of(reply) == "");
  return reply.receipt();
}

Ran webhook(const Service& service, const std::string& verb, const Arguments& more = {}) {
  Arguments all{"webhook", verb, "--data", service.data().string()};
  all.insert(all.end(), more.begin(), more.end());
  return run(all);
}

std::string line_of(const Ran& ran) {
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  return ran.out.substr(0, ran.out.find('\n'));
}

// Escalations only: that nobody watches the test's bannettes may be told too.
std::vector<Received> escalations(const std::vector<Received>& all) {
  std::vector<Received> some;
  for (const auto& each : all)
    if (json::parse(each.body).at("type") == "bannette.escalated") some.push_back(each);
  return some;
}

// Waits until a danger's first step has been told.
Received first_of(Receiver& receiver, const std::string& reference) {
  for (std::size_t count = 1;; ++count)
    for (const auto& each : escalations(receiver.wait(count)))
      if (json::parse(each.body).at("data").at("reference") == reference.c_str()) return each;
}

}  // namespace

TEST_CASE("A danger is told, signed, within seconds, and without a word of what was said") {
  Service service;
  service.start();
  Receiver receiver;
  const std::string secret = line_of(webhook(service, "add", {"--name", "crip", "--url", receiver.url()}));
  REQUIRE(console::webhook::is_secret(secret));
  const auto router = service.link("router");
  const auto begun = std::chrono::steady_clock::now();
  const auto receipt = danger(*router, "Phrase-Secrète");
  const auto told = first_of(receiver, receipt.reference());
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
  const auto& headers = told.headers;
  CHECK(headers.at("webhook-signature") ==
        console::webhook::signatures({secret}, headers.at("webhook-id"),
                                     std::stoll(headers.at("webhook-timestamp")), told.body));
  const auto data = json::parse(told.body).at("data").as_object();
  CHECK((data.at("step") == "unit" || data.at("step") == "on_call"));  // the latter out of hours
  CHECK(data.at("bannette") == kEastPmi);
  CHECK(data.at("topic") == "pmi.petite-enfance");
  CHECK(data.at("urgency") == "immediate");
  for (const char* personal : {"Phrase-Secr", "Appelante", "612345678", "06 12", "59512"})
    CHECK(told.body.find(personal) == std::string::npos);

  HttpSession session(service.http());
  CHECK(session.get("/metrics").body.find("bannette_webhook_waiting{endpoint=\"crip\"}") !=
        std::string::npos);
}

TEST_CASE("What an endpoint has missed is told after kill -9 and a restart, under the same id") {
  Service service(true);
  service.start();
  Receiver receiver;
  (void)line_of(webhook(service, "add", {"--name", "crip", "--url", receiver.url()}));
  receiver.script(std::vector<std::pair<Manner, int>>(3, {Manner::close, 0}));
  const auto receipt = danger(*service.link("router"), "un danger");
  const auto missed = first_of(receiver, receipt.reference());
  service.kill();
  const std::size_t before = receiver.all().size();
  receiver.script({});
  service.start();
  const auto after = receiver.wait(before + 1);
  std::set<std::string> ids;
  for (std::size_t i = before; i < after.size(); ++i) ids.insert(after[i].headers.at("webhook-id"));
  for (std::size_t count = after.size(); !ids.contains(missed.headers.at("webhook-id")); ++count)
    ids.insert(receiver.wait(count + 1).back().headers.at("webhook-id"));
  REQUIRE(service.stop() == 0);
}

TEST_CASE("The command line of webhooks") {
  Service service;
  CHECK(webhook(service, "list").code == 1);  // no service has made a master key there yet
  service.start();
  Receiver receiver;
  CHECK(webhook(service, "add", {"--name", "crip", "--url", "http://10.0.0.1/"}).code == 2);
  CHECK(webhook(service, "add", {"--name", "Crip!", "--url", receiver.url()}).code == 2);
  const std::string secret = line_of(webhook(service, "add", {"--name", "crip", "--url", receiver.url()}));
  CHECK(webhook(service, "add", {"--name", "crip", "--url", receiver.url()}).code == 1);
  CHECK(webhook(service, "test", {"--name", "autre"}).code == 1);
  CHECK(webhook(service, "test", {"--name", "crip"}).code == 0);
  CHECK(json::parse(receiver.wait(1).front().body).at("type") == "bannette.test");
  receiver.script({{Manner::answer, 403}});
  const Ran refused = webhook(service, "test", {"--name", "crip"});
  CHECK(refused.code == 1);
  CHECK(refused.err.find("403") != std::string::npos);

  const std::string second = line_of(webhook(service, "rotate", {"--name", "crip"}));
  CHECK(second != secret);
  CHECK(webhook(service, "rotate", {"--name", "crip"}).code == 1);  // two at the most
  CHECK(webhook(service, "test", {"--name", "crip"}).code == 0);
  CHECK(receiver.wait(3).back().headers.at("webhook-signature").find(" v1,") != std::string::npos);
  CHECK(webhook(service, "rotate", {"--name", "crip", "--finish"}).code == 0);
  CHECK(webhook(service, "replay", {"--name", "crip", "--from", "failed"}).code == 0);
  CHECK(webhook(service, "replay", {"--name", "crip", "--from", "zéro"}).code == 2);
  CHECK(webhook(service, "disable", {"--name", "crip"}).code == 0);
  const auto one = json::parse(line_of(webhook(service, "list", {"--json"}))).as_object();
  CHECK(one.at("name") == "crip");
  CHECK(one.at("enabled") == false);
  CHECK(one.at("secrets") == 1);
  for (const Ran& ran : {webhook(service, "list"), webhook(service, "list", {"--json"})})
    CHECK(ran.out.find("whsec_") == std::string::npos);  // shown once only
  CHECK(webhook(service, "remove", {"--name", "crip"}).code == 0);
  CHECK(webhook(service, "remove", {"--name", "crip"}).code == 1);
  CHECK(webhook(service, "list").out.empty());
}
