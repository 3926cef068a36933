// Calls over HTTP and live: to each what is theirs; the PBXs' webhook with its own tokens.
#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

#include "agent-console/server/live.hpp"
#include "tests/unit/console_server/calls_double.hpp"
#include "tests/unit/console_server/harness.hpp"
#include "tests/unit/console_server/live_wire.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace bannette::console::testing {

std::optional<v1::Envelope> answer_about_calls(const v1::Envelope& question) {
  v1::Envelope reply;
  switch (question.body_case()) {
    case v1::Envelope::kCtiEvent:
      if (question.cti_event().pbx() != "annexe") return error_reply("not_found", "pbx");
      reply.mutable_cti_taken()->set_changed(true);
      break;
    case v1::Envelope::kBindPost:
      reply.mutable_post_shown()->mutable_post()->set_code(question.bind_post().post());
      break;
    case v1::Envelope::kPausePost:
      reply.mutable_post_shown()->mutable_post()->set_pause(question.pause_post().reason());
      break;
    case v1::Envelope::kGetCall:
    case v1::Envelope::kQualifyCall:
      reply.mutable_call_shown()->mutable_call()->mutable_now()->set_number("+33612345678");
      break;
    case v1::Envelope::kListCalls:
      reply.mutable_calls()->add_items()->mutable_now()->set_id("main:1.1");
      break;
    case v1::Envelope::kCallContacts:
      reply.mutable_contacts()->add_items()->set_state(v1::STATE_WAITING);
      break;
    case v1::Envelope::kListCallbacks:
      reply.mutable_callbacks()->add_items()->set_id("7");
      break;
    case v1::Envelope::kSettleCallback:
      reply.mutable_callback_settled()->mutable_callback()->set_id(question.settle_callback().id());
      break;
    case v1::Envelope::kDialNumber:
      reply.mutable_dialled()->set_number("+33612345678");
      break;
    case v1::Envelope::kWaitReport:
      reply.mutable_waits()->add_rows()->add_figures()->set_code("offered");
      break;
    default:
      return std::nullopt;
  }
  return reply;
}

}  // namespace bannette::console::testing

namespace {

// Olga's post rings with one caller, another waits, and nobody sits at p2.
v1::CallsNow ringing(std::uint64_t version) {
  v1::CallsNow now;
  now.set_version(version);
  auto& post = *now.add_posts();
  post.set_code("p1");
  post.set_person("olga");
  post.set_state("ringing");
  post.set_call("main:1.1");
  now.add_posts()->set_code("p2");
  auto& line = *now.add_lines();
  line.set_queue("accueil");
  line.set_waiting(1);
  for (const char* id : {"main:1.1", "main:1.2"}) {
    auto& call = *now.add_calls();
    call.set_id(id);
    call.set_state("presented");
    call.set_number("+33612345678");
    call.set_name("DUPONT");
  }
  now.add_pbxs()->set_code("main");
  return now;
}

v1::CallsNow quiet(std::uint64_t version) {
  v1::CallsNow now = ringing(version);
  now.mutable_posts(0)->set_state("free");
  now.mutable_posts(0)->clear_call();
  return now;
}

std::string add_pbx_token(Site& site, const std::string& name, const std::string& pbx) {
  Accounts accounts(site.options.data);
  return accounts.add_pbx_token(name, pbx).value();
}

}  // namespace

TEST_CASE("an operator sees the call of their own post, a supervisor all but who calls") {
  Site site;
  site.backend->calls(ringing(1));
  Browser olga(site, "olga"), simon(site, "simon");
  const auto own = olga.get("/api/v1/calls/now");
  CHECK(own.json().at("call").at("number") == "+33612345678");
  CHECK(own.json().at("post").at("code") == "p1");
  CHECK(own.json().at("lines").at(0).at("waiting") == 1);
  CHECK_FALSE(own.json().contains("calls"));
  CHECK_FALSE(own.json().contains("pbxs"));
  CHECK_FALSE(own.json().at("posts").at(0).as_object().contains("state"));
  const auto all = simon.get("/api/v1/calls/now");
  CHECK(all.json().at("call").is_null());
  CHECK(all.json().at("calls").as_array().size() == 2);
  CHECK(all.body.find("33612345678") == std::string::npos);
  CHECK(all.body.find("DUPONT") == std::string::npos);
}

TEST_CASE("a call pops up on the screen of whom it rings, and is taken back") {
  Site site;
  site.backend->calls(quiet(1));
  Browser olga(site, "olga"), simon(site, "simon");
  LiveWire at_post, watching;
  REQUIRE(at_post.open(site, {{"Cookie", olga.cookie}, {"Origin", site.origin()}}) == 101);
  REQUIRE(watching.open(site, {{"Cookie", simon.cookie}, {"Origin", site.origin()}}) == 101);
  (void)at_post.next("hello");
  (void)watching.next("hello");
  site.backend->calls(ringing(2));
  auto said = at_post.next("call");
  while (said.at("call").is_null()) said = at_post.next("call");  // as it was before
  CHECK(said.at("call").at("number") == "+33612345678");
  CHECK(said.at("post").at("state") == "ringing");
  auto line = watching.next("line");
  while (line.at("posts").at(0).at("state") != "ringing") line = watching.next("line");
  CHECK(line.at("calls").as_array().size() == 2);
  CHECK_FALSE(line.at("calls").at(0).as_object().contains("number"));
  site.backend->calls(quiet(3));
  CHECK(at_post.next("call").at("call").is_null());
}

TEST_CASE("a change of the line is written once for all who see the same of it") {
  Metrics metrics;
  const Render render{Catalogue{}};
  Live live(render, metrics);
  const Limits limits;
  std::vector<std::shared_ptr<LiveClient>> clients;
  for (const auto& [name, role] : {std::pair{"a", Role::operator_},
                                   {"b", Role::operator_},
                                   {"c", Role::supervisor},
                                   {"d", Role::supervisor}}) {
    clients.push_back(
        std::make_shared<LiveClient>(Person{name, role, {}}, std::make_shared<Session>(), limits));
    live.add(clients.back());
  }
  live.calls(ringing(1));
  std::vector<LiveClient::Message> lines;
  for (const auto& client : clients) {
    CHECK(client->next()->find(R"("type":"call")") != std::string::npos);
    lines.push_back(client->next());
    CHECK(client->next() == nullptr);
  }
  CHECK(lines[0] == lines[1]);
  CHECK(lines[2] == lines[3]);
  CHECK(*lines[0] != *lines[2]);
}

TEST_CASE("the webhook takes JSON and forms, by a PBX's token and no other") {
  Site site;
  site.backend->on_router([](const v1::Envelope& question) { return answer_about_calls(question); });
  const std::string token = add_pbx_token(site, "pont-annexe", "annexe");
  const std::string unknown = add_pbx_token(site, "pont-parti", "parti");
  const Headers bearer{{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}};
  const std::string body =
      R"({"event":"newCall","callId":"c-1","from":"anonymous","direction":"in","user":["A","B"],"x":1})";
  Wire wire(site.port());
  auto answer = wire.send("POST", "/api/v1/cti", bearer, body);
  CHECK(answer.status == 200);
  CHECK(answer.body == "{}");
  auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].cti_event().pbx() == "annexe");
  CHECK(asked[0].cti_event().users_size() == 2);
  CHECK_FALSE(asked[0].has_actor());

  const Headers form{{"Content-Type", "application/x-www-form-urlencoded"}};
  answer = wire.send("POST", "/api/v1/cti/" + token, form,
                     "event=hangup&callId=c+1&cause=normalClearing&direction=out&user[]=A%20B&user%5B%5D=C");
  CHECK(answer.status == 200);
  asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].cti_event().kind() == v1::CTI_KIND_HANGUP);
  CHECK(asked[0].cti_event().call_id() == "c 1");
  CHECK(asked[0].cti_event().outbound());
  REQUIRE(asked[0].cti_event().users_size() == 2);
  CHECK(asked[0].cti_event().users(0) == "A B");

  CHECK(wire.send("POST", "/api/v1/cti", {{"Content-Type", "application/json"}}, body).status == 401);
  CHECK(wire.send("POST", "/api/v1/cti/bnt_faux", form, "event=newCall&callId=1").status == 401);
  CHECK(wire.send("POST", "/api/v1/cti", {{"Authorization", "Bearer " + site.token}}, body).status == 401);
  CHECK(wire.send("GET", "/api/v1/me", {{"Authorization", "Bearer " + token}}).status == 401);
  CHECK(wire.send("POST", "/api/v1/cti",
                  {{"Authorization", "Bearer " + unknown}, {"Content-Type", "application/json"}}, body)
            .status == 404);
  for (const auto& [bad, field] : std::vector<std::pair<std::string, std::string>>{
           {R"({"event":"explode","callId":"1"})", "event"},
           {R"({"event":"answer"})", "callId"},
           {R"({"event":"answer","callId":"1","direction":"up"})", "direction"},
           {R"({"event":"answer","callId":")" + std::string(251, 'x') + R"("})", "callId"}}) {
    CHECK(wire.send("POST", "/api/v1/cti", bearer, bad).field() == field);
  }
  CHECK(wire.send("POST", "/api/v1/cti", bearer, "{").status == 400);
  CHECK(wire.send("POST", "/api/v1/cti/" + token, form, "event=%zz").status == 400);
  {
    Accounts accounts(site.options.data);
    REQUIRE(accounts.remove_token("pont-annexe").has_value());
  }
  CHECK(wire.send("POST", "/api/v1/cti", bearer, body).status == 401);
}

TEST_CASE("who changes something about calls is named, with the request's key") {
  Site site;
  site.backend->on_router([](const v1::Envelope& question) { return answer_about_calls(question); });
  Browser olga(site, "olga");
  CHECK(olga.post("/api/v1/calls/main:1.1/qualify", R"({"outcome":"nobody"})").status == 200);
  auto asked = site.backend->asked();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].actor().name() == "olga");
  CHECK(asked[0].idempotency_key().size() == 16);
  CHECK(asked[0].qualify_call().call() == "main:1.1");
  CHECK(asked[0].qualify_call().outcome() == v1::CALL_OUTCOME_NOBODY);
  CHECK(olga.post("/api/v1/calls/main:1.1/qualify", R"({"outcome":"rien"})").field() == "outcome");
  CHECK(olga.post("/api/v1/callbacks/7", R"({"act":"manger"})").field() == "act");
  CHECK(olga.get("/api/v1/calls?from=hier").field() == "from");
  CHECK(olga.get("/api/v1/calls/main%3A1.1%2F..").status == 404);
  Browser simon(site, "simon");
  CHECK(simon.get("/api/v1/waits?step=siecle").field() == "step");
  CHECK_FALSE(simon.get("/api/v1/calls/main:1.1").json().contains("number"));
}
