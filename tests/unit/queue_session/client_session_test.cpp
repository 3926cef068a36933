#include "queue/session/client_session.hpp"

#include <catch2/catch.hpp>

using namespace bannette::session;

namespace {

ClientSession opened() {
  ClientSession session(1'000);
  REQUIRE(session.start(0) == Actions{SendHello{}});
  REQUIRE(session.welcome(0) == Actions{TellUp{}});
  return session;
}

}  // namespace

TEST_CASE("greets, and greets again until it is welcome") {
  ClientSession session(1'000);
  CHECK(session.tick(5).empty());  // not started
  CHECK(session.start(0) == Actions{SendHello{}});
  CHECK_FALSE(session.open());
  CHECK(session.next_tick_ms() == 1'000);
  CHECK(session.tick(999).empty());
  CHECK(session.tick(1'000) == Actions{SendHello{}});
  CHECK(session.welcome(1'200) == Actions{TellUp{}});
  CHECK(session.open());
  CHECK(session.welcome(1'201).empty());  // a second one, late
}

TEST_CASE("asks wait for the welcome, then go in order") {
  ClientSession session(1'000);
  session.start(0);
  CHECK(session.ask(1, 5'000).empty());
  CHECK(session.ask(2, 5'001).empty());
  CHECK(session.welcome(10) == Actions{TellUp{}, SendRequest{1}, SendRequest{2}});
  CHECK(session.ask(3, 5'002) == Actions{SendRequest{3}});
}

TEST_CASE("one answer for each request, the first") {
  ClientSession session = opened();
  session.ask(1, 5'000);
  CHECK(session.reply(1, 10) == Actions{GiveAnswer{1}});
  CHECK(session.reply(1, 11).empty());
  CHECK(session.reply(99, 12).empty());
}

TEST_CASE("a request without an answer times out, once, and a late answer is nobody's") {
  ClientSession session = opened();
  session.ask(1, 500);
  session.ask(2, 700);
  CHECK(session.next_tick_ms() == 500);
  CHECK(session.tick(499).empty());
  CHECK(session.tick(500) == Actions{GiveTimeout{1}});
  CHECK(session.reply(1, 600).empty());
  CHECK(session.tick(800) == Actions{GiveTimeout{2}});
}

TEST_CASE("beats; hears silence; greets again and asks again") {
  ClientSession session = opened();
  session.ask(7, 60'000);
  CHECK(session.tick(1'000) == Actions{SendHeartbeat{}});
  session.heard(1'100);
  CHECK(session.tick(2'000) == Actions{SendHeartbeat{}});
  CHECK(session.tick(3'000) == Actions{SendHeartbeat{}});
  CHECK(session.tick(4'100) ==
        Actions{SendHeartbeat{}});  // silent for three heartbeats exactly: not yet lost
  CHECK(session.tick(4'101) == Actions{TellDown{}, SendHello{}});
  CHECK_FALSE(session.open());
  CHECK(session.welcome(4'200) == Actions{TellUp{}, SendRequest{7}});
}

TEST_CASE("a server that lost us is greeted again, once") {
  ClientSession session = opened();
  session.ask(1, 60'000);
  CHECK(session.not_authenticated(10) == Actions{TellDown{}, SendHello{}});
  CHECK(session.not_authenticated(11).empty());
  CHECK(session.welcome(12) == Actions{TellUp{}, SendRequest{1}});
}
