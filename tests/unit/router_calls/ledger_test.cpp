// The ledger on facts made by hand: what captures do not have, and its bounds. Whole captures, repeated and
// out of order: tests/unit/router_telephony.
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/router_calls/ledger_desk.hpp"

namespace bannette::calls {
namespace {

using test::Desk;
using test::t0;

TEST_CASE("A call's way, state by state") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  CHECK(desk.call().state == State::announced);
  CHECK(desk.queue(Kind::joined, 1).calls == std::vector<std::string>{"main:1.0"});
  CHECK(desk.call().state == State::queued);
  desk.post(Kind::ringing, 2, "2.0");
  CHECK(desk.call().state == State::presented);
  CHECK(desk.ledger.post("main:PJSIP/1001")->call == "main:1.0");
  desk.queue(Kind::left, 4);
  CHECK(desk.call().state == State::presented);  // whether to the post is not told yet
  desk.post(Kind::connected, 4, "2.0");
  CHECK(desk.call().state == State::talking);
  CHECK(desk.ledger.post("main:PJSIP/1001")->talking);
  desk.channel(Kind::held, 6, "", "2.0");
  CHECK(desk.call().state == State::held);
  desk.channel(Kind::resumed, 7, "", "2.0");
  CHECK(desk.call().state == State::talking);
  desk.post(Kind::completed, 9, "2.0", "agent");
  CHECK(desk.call().state == State::wrap_up);
  CHECK(desk.ledger.post("main:PJSIP/1001")->call.empty());
  desk.channel(Kind::channel_gone, 9);
  desk.channel(Kind::channel_gone, 9, "", "2.0");
  auto qualified = desk.fact(Kind::qualified, 20);
  qualified.reason = "dossier";
  qualified.other = "BAN-1";
  CHECK(desk.tell(qualified).any);
  CHECK_FALSE(desk.tell(qualified).any);
  CHECK(desk.call().state == State::qualified);
  CHECK(desk.call().legs[0].wait_ms() == 3'000);
  CHECK(desk.call().legs[0].talk_ms() == 5'000);
  desk.ledger.advance(t0 + 9'000 + limits::settle - 1);
  CHECK(desk.ledger.take_finished().empty());
  desk.ledger.advance(t0 + 9'000 + limits::settle);
  const auto finished = desk.ledger.take_finished();
  REQUIRE(finished.size() == 1);
  CHECK(finished[0].dossiers == std::vector<std::string>{"BAN-1"});
  CHECK_FALSE(desk.queue(Kind::joined, 30).any);  // told late: it is over
  CHECK(desk.ledger.counts().repeated == 2);
}

TEST_CASE("An answered call that nobody qualifies is waited for, then let go as it is") {
  Desk desk;
  desk.queue(Kind::joined, 0);
  desk.post(Kind::connected, 1, "2.0");
  desk.post(Kind::completed, 5, "2.0", "caller");
  desk.channel(Kind::channel_gone, 5);
  desk.channel(Kind::channel_gone, 5, "", "2.0");
  desk.ledger.advance(t0 + 5'000 + limits::unqualified - 1);
  CHECK(desk.ledger.open_calls() == 1);
  desk.ledger.advance(t0 + 5'000 + limits::unqualified);
  CHECK(desk.ledger.take_finished().at(0).state == State::wrap_up);
}

TEST_CASE("What QueueCallerAbandon means") {
  Desk desk;
  const auto outcome = [&] { return desk.call().legs.at(0).outcome(); };
  desk.channel(Kind::announced, 0);
  desk.queue(Kind::joined, 0);
  SECTION("the caller hung up before: abandoned, and short under five seconds") {
    desk.channel(Kind::hangup_requested, 4);
    desk.queue(Kind::line_ended, 4);
    CHECK(outcome() == Outcome::abandoned);
    CHECK(desk.call().state == State::abandoned_short);
  }
  SECTION("the same after five") {
    desk.channel(Kind::hangup_requested, 5);
    desk.queue(Kind::line_ended, 5);
    CHECK(desk.call().state == State::abandoned);
  }
  SECTION("nobody hung up: timeout") {
    desk.queue(Kind::line_ended, 12);
    CHECK(outcome() == Outcome::timeout);
    desk.channel(Kind::hangup_requested, 40);
    desk.channel(Kind::channel_gone, 40, "after,s,4");
    CHECK(outcome() == Outcome::timeout);
    CHECK(desk.call().state == State::overflowed);
  }
  SECTION("the PBX ended the channel: nobody waits any more") {
    desk.channel(Kind::hangup_forced, 12);
    desk.queue(Kind::line_ended, 12);
    CHECK(outcome() == Outcome::abandoned);
    CHECK(desk.call().legs[0].end_reason() == "pbx");
  }
  SECTION("the line broke: the dialplan did not go on") {
    desk.queue(Kind::line_ended, 12);
    desk.channel(Kind::channel_gone, 12, "in,0199,3");
    CHECK(outcome() == Outcome::abandoned);
  }
  SECTION("the line broke, and the dialplan's h extension ran") {
    desk.queue(Kind::line_ended, 12);
    desk.channel(Kind::channel_gone, 12, "in,h,2");
    CHECK(outcome() == Outcome::abandoned);
  }
  SECTION("another place in the dialplan while it waited: redirected") {
    desk.queue(Kind::line_ended, 12, "interne,1012,1");
    CHECK(outcome() == Outcome::redirected);
  }
  SECTION("our own redirect was obeyed, told before or after") {
    auto order = desk.fact(Kind::redirected, 12, "");
    order.linkedid.clear();
    const bool before = GENERATE(true, false);
    if (before) desk.tell(order);
    desk.queue(Kind::line_ended, 12);
    if (!before) desk.tell(order);
    CHECK(outcome() == Outcome::redirected);
  }
  SECTION("a withdrawal of ours, and it is used up by one") {
    auto order = desk.fact(Kind::withdrawn, 12, "");
    order.linkedid.clear();
    desk.tell(order);
    desk.queue(Kind::line_ended, 12);
    desk.queue(Kind::joined, 12, "in,0199,3", "9.0");
    desk.queue(Kind::line_ended, 13, "in,0199,3", "9.0");
    CHECK(outcome() == Outcome::withdrawn);
    CHECK(desk.call("main:9.0").legs[0].outcome() == Outcome::timeout);
  }
  SECTION("a variable of the dialplan says it") {
    desk.queue(Kind::line_ended, 12);
    auto result = desk.fact(Kind::queue_result, 12);
    result.reason = "WITHDRAW";
    desk.tell(result);
    CHECK(outcome() == Outcome::withdrawn);
  }
  SECTION("the PBX stops: nobody knows") {
    desk.channel(Kind::hangup_forced, 12);
    desk.queue(Kind::line_ended, 12);
    desk.tell(Kind::pbx_stopping, 13, "");
    CHECK(outcome() == Outcome::unknown);
    CHECK(desk.call().legs[0].end_reason() == "shutdown");
  }
}

TEST_CASE("Without AMI's class call an abandon is not told from a timeout, unless the caller goes on") {
  Desk desk;
  desk.queue(Kind::joined, 0);
  desk.queue(Kind::line_ended, 12);
  desk.queue(Kind::left, 12);
  CHECK(desk.call().legs[0].outcome() == Outcome::unknown);
  CHECK(desk.call().state == State::failed);
  desk.queue(Kind::joined, 12, "in,0199,5", "1.0", "debordement");
  CHECK(desk.call().legs[0].outcome() == Outcome::timeout);
  CHECK(desk.call().state == State::queued);
}

TEST_CASE("Back into the same queue: out of a conversation, before the PBX says that it is over") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  desk.queue(Kind::joined, 0);
  desk.post(Kind::connected, 2, "2.0");
  desk.queue(Kind::left, 2);
  auto transfer = desk.fact(Kind::transferred, 9);
  transfer.reason = "blind";
  desk.tell(transfer);
  desk.queue(Kind::joined, 9);
  desk.post(Kind::completed, 9, "2.0", "transfer");
  REQUIRE(desk.call().legs.size() == 2);
  CHECK(desk.call().legs[0].talk_ms() == 7'000);
  CHECK(desk.call().legs[0].end_reason() == "transfer");
  CHECK(desk.call().legs[1].nth == 2);
  CHECK(desk.call().state == State::queued);
  desk.channel(Kind::hangup_requested, 20);
  desk.queue(Kind::line_ended, 20);
  CHECK(desk.call().legs[1].outcome() == Outcome::abandoned);
}

TEST_CASE("A dialplan that loops through one queue: each stay has its own facts, however late they come") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  for (const std::int64_t s : {0, 12, 24}) {
    desk.queue(Kind::joined, s);
    if (s > 0) desk.queue(Kind::left, s);  // of the stay before, in the same instant
    desk.queue(Kind::line_ended, s + 12);
  }
  desk.queue(Kind::left, 36);
  REQUIRE(desk.call().legs.size() == 3);
  for (const auto& leg : desk.call().legs) {
    CHECK(leg.outcome() == Outcome::timeout);
    CHECK(leg.wait_ms() == 12'000);
  }
}

TEST_CASE("After a loss the lists say who is there: who is not has a fate that nobody knows") {
  Desk desk;
  desk.queue(Kind::joined, 0, "in,0199,3", "1.0");
  desk.queue(Kind::joined, 0, "in,0199,3", "2.0");
  desk.queue(Kind::joined, 0, "in,0199,3", "3.0");
  desk.tell(Kind::pbx_down, 5, "");
  desk.tell(Kind::pbx_up, 9, "");
  desk.tell(Kind::snapshot_begin, 9, "");
  auto waiting = desk.fact(Kind::snapshot_entry, 9, "1.0");
  waiting.queue = "accueil";
  waiting.hold_s = 9;
  desk.tell(waiting);
  auto there = desk.fact(Kind::snapshot_channel, 9, "1.0");
  there.reason = "Queue";
  there.queue = "accueil";
  desk.tell(there);
  auto talks = desk.fact(Kind::snapshot_channel, 9, "2.0");
  talks.reason = "Queue";
  talks.queue = "accueil";
  talks.other = "bridge";
  desk.tell(talks);
  auto post = desk.fact(Kind::snapshot_channel, 9, "2.1");
  post.linkedid = "2.0";
  post.reason = "AppQueue";
  post.other = "bridge";
  post.channel = "PJSIP/1001-00000004";
  desk.tell(post);
  desk.tell(Kind::snapshot_end, 9, "");
  CHECK(desk.call("main:1.0").state == State::queued);
  CHECK(desk.call("main:1.0").legs.size() == 1);
  CHECK(desk.call("main:2.0").state == State::talking);
  CHECK(desk.call("main:2.0").legs[0].post == "PJSIP/1001");
  CHECK(desk.call("main:3.0").state == State::failed);
  CHECK(desk.call("main:3.0").legs[0].end_reason() == "lost");
  auto completed = desk.fact(Kind::completed, 40, "2.0");
  completed.queue = "accueil";
  completed.post = "PJSIP/1001";
  completed.other = "2.1";
  completed.hold_s = 3;
  completed.talk_s = 37;
  completed.reason = "caller";
  desk.tell(completed);
  REQUIRE(desk.call("main:2.0").legs.size() == 1);
  CHECK(desk.call("main:2.0").legs[0].wait_ms() == 3'000);
  CHECK(desk.call("main:2.0").legs[0].talk_ms() == 37'000);
}

TEST_CASE(
    "Whom a first list shows waiting is heard from then on; after a loss, what was missed is not guessed") {
  Desk desk;
  desk.tell(Kind::pbx_up, 0, "");
  const bool lost = GENERATE(false, true);
  if (lost) {
    desk.tell(Kind::pbx_down, 1, "");
    desk.tell(Kind::pbx_up, 2, "");
  }
  auto listed = desk.fact(Kind::snapshot_entry, 10);
  listed.queue = "accueil";
  listed.hold_s = 5;
  desk.tell(listed);
  desk.channel(Kind::held, 11);  // class "call" reaches us
  auto ended = desk.fact(Kind::line_ended, 20);
  ended.queue = "accueil";
  ended.hold_s = 15;
  desk.tell(ended);
  CHECK(desk.call().legs[0].outcome() == (lost ? Outcome::unknown : Outcome::timeout));
  CHECK(desk.call().legs[0].wait_ms() == 15'000);
}

TEST_CASE(
    "That AMI's class call reaches us is told once and for all, even by a channel of no call: outcomes hang "
    "on it") {
  Desk desk;
  desk.tell(Kind::pbx_up, 0, "");
  auto unrelated = desk.fact(Kind::channel_gone, 1, "7.0");
  unrelated.from_call_class = true;
  CHECK(desk.tell(unrelated).any);
  CHECK_FALSE(desk.tell(unrelated).any);
  desk.queue(Kind::joined, 2);
  desk.queue(Kind::line_ended, 14);
  CHECK(desk.call().legs[0].outcome() == Outcome::timeout);
}

TEST_CASE("Of two tellings of one thing the earlier time stays") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  desk.queue(Kind::joined, 0);
  desk.queue(Kind::line_ended, 12);
  desk.channel(Kind::hangup_requested, 20);
  CHECK(desk.call().legs[0].outcome() == Outcome::timeout);
  desk.channel(Kind::hangup_requested, 12);
  CHECK(desk.call().legs[0].outcome() == Outcome::abandoned);
}

TEST_CASE("A list that was overtaken by the caller's leaving begins no second stay") {
  Desk desk;
  desk.queue(Kind::joined, 0);
  desk.queue(Kind::line_ended, 12);
  auto listed = desk.fact(Kind::snapshot_entry, 12);
  listed.queue = "accueil";
  listed.hold_s = 11;
  CHECK_FALSE(desk.tell(listed).any);
  CHECK(desk.call().legs.size() == 1);
}

TEST_CASE("A post that hangs up during its announcement: the caller waits on") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  desk.queue(Kind::joined, 0);
  desk.post(Kind::ringing, 1, "2.0");
  auto answered = desk.fact(Kind::dial_ended, 3);
  answered.other = "2.0";
  answered.reason = "ANSWER";
  desk.tell(answered);
  desk.post(Kind::dumped, 4, "2.0");
  CHECK(desk.call().state == State::queued);
  desk.queue(Kind::left, 9);
  CHECK(desk.call().legs[0].outcome() == Outcome::exit_key);
}

TEST_CASE("A number that must not be shown is shown nowhere, whenever that was told") {
  Desk desk;
  desk.channel(Kind::announced, 0);
  desk.queue(Kind::joined, 0);
  desk.queue(Kind::line_ended, 12);
  desk.queue(Kind::joined, 13, "in,0199,4", "1.0", "debordement");
  REQUIRE(desk.call().legs.size() == 2);
  CHECK(desk.call().legs[0].number == "0612345678");
  auto withheld = desk.fact(GENERATE(Kind::left, Kind::announced), 14);
  withheld.queue = withheld.kind == Kind::left ? "debordement" : "";
  withheld.withheld = true;
  CHECK(desk.tell(withheld).any);
  CHECK(desk.call().withheld);
  CHECK(desk.call().number.empty());
  for (const auto& leg : desk.call().legs) {
    CHECK(leg.withheld);
    CHECK(leg.number.empty());
  }
}

TEST_CASE("A further channel of a call that is not ours begins none") {
  Desk desk;
  CHECK(desk.channel(Kind::announced, 0, "", "2.0").calls.empty());
  CHECK(desk.ledger.open_calls() == 0);
}

TEST_CASE("Two PBXs with the same ids have calls of their own") {
  Desk desk;
  desk.queue(Kind::joined, 0);
  auto other = desk.fact(Kind::joined, 0);
  other.pbx = "second";
  other.queue = "accueil";
  CHECK(desk.tell(other).any);
  CHECK(desk.ledger.open_calls() == 2);
}

TEST_CASE("A call that is typed by hand is a call: qualified, and over") {
  Desk desk;
  auto typed = desk.fact(Kind::typed, 0, "");
  typed.linkedid = "0190b1f2";
  typed.name = "op1";
  desk.tell(typed);
  CHECK(desk.call("main:0190b1f2").state == State::wrap_up);
  auto outcome = desk.fact(Kind::qualified, 60, "");
  outcome.linkedid = "0190b1f2";
  outcome.reason = "wrong_number";
  desk.tell(outcome);
  CHECK(desk.call("main:0190b1f2").state == State::qualified);
  CHECK(desk.call("main:0190b1f2").outcome == "wrong_number");
}

}  // namespace
}  // namespace bannette::calls
