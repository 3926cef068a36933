// Orders to a PBX: what is sent, what is answered, and what is never sent.
#include <catch2/catch.hpp>

#include "tests/unit/router_telephony/session_desk.hpp"

using namespace bannette;
using namespace bannette::telephony;

namespace {

Dial a_dial() {
  Dial dial;
  dial.post = "PJSIP/1001";
  dial.number = "0639981260";
  dial.channel_id = "rappel-4711";
  dial.how.context = "interne";
  dial.how.ring_ms = 15'000;
  return dial;
}

}  // namespace

TEST_CASE("click to call: the post, then the citizen") {
  Desk desk;
  desk.session.order(7, a_dial(), desk.now, desk.effects);
  CHECK(desk.done() == Lines{"answer 7 refused unavailable"});
  desk.come_up();
  desk.session.order(7, a_dial(), desk.now, desk.effects);
  CHECK(desk.done() == Lines{">Originate bannette-5"});
  CHECK(desk.sent ==
        ami("Action: Originate|ActionID: bannette-5|Channel: PJSIP/1001|Context: interne|Exten: "
            "0639981260|Priority: 1|CallerID: 0639981260|Timeout: 15000|ChannelId: rappel-4711|Async: true"));
  CHECK(desk.answers("Response: Success|ActionID: bannette-5|Message: Originate successfully queued") ==
        Lines{"answer 7 accepted"});
  // As in capture 40: the first DialEnd is the post's own and has no channel that dials.
  CHECK(desk.answers("Event: DialEnd|DestUniqueid: rappel-4711|DialStatus: ANSWER").empty());
  CHECK(desk.answers("Event: OriginateResponse|ActionID: bannette-5|Response: Success|Reason: 4|Uniqueid: "
                     "rappel-4711") == Lines{"answer 7 post_answered"});
  SECTION("answered") {
    CHECK(
        desk.answers("Event: DialEnd|Uniqueid: rappel-4711|DestUniqueid: 1795444211.1|DialStatus: ANSWER") ==
        Lines{"answer 7 answered."});
    CHECK(desk.answers("Event: Hangup|Uniqueid: rappel-4711|Cause: 16").empty());
  }
  SECTION("busy") {
    CHECK(desk.answers("Event: DialEnd|Uniqueid: rappel-4711|DestUniqueid: 1795444211.1|DialStatus: BUSY") ==
          Lines{"answer 7 busy."});
  }
  SECTION("the post hangs up") {
    CHECK(desk.answers("Event: Hangup|Uniqueid: rappel-4711|Cause: 16") == Lines{"answer 7 given_up."});
  }
  SECTION("nothing more is said") {
    desk.wait(15'000);
    desk.hear("Response: Success|ActionID: bannette-6|Ping: Pong");
    desk.wait(14'999);
    std::size_t answers = 0;
    for (int i = 0; i < 12; ++i) {
      desk.bytes("\r\n");
      for (const auto& line : desk.wait(9'000)) answers += line == "answer 7 unknown." ? 1 : 0;
    }
    CHECK(answers == 1);
  }
  SECTION("the line is lost") {
    CHECK(desk.lose() == Lines{"answer 7 unknown.", "fact pbx_down lost"});
  }
}

TEST_CASE("click to call that comes to nothing") {
  Desk desk;
  desk.come_up();
  desk.session.order(1, a_dial(), desk.now, desk.effects);
  CHECK(desk.done() == Lines{">Originate bannette-5"});
  CHECK(desk.answers("Response: Error|ActionID: bannette-5|Message: Extension does not exist.") ==
        Lines{"answer 1 refused bad_state"});
  desk.session.order(2, a_dial(), desk.now, desk.effects);
  desk.session.order(3, a_dial(), desk.now, desk.effects);
  CHECK(desk.done().size() == 2);
  desk.hear("Response: Success|ActionID: bannette-6");
  desk.hear("Response: Success|ActionID: bannette-7");
  CHECK(
      desk.answers(
          "Event: OriginateResponse|ActionID: bannette-7|Response: Failure|Reason: 5|Uniqueid: <unknown>") ==
      Lines{"answer 3 post_busy."});
  CHECK(
      desk.answers(
          "Event: OriginateResponse|ActionID: bannette-6|Response: Failure|Reason: 0|Uniqueid: <unknown>") ==
      Lines{"answer 2 post_failed."});
  // "<unknown>" is no channel, or all that failed would be one call.
  CHECK(desk.hear("Event: OriginateResponse|ActionID: x|Response: Failure|Reason: 0|Uniqueid: <unknown>") ==
        Lines{"fact originated Failure"});
}

TEST_CASE("pauses, too many orders, and orders without an answer") {
  Desk desk;
  desk.come_up();
  desk.session.order(1, Pause{"PJSIP/1001", true, "pause-café", ""}, desk.now, desk.effects);
  CHECK(desk.done() == Lines{">QueuePause bannette-5"});
  CHECK(desk.sent ==
        ami("Action: QueuePause|ActionID: bannette-5|Interface: PJSIP/1001|Paused: true|Reason: pause-café"));
  CHECK(desk.answers("Response: Success|ActionID: bannette-5|Message: Interface paused successfully") ==
        Lines{"answer 1 accepted."});
  CHECK(
      desk.answers("Response: Success|ActionID: bannette-5|Message: Interface paused successfully").empty());
  desk.session.order(2, Pause{"PJSIP/4242", false, "", "premier-contact"}, desk.now, desk.effects);
  desk.done();
  CHECK(desk.sent == ami("Action: QueuePause|ActionID: bannette-6|Interface: PJSIP/4242|Queue: "
                         "premier-contact|Paused: false"));
  CHECK(desk.answers("Response: Error|ActionID: bannette-6|Message: Interface not found") ==
        Lines{"answer 2 refused bad_state"});
  desk.session.order(3, Pause{"PJSIP/4242", false, "", ""}, desk.now, desk.effects);
  desk.effects.clear();
  desk.session.receive(ami("Response: Error|ActionID: bannette-7|Message: Interface refus\xe9"
                           "e"),
                       desk.now, desk.effects);
  const auto* refused = std::get_if<Answered>(&desk.effects.at(0));
  REQUIRE((refused != nullptr && refused->refusal));
  CHECK(refused->refusal->detail == "L'autocommutateur refuse : Interface refusée");
  desk.effects.clear();

  for (std::uint64_t i = 0; i < limits::orders; ++i)
    desk.session.order(100 + i, Pause{"PJSIP/1001", false, "", ""}, desk.now, desk.effects);
  CHECK(desk.done().size() == limits::orders);
  desk.session.order(99, Pause{"PJSIP/1001", false, "", ""}, desk.now, desk.effects);
  CHECK(desk.done() == Lines{"answer 99 refused busy"});
  const auto late = desk.wait(10'000);
  CHECK(late.size() == limits::orders);
  CHECK(late.front() == "answer 100 refused timed_out");
  desk.session.order(98, Pause{"PJSIP/1001", false, "", ""}, desk.now, desk.effects);
  CHECK(desk.lose() == Lines{">QueuePause bannette-72", "answer 98 refused timed_out", "fact pbx_down lost"});
}

TEST_CASE("no value becomes a line of its own") {
  Desk desk;
  desk.come_up();
  const auto refused = [&](const auto& order) {
    desk.session.order(1, order, desk.now, desk.effects);
    REQUIRE(desk.effects.size() == 1);
    const auto answer = std::get<Answered>(desk.effects.front());
    desk.effects.clear();
    return answer.refusal.value().field;
  };
  CHECK(refused(Pause{"PJSIP/1001", true, "café\r\nAction: Originate", ""}) == "Reason");
  CHECK(refused(Pause{"PJSIP/1001", true, std::string("a\0b", 3), ""}) == "Reason");
  CHECK(refused(Pause{"PJSIP/1001", true, std::string(2'000, 'x'), ""}) == "Reason");
  CHECK(refused(Pause{"PJSIP/1001", true, "", "q\n"}) == "Queue");
  CHECK(refused(Pause{"PJSIP/1001&PJSIP/1002", true, "", ""}) == "post");
  auto dial = a_dial();
  dial.number = "06399812\r\n60";
  CHECK(refused(dial) == "number");
  dial.number = "0639981260,1,Hangup()";
  CHECK(refused(dial) == "number");
  dial = a_dial();
  dial.channel_id = "a b";
  CHECK(refused(dial) == "channel_id");
  dial = a_dial();
  dial.how.shown = "\"x\"\n";
  CHECK(refused(dial) == "CallerID");
}

TEST_CASE("numbers as this PBX dials them") {
  const auto digits = [](std::string_view number, const Dialling& how = {}) {
    const auto result = dialled(number, how);
    return result ? *result : result.error().field;
  };
  CHECK(digits("06 39 98 12 60") == "0639981260");
  CHECK(digits("+33 6 12 34 56 78") == "0612345678");
  CHECK(digits("+262 639 98 12 60") == "0639981260");  // Mayotte
  CHECK(digits("0508412345") == "0508412345");
  CHECK(digits("+32 2 555 12 12") == "003225551212");
  Dialling how;
  how.prefix = "0";
  CHECK(digits("0639981260", how) == "00639981260");
  CHECK(digits("1001", how) == "1001");
  how.international = true;
  how.prefix = "";
  CHECK(digits("0639981260", how) == "+262639981260");
  CHECK(digits("") == "number");
  CHECK(digits("1") == "number");
  CHECK(digits("1001@autre") == "number");
  CHECK(digits("masqué") == "number");
  CHECK(digits("0639981260\r\nAction: Command") == "number");
}
