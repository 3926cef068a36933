// The connector against a PBX on a socket, which has its secrets, its speed and its bad manners.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/integration/pbx_client.hpp"

using namespace bannette;
using namespace bannette::telephony;
using test::Manners;
using test::OneThread;
using test::PbxClient;
using test::PbxServer;

namespace {

const test::Script& script(const std::string& name) {
  static std::map<std::string, test::Script> all;
  const auto found = all.find(name);
  return found != all.end() ? found->second
                            : all.emplace(name, test::Script::of(test::capture(name))).first->second;
}

bool played(const PbxServer& server) {
  return server.pbx().over();
}

const std::vector<std::string> kAnswered{"premier-contact 1795443653.0 answered PJSIP/1001"};

}  // namespace

TEST_CASE("heard at a thousand times its speed") {
  OneThread thread;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), Manners{});
  PbxClient client(thread, PbxClient::options_for(server.port()));
  REQUIRE(thread.until([&] { return client.count(calls::Kind::channel_gone) == 2; }));
  CHECK(client.connection.state().up);
  CHECK(client.troubles == std::vector<std::string>{""});
  CHECK(server.pbx().logins == 1);
  CHECK(server.pbx().actions ==
        std::vector<std::string>{"Challenge", "Login", "Events", "QueueStatus", "CoreShowChannels"});
  CHECK(client.legs() == kAnswered);
  client.connection.stop();
  client.connection.stop();
  CHECK(client.facts.back().kind == calls::Kind::pbx_down);
  CHECK(client.facts.back().reason == "stopped");
  CHECK(thread.until([&] { return server.pbx().actions.back() == "Logoff"; }));
  server.stop();
  CHECK(thread.ends());
}

TEST_CASE("at its own speed, waits and conversations last as long as they did", "[.][long]") {
  OneThread thread;
  Manners manners;
  manners.speed = 1;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("09-ring-no-answer"), manners);
  PbxClient client(thread, PbxClient::options_for(server.port()));
  REQUIRE(thread.until([&] { return played(server) && client.count(calls::Kind::completed) == 1; },
                       std::chrono::seconds{60}));
  client.ledger.close(system::now().wall_ms);
  const auto calls = client.ledger.take_finished();
  REQUIRE(calls.size() == 1);
  REQUIRE(calls[0].legs.size() == 1);
  // queue_log: CONNECT after 15 s, COMPLETEAGENT after 5 s of conversation.
  CHECK(std::abs(calls[0].legs[0].wait_ms().value_or(0) - 15'000) <= 1'000);
  CHECK(std::abs(calls[0].legs[0].talk_ms().value_or(0) - 5'000) <= 1'000);
}

TEST_CASE("repeated events and a flood before them change nothing") {
  OneThread thread;
  Manners manners;
  manners.repeats = 3;
  manners.flood = 20'000;
  manners.long_line = 1'000'000;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), manners);
  PbxClient client(thread, PbxClient::options_for(server.port()));
  REQUIRE(thread.until([&] { return client.count(calls::Kind::channel_gone) == 6; }));
  CHECK(client.legs() == kAnswered);
  const auto state = client.connection.state();
  CHECK(state.counts.messages > 20'000);
  CHECK(state.counts.oversized == 1);
  CHECK(state.reconnects == 0);
}

TEST_CASE("closed in the middle of an event, and joined again") {
  OneThread thread;
  Manners manners;
  manners.half = true;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), manners);
  PbxClient client(thread, PbxClient::options_for(server.port()));
  REQUIRE(thread.until([&] { return server.pbx().logins == 2 && client.connection.state().up; }));
  CHECK(client.count(calls::Kind::pbx_down) == 1);
  CHECK(client.connection.state().reconnects == 1);
  CHECK(client.troubles == std::vector<std::string>{"", "la connexion s'est rompue", ""});
  CHECK(client.legs() == kAnswered);
}

TEST_CASE("cut twice in a call: the lists say what is there") {
  OneThread thread;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), Manners{});
  PbxClient client(thread, PbxClient::options_for(server.port()));
  REQUIRE(thread.until([&] { return client.count(calls::Kind::joined) == 1; }));
  for (const std::size_t logins : {2U, 3U}) {
    server.cut();
    REQUIRE(thread.until([&] { return server.pbx().logins == logins && client.connection.state().up; }));
  }
  REQUIRE(thread.until([&] { return played(server); }));
  CHECK(client.count(calls::Kind::snapshot_end) == 3);
  const auto legs = client.legs();
  REQUIRE(legs.size() == 1);  // one leg, however often it was told of
  CHECK(legs[0].starts_with("premier-contact 1795443653.0 "));
}

TEST_CASE("two PBXs at once do not mix, and one that is away does not hold up the other") {
  OneThread thread;
  PbxServer first(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), Manners{});
  PbxServer second(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), Manners{});
  auto options = PbxClient::options_for(first.port());
  PbxClient client(thread, options);
  options.pbx = "annexe";
  options.address.port = second.port();
  PbxClient other(thread, options);
  options.pbx = "absent";
  options.address.port = 1;
  PbxClient absent(thread, options);
  const auto gone = [](const PbxClient& each) { return each.count(calls::Kind::channel_gone) == 2; };
  REQUIRE(
      thread.until([&] { return gone(client) && gone(other) && absent.connection.state().attempts > 3; }));
  for (const auto& fact : other.facts) CHECK(fact.pbx == "annexe");
  CHECK(client.legs() == kAnswered);
  CHECK(other.legs() == kAnswered);
  CHECK(absent.facts.empty());
  CHECK(absent.troubles.size() == 1);  // told once, however often it is tried
  CHECK_FALSE(absent.connection.state().up);
  absent.connection.stop();
  CHECK(absent.facts.empty());
}

TEST_CASE("a wrong secret is told, and not tried again at once") {
  OneThread thread;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), Manners{});
  auto options = PbxClient::options_for(server.port());
  options.account.secret = "faux";
  PbxClient client(thread, options);
  REQUIRE(thread.until([&] { return !client.troubles.empty(); }));
  CHECK(client.troubles.front() == "identifiant ou secret refusé (Authentication failed)");
  CHECK(client.facts.empty());
  CHECK(server.connections() == 1);
  client.connection.stop();
  server.stop();
  CHECK(thread.ends());
  CHECK(server.pbx().refused == 1);

  const Backoff backoff;
  CHECK(backoff.delay(1, true, 0) == 150'000);
  CHECK(backoff.delay(99, true, 4'000'000'000U) <= 300'000);
  CHECK(backoff.delay(1, false, 0) == 500);
  CHECK(backoff.delay(1, false, 500) == 1'000);
  CHECK(backoff.delay(3, false, 0) == 2'000);
  CHECK(backoff.delay(4'000'000'000U, false, 0) == 30'000);
}

TEST_CASE("whoever greets otherwise, or not at all, or stops to speak") {
  OneThread thread;
  Manners manners;
  std::string trouble;
  auto times = AmiTimes{};
  SECTION("an HTTP server") {
    manners.greeting = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    trouble = "ce n'est pas un Asterisk Manager, ou il ne dit rien";
  }
  SECTION("a telnet server that asks and waits") {
    manners.greeting = "login: ";
    trouble = "ce n'est pas un Asterisk Manager, ou il ne dit rien";
    times.login = 20;
  }
  SECTION("silent after the login, though pinged") {
    manners.stall = true;
    trouble = "il ne répond plus";
    times.quiet = times.pong = 20;
  }
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), manners);
  auto options = PbxClient::options_for(server.port());
  options.times = times;
  PbxClient client(thread, options);
  REQUIRE(thread.until([&] { return server.connections() == 3; }));
  REQUIRE_FALSE(client.troubles.empty());
  CHECK(client.troubles.front() == trouble);
  CHECK_FALSE(client.connection.state().up);
}

TEST_CASE("in clear, only this machine") {
  OneThread thread;
  auto options = PbxClient::options_for(5038);
  options.address.host = "192.0.2.1";  // RFC 5737: nobody
  PbxClient client(thread, options);
  REQUIRE(thread.until([&] { return !client.troubles.empty(); }));
  CHECK(client.troubles.front().find("sans chiffrement") != std::string::npos);
}

TEST_CASE("stopped from within what it tells") {
  OneThread thread;
  PbxServer server(thread.tasks, thread.context.get_executor(), script("05-answered-agent-ends"), Manners{});
  std::vector<calls::Kind> told;
  std::unique_ptr<AmiConnection> connection;
  connection = std::make_unique<AmiConnection>(
      thread.tasks, thread.context.get_executor(), PbxClient::options_for(server.port()),
      [&](const calls::Event& event) {
        told.push_back(event.kind);
        if (event.kind == calls::Kind::joined) connection->stop();
      },
      [] {});
  connection->start();
  connection->start();
  REQUIRE(thread.until([&] { return !told.empty() && told.back() == calls::Kind::pbx_down; }));
  connection.reset();
  server.stop();
  CHECK(thread.ends());
  CHECK(told.back() == calls::Kind::pbx_down);
  AmiConnection never(
      thread.tasks, thread.context.get_executor(), PbxClient::options_for(1),
      [&](const calls::Event& event) { told.push_back(event.kind); }, [] {});
  told.clear();
  never.stop();
  never.stop();
  CHECK(told.empty());
}
