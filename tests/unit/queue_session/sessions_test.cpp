#include "queue/session/sessions.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::session;

namespace {

const Authority kRoubaix = *authority_of("unit:roubaix");
const Authority kLille = *authority_of("unit:lille");
const Peer kOne{0, "one"}, kTwo{0, "two"};

Session& open(Sessions& sessions, const Peer& peer, const Authority& who,
              std::uint32_t heartbeat_ms = 1'000) {
  REQUIRE(sessions.hello(peer, who, {1, heartbeat_ms}, 0));
  return *sessions.heard(peer, who, 0).value();
}

std::vector<Peer> watchers(Sessions& sessions, std::string_view bannette, std::int64_t now_ms = 0) {
  return sessions.watchers(std::span(&bannette, 1), now_ms);
}

}  // namespace

TEST_CASE("HELLO opens; another protocol or heartbeat is refused") {
  Sessions sessions;
  CHECK(sessions.hello(kOne, kRoubaix, {1, 0}, 0).value()->heartbeat_ms == limits::heartbeat_default);
  CHECK(sessions.hello(kTwo, kRoubaix, {2, 0}, 0).error().code == Code::unsupported_version);
  CHECK(sessions.hello(kTwo, kRoubaix, {0, 0}, 0).error().code == Code::unsupported_version);
  CHECK(sessions.hello(kTwo, kRoubaix, {1, 999}, 0).error().code == Code::malformed);
  CHECK(sessions.hello(kTwo, kRoubaix, {1, 60'001}, 0).error().code == Code::malformed);
  CHECK(sessions.size() == 1);
  CHECK(sessions.hello(kTwo, kRoubaix, {1, 60'000}, 0));
}

TEST_CASE("nobody speaks without HELLO, nor over another key's session") {
  Sessions sessions;
  CHECK(sessions.heard(kOne, kRoubaix, 0).error().code == Code::not_authenticated);
  open(sessions, kOne, kRoubaix);
  CHECK(sessions.heard(kOne, kLille, 0).error().code == Code::not_authenticated);
  CHECK(sessions.heard(kTwo, kRoubaix, 0).error().code == Code::not_authenticated);
  CHECK(sessions.heard({1, "one"}, kRoubaix, 0).error().code == Code::not_authenticated);  // another socket
  CHECK(sessions.heard(kOne, kRoubaix, 0));
}

TEST_CASE("a session silent for more than three of its heartbeats is forgotten") {
  Sessions sessions;
  open(sessions, kOne, kRoubaix, 1'000);
  open(sessions, kTwo, kRoubaix, 2'000);
  CHECK(sessions.expire(3'000).empty());
  CHECK(sessions.expire(3'001) == std::vector<Peer>{kOne});
  CHECK(sessions.heard(kOne, kRoubaix, 3'002).error().code == Code::not_authenticated);
  REQUIRE(sessions.heard(kTwo, kRoubaix, 5'000));
  CHECK(sessions.expire(11'000).empty());
}

TEST_CASE("the next silence is never told too late, and messages put it off") {
  Sessions sessions;
  CHECK(sessions.next_silence_ms() == std::numeric_limits<std::int64_t>::max());
  open(sessions, kOne, kRoubaix, 1'000);
  open(sessions, kTwo, kRoubaix, 2'000);
  CHECK(sessions.next_silence_ms() == 3'001);
  REQUIRE(sessions.heard(kOne, kRoubaix, 2'500));
  CHECK(sessions.expire(3'001).empty());
  CHECK(sessions.next_silence_ms() == 5'501);  // of kOne again; kTwo's is at 6'001
  CHECK(sessions.expire(5'501) == std::vector<Peer>{kOne});
  CHECK(sessions.next_silence_ms() == 6'001);
  CHECK(sessions.expire(6'001) == std::vector<Peer>{kTwo});
  CHECK(sessions.next_silence_ms() == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("HELLO again begins anew") {
  Sessions sessions;
  REQUIRE(Sessions::subscribe(open(sessions, kOne, kRoubaix), {}, 5));
  CHECK(watchers(sessions, "roubaix/pmi").size() == 1);
  open(sessions, kOne, kRoubaix);
  CHECK(watchers(sessions, "roubaix/pmi").empty());
}

TEST_CASE("credit: one hint each, then silence, then word that hints were missed") {
  Sessions sessions;
  Session& one = open(sessions, kOne, kRoubaix);
  CHECK(Sessions::subscribe(one, {}, 0).error().code == Code::malformed);
  CHECK(Sessions::subscribe(one, {}, 1'001).error().code == Code::malformed);
  CHECK(watchers(sessions, "roubaix/pmi").empty());
  REQUIRE(Sessions::subscribe(one, {}, 2));
  CHECK(watchers(sessions, "roubaix/pmi") == std::vector<Peer>{kOne});
  CHECK(watchers(sessions, "roubaix/pmi") == std::vector<Peer>{kOne});
  CHECK_FALSE(Sessions::add_credit(one, 1));  // nothing was missed
  CHECK(watchers(sessions, "roubaix/pmi") == std::vector<Peer>{kOne});
  CHECK(watchers(sessions, "roubaix/pmi").empty());
  CHECK_FALSE(Sessions::add_credit(one, 0));
  CHECK(Sessions::add_credit(one, 5));
  CHECK_FALSE(Sessions::add_credit(one, 5));  // told once
  CHECK(one.credit == 10);
  Sessions::add_credit(one, 4'000'000'000U);
  CHECK(one.credit == limits::credit);
}

TEST_CASE("a hint that never left gives its credit back, and counts as missed") {
  Sessions sessions;
  Session& one = open(sessions, kOne, kRoubaix);
  REQUIRE(Sessions::subscribe(one, {}, 1));
  REQUIRE(watchers(sessions, "roubaix/pmi").size() == 1);
  sessions.not_sent(kOne, 0);
  CHECK(one.credit == 1);
  CHECK(Sessions::add_credit(one, 1));
  sessions.not_sent(kTwo, 0);  // gone since: nothing
}

TEST_CASE("watchers are told of their own bannettes, and of those they asked for") {
  Sessions sessions;
  REQUIRE(Sessions::subscribe(open(sessions, kOne, kRoubaix), {"roubaix/pmi"}, 10));
  REQUIRE(Sessions::subscribe(open(sessions, kTwo, kLille), {}, 10));
  CHECK(watchers(sessions, "roubaix/pmi") == std::vector<Peer>{kOne});
  CHECK(watchers(sessions, "roubaix/enfance").empty());
  CHECK(watchers(sessions, "lille/enfance") == std::vector<Peer>{kTwo});
}

TEST_CASE("sessions are bounded; those that are open may greet again") {
  Sessions sessions;
  for (std::size_t i = 0; i < limits::sessions; ++i)
    REQUIRE(sessions.hello({0, std::to_string(i)}, *authority_of("router"), {1, 0}, 0));
  CHECK(sessions.hello(kOne, kRoubaix, {1, 0}, 0).error().code == Code::busy);
  CHECK(sessions.hello({0, "7"}, kRoubaix, {1, 0}, 0));
}

TEST_CASE("one hint for a change that concerns two bannettes of the same subscriber") {
  Sessions sessions;
  Session& one = open(sessions, kOne, kRoubaix);
  REQUIRE(Sessions::subscribe(one, {}, 5));
  const std::string_view both[] = {"roubaix/pmi", "roubaix/enfance"};
  CHECK(sessions.watchers(both, 0) == std::vector<Peer>{kOne});
  CHECK(one.credit == 4);
}

TEST_CASE(
    "slow consumers are told with the age of the oldest hint they missed, until they give credit again") {
  Sessions sessions;
  Session& one = open(sessions, kOne, kRoubaix);
  REQUIRE(Sessions::subscribe(one, {}, 1));
  CHECK(watchers(sessions, "roubaix/pmi", 1'000).size() == 1);
  CHECK(sessions.slow(8).empty());
  CHECK(watchers(sessions, "roubaix/pmi", 2'000).empty());
  CHECK(watchers(sessions, "roubaix/pmi", 9'000).empty());
  REQUIRE(sessions.slow(8).size() == 1);
  CHECK(sessions.slow(8)[0]->missed == 2);
  CHECK(sessions.slow(8)[0]->missed_since_ms == 2'000);
  CHECK(sessions.slow(0).empty());
  CHECK(Sessions::add_credit(one, 3));
  CHECK(sessions.slow(8).empty());
}

TEST_CASE("one unit's key cannot take all sessions") {
  Sessions sessions;
  for (std::size_t i = 0; i < limits::sessions_of_unit; ++i)
    REQUIRE(sessions.hello({0, std::to_string(i)}, kRoubaix, {1, 0}, 0));
  CHECK(sessions.hello({0, "more"}, kRoubaix, {1, 0}, 0).error().code == Code::busy);
  CHECK(sessions.hello({0, "0"}, kRoubaix, {1, 0}, 0));  // one that is open may greet again
  CHECK(sessions.hello({0, "other"}, *authority_of("unit:lille"), {1, 0}, 0));
}
