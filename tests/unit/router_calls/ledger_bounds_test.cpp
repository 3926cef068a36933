// The ledger keeps to its bounds: how many calls, channels, times to look, and for how long.
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/router_calls/ledger_desk.hpp"

namespace bannette::calls {
namespace {

using test::Desk;
using test::t0;

TEST_CASE("Each call has one place in the line of those to look at, however much is told of it") {
  Desk desk;
  for (int i = 0; i < 500; ++i) {
    const auto id = std::to_string(i) + ".0";
    desk.queue(Kind::joined, i, "in,0199,3", id);
    for (int s = 1; s < 20; ++s) desk.tell(s % 2 == 0 ? Kind::held : Kind::resumed, i + s, id);
    desk.tell(Kind::hangup_requested, i + 20, id);
    desk.queue(Kind::line_ended, i + 20, "in,0199,3", id);
    auto gone = desk.fact(Kind::channel_gone, i + 20, id);
    gone.from_call_class = true;
    desk.tell(gone);
    desk.ledger.advance(t0 + i * 1'000);
  }
  CHECK(desk.ledger.open_calls() < 40);
  CHECK(desk.ledger.watched() == desk.ledger.open_calls());
  desk.ledger.advance(t0 + 530'000);
  CHECK(desk.ledger.take_finished().size() == 500);
  CHECK(desk.ledger.watched() == 0);
}

TEST_CASE("A call of which nothing is heard any more is lost a day after the last word") {
  Desk desk;
  desk.queue(Kind::joined, 0);
  desk.tell(Kind::held, 3'600);
  desk.ledger.advance(t0 + limits::silent + 3'599'000);
  CHECK(desk.ledger.open_calls() == 1);
  desk.ledger.advance(t0 + limits::silent + 3'600'000);
  CHECK(desk.ledger.take_finished().at(0).legs[0].outcome() == Outcome::unknown);
}

TEST_CASE("Bounded: too many calls displace the oldest, which is told; ids that are too long are refused") {
  Desk desk;
  for (std::size_t i = 0; i <= limits::calls; ++i) desk.queue(Kind::joined, 0, "", std::to_string(i) + ".0");
  CHECK(desk.ledger.open_calls() == limits::calls);
  CHECK(desk.ledger.counts().displaced == 1);
  const auto finished = desk.ledger.take_finished();
  REQUIRE(finished.size() == 1);
  CHECK(finished[0].id == "main:0.0");
  CHECK(finished[0].state == State::failed);
  CHECK_FALSE(desk.queue(Kind::joined, 0, "", std::string(limits::call_id, '1')).any);
  CHECK(desk.ledger.counts().refused == 1);
}

TEST_CASE(
    "A caller who waits for hours: channels of posts that have gone are forgotten, the ledger goes on") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  desk.queue(Kind::joined, 0);
  for (int i = 0; i < 1'000; ++i) {
    const auto channel = "2." + std::to_string(i);
    desk.post(Kind::ringing, i * 7, channel);
    desk.post(Kind::ring_ended, i * 7 + 6, channel);
    desk.channel(Kind::channel_gone, i * 7 + 6, "", channel);
  }
  CHECK(desk.call().channels.size() <= limits::channels);
  CHECK(desk.call().legs[0].rings.size() == 1'000);
  desk.channel(Kind::hangup_requested, 7'001);
  desk.queue(Kind::line_ended, 7'001);
  desk.channel(Kind::channel_gone, 7'001);
  CHECK(desk.call().state == State::abandoned);
  desk.ledger.advance(t0 + 7'001'000 + limits::settle);
  CHECK(desk.ledger.open_calls() == 0);
}

}  // namespace
}  // namespace bannette::calls
