#include "agent-console/server/live.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/unit/console_server/harness.hpp"
#include "tests/unit/console_server/live_wire.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

namespace ws = boost::beast::websocket;

Headers page(Site& site, const Browser& browser) {
  return {{"Cookie", browser.cookie}, {"Origin", site.origin()}};
}

v1::Deliver hint(const std::string& bannette, std::uint64_t seq) {
  v1::Deliver deliver;
  deliver.set_seq(seq);
  deliver.set_change("submitted");
  deliver.mutable_header()->set_bannette(bannette);
  deliver.mutable_header()->set_state(v1::STATE_WAITING);
  return deliver;
}

std::optional<v1::Envelope> counts(const v1::Envelope& question) {
  v1::Envelope reply;
  if (!question.has_count()) return error_reply("malformed");
  reply.mutable_counts()->set_at_ms(1'764'063'000'000);
  for (const char* name : {"u1/social", "u2/social"}) {
    auto& each = *reply.mutable_counts()->add_bannettes();
    each.set_bannette(name);
    each.set_waiting(3);
    each.set_wait_median_s(-1);
  }
  return reply;
}

}  // namespace

TEST_CASE("live: only a logged-in person from our own page") {
  Site site;
  Browser browser(site, "agathe");
  CHECK(LiveWire().open(site, {{"Origin", site.origin()}}) == 401);
  CHECK(LiveWire().open(site, {{"Cookie", browser.cookie}}) == 403);
  CHECK(LiveWire().open(site, {{"Cookie", browser.cookie}, {"Origin", "http://ailleurs.example"}}) == 403);
  CHECK(LiveWire().open(site, {{"Authorization", "Bearer " + site.token}, {"Origin", site.origin()}}) == 401);
  CHECK(LiveWire().open(site, page(site, browser)) == 101);
}

TEST_CASE("live: hints of the bannettes that the person may list, and of no others") {
  Site site;
  Browser agathe(site, "agathe");
  Browser simon(site, "simon");
  Browser olga(site, "olga");
  LiveWire agent, supervisor, operator_;
  REQUIRE(agent.open(site, page(site, agathe)) == 101);
  REQUIRE(supervisor.open(site, page(site, simon)) == 101);
  REQUIRE(operator_.open(site, page(site, olga)) == 101);
  const auto hello = agent.next("hello");
  CHECK(hello.at("user").at("name") == "agathe");
  CHECK(hello.at("demo") == false);
  supervisor.next("link");
  operator_.next("link");

  site.backend->deliver(hint("u2/social", 8));
  site.backend->deliver(hint("u1/social", 9));
  const auto own = agent.next("tray");
  CHECK(own.at("bannette") == "u1/social");
  CHECK(own.at("change") == "submitted");
  CHECK(own.at("header").at("state") == "waiting");
  CHECK(supervisor.next("tray").at("bannette") == "u2/social");
  CHECK(supervisor.next("tray").at("bannette") == "u1/social");
  site.backend->lost();
  CHECK(operator_.next().at("type") == "resync");  // no hint came before
  site.backend->link(false);
  CHECK(agent.next("link").at("up") == false);
}

TEST_CASE("live: the topic of a restricted dossier is told to who may know it") {
  Site site;
  Browser agathe(site, "agathe"), marie(site, "marie");
  LiveWire agent, manager;
  REQUIRE(agent.open(site, page(site, agathe)) == 101);
  REQUIRE(manager.open(site, page(site, marie)) == 101);
  agent.next("link");
  manager.next("link");
  v1::Deliver restricted = hint("u1/social", 8);
  restricted.mutable_header()->set_topic("enfance.danger");
  restricted.mutable_header()->set_restricted(true);
  site.backend->deliver(restricted);
  CHECK(agent.next("tray").at("header").at("topic") == "");
  CHECK(manager.next("tray").at("header").at("topic") == "enfance.danger");
}

TEST_CASE("live: figures come by themselves after a change, filtered by person") {
  Site site;
  site.backend->on_queue(counts);
  Browser agathe(site, "agathe");
  Browser simon(site, "simon");
  LiveWire agent, supervisor;
  REQUIRE(agent.open(site, page(site, agathe)) == 101);
  REQUIRE(supervisor.open(site, page(site, simon)) == 101);
  const auto own = agent.next("counts");
  REQUIRE(own.at("items").as_array().size() == 1);
  CHECK(own.at("items").as_array()[0].at("bannette") == "u1/social");
  CHECK(own.at("items").as_array()[0].at("wait_median_s").is_null());
  CHECK(supervisor.next("counts").at("items").as_array().size() == 2);
  site.backend->deliver(hint("u1/social", 1));
  CHECK(agent.next("counts").at("at") == "2025-11-25T09:30:00.000Z");
}

TEST_CASE("live: what leaves a bannette is told as gone; what is offered makes its bannette fetch") {
  Site site;
  Browser agathe(site, "agathe");
  Browser amar(site, "amar");
  LiveWire first, second;
  REQUIRE(first.open(site, page(site, agathe)) == 101);
  REQUIRE(second.open(site, page(site, amar)) == 101);
  first.next("link");
  second.next("link");
  v1::Deliver offered = hint("u1/social", 8);
  offered.set_change("proposed");
  offered.set_to("u2/social");
  site.backend->deliver(offered);
  CHECK(first.next().at("type") == "tray");
  CHECK(second.next().at("type") == "resync");
  offered.set_change("read");  // by those whom it is offered to, who would read it again, and so on
  site.backend->deliver(offered);
  CHECK(first.next().at("change") == "read");
  v1::Deliver moved = hint("u2/social", 9);
  moved.set_change("proposal_accepted");
  moved.mutable_header()->set_id(std::string(16, '\1'));
  moved.set_to("u2/social");
  site.backend->deliver(moved);
  const auto gone = first.next();
  CHECK(gone.at("type") == "gone");
  CHECK(gone.at("id") == "01010101-0101-0101-0101-010101010101");
  CHECK_FALSE(gone.contains("header"));
  CHECK(second.next().at("type") == "tray");
  v1::Deliver of_site;
  of_site.set_change("unattended");
  of_site.set_bannette("u1/social");
  site.backend->deliver(of_site);
  v1::Deliver danger = hint("u1/social", 11);
  danger.set_change("escalated");
  danger.set_step(v1::STEP_MANAGER);
  site.backend->deliver(danger);
  CHECK(first.next().at("step") == "manager");  // and nothing of the site came before
}

TEST_CASE("live: whoever works in a unit and has its page open watches its bannettes") {
  Site site;
  std::mutex mutex;
  std::condition_variable told;
  std::vector<std::string> present;
  site.backend->on_queue([&](const v1::Envelope& question) -> std::optional<v1::Envelope> {
    if (!question.has_attend()) return counts(question);
    const std::lock_guard lock(mutex);
    CHECK(question.actor().units_size() == 1);
    present.push_back(question.actor().name());
    told.notify_all();
    v1::Envelope reply;
    reply.mutable_attending()->set_as_of_seq(1);
    return reply;
  });
  const auto wait_for = [&](std::size_t count) {
    std::unique_lock lock(mutex);
    return told.wait_for(lock, std::chrono::seconds{20}, [&] { return present.size() >= count; });
  };
  Browser agathe(site, "agathe");
  Browser marie(site, "marie");
  Browser simon(site, "simon");
  LiveWire agent, manager, supervisor;
  REQUIRE(supervisor.open(site, page(site, simon)) == 101);
  REQUIRE(agent.open(site, page(site, agathe)) == 101);
  REQUIRE(wait_for(1));
  REQUIRE(manager.open(site, page(site, marie)) == 101);
  REQUIRE(wait_for(2));
  CHECK(present == std::vector<std::string>{"agathe", "marie"});
  site.backend->link(true);  // a new session with the queue knows of nobody
  REQUIRE(wait_for(4));
  CHECK(std::set<std::string>(present.begin() + 2, present.end()) ==
        std::set<std::string>{"agathe", "marie"});
}

TEST_CASE("live: ping is answered; other messages and long ones end the connection") {
  Site site;
  Browser browser(site, "agathe");
  LiveWire live;
  REQUIRE(live.open(site, page(site, browser)) == 101);
  live.send(R"({"type":"ping"})");
  CHECK(live.next("pong").size() == 1);
  live.send(R"({"type":"take"})");
  CHECK(live.closed() == ws::close_code::policy_error);
  LiveWire other;
  REQUIRE(other.open(site, page(site, browser)) == 101);
  other.send(std::string(5'000, ' '));
  CHECK(other.closed() == ws::close_code::too_big);
}

TEST_CASE("live: ends with the session, the account and the server") {
  Site site;
  Browser agathe(site, "agathe");
  Browser amar(site, "amar");
  Browser simon(site, "simon");
  Browser adele(site, "adele");
  Browser marie(site, "marie");
  LiveWire first, second, third, revoked;
  REQUIRE(revoked.open(site, page(site, marie)) == 101);
  const auto begin = std::chrono::steady_clock::now();
  adele.post("/api/v1/admin/sessions/end", R"({"account":"marie"})");
  CHECK(revoked.closed() == ws::close_code::policy_error);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
  REQUIRE(first.open(site, page(site, agathe)) == 101);
  REQUIRE(second.open(site, page(site, amar)) == 101);
  REQUIRE(third.open(site, page(site, simon)) == 101);
  agathe.post("/api/v1/logout", "");
  CHECK(first.closed() == ws::close_code::policy_error);
  Accounts elsewhere(site.folder.path);
  REQUIRE(elsewhere.remove_user("amar").has_value());
  CHECK(second.closed() == ws::close_code::policy_error);
  third.next("hello");
  std::thread stopping([&] { site.server->stop(); });
  CHECK(third.closed() == ws::close_code::going_away);
  stopping.join();
}

TEST_CASE("live: a browser that does not read is told to fetch again, then given up; memory stays bounded") {
  Limits limits;
  limits.live_queue = 10;
  Metrics metrics;
  LiveClient client({"x", Role::supervisor, {}}, std::make_shared<Session>(), limits);
  bool aborted = false;
  client.abort = [&] { aborted = true; };
  const auto text = std::make_shared<const std::string>("{}");
  for (int i = 0; i < 11; ++i) client.push(text, metrics);
  CHECK_FALSE(aborted);
  CHECK(*client.next() == R"({"type":"resync"})");
  CHECK(client.next() == nullptr);
  for (int i = 0; i < 11; ++i) client.push(text, metrics);  // it had read all: again only a resync
  CHECK_FALSE(aborted);
  for (int i = 0; i < 11; ++i) client.push(text, metrics);
  CHECK(aborted);
  CHECK(client.closing());
}
