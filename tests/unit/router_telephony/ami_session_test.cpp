// The session as a transcript: what the PBX says, what is done. No socket and no clock.
#include <limits>

#include <catch2/catch.hpp>

#include "router/telephony/challenge.hpp"
#include "tests/unit/router_telephony/session_desk.hpp"

using namespace bannette;
using namespace bannette::telephony;

TEST_CASE("login in clear, then the mask and the lists") {
  Desk desk;
  CHECK(desk.session.due_ms() == std::numeric_limits<std::int64_t>::max());
  desk.session.begin(desk.now);
  CHECK(desk.bytes("Asterisk Call Mana").empty());
  CHECK(desk.bytes("ger/13.0.0\r\n") == Lines{">Login bannette-1"});
  CHECK(desk.sent == ami("Action: Login|ActionID: bannette-1|Username: accueil|Secret: essai-accueil"));
  CHECK(desk.session.version() == "13.0.0");
  CHECK(
      desk.hear("Response: Success|ActionID: bannette-1|Message: Authentication accepted") ==
      Lines{"fact pbx_up", ">Events bannette-2", ">QueueStatus bannette-3", ">CoreShowChannels bannette-4"});
  CHECK(desk.session.logged_in());
  CHECK_FALSE(desk.session.events_on());
  CHECK(desk.hear("Response: Success|ActionID: bannette-2|Events: On") == Lines{"fact events_on"});
  CHECK(desk.session.events_on());
}

TEST_CASE("login by challenge: the secret is not sent") {
  // Challenge and key as a real Asterisk accepted them: capture 02.
  CHECK(md5_answer("113739945", "essai-accueil") == "98c6f3be052e0811ce3c2300f90b210e");
  Desk desk;
  desk.session = AmiSession("main", {"accueil", "essai-accueil", true, "all"}, {});
  desk.session.begin(desk.now);
  CHECK(desk.bytes("Asterisk Call Manager/13.0.0\r\n") == Lines{">Challenge bannette-1"});
  CHECK(desk.hear("Response: Success|ActionID: bannette-1|Challenge: 113739945") ==
        Lines{">Login bannette-2"});
  CHECK(desk.sent == ami("Action: Login|ActionID: bannette-2|AuthType: MD5|Username: accueil|Key: "
                         "98c6f3be052e0811ce3c2300f90b210e"));
}

TEST_CASE("a wrong secret, no greeting, somebody else's greeting") {
  Desk desk;
  desk.session.begin(desk.now);
  desk.bytes("Asterisk Call Manager/13.0.0\r\n");
  CHECK(desk.hear("Response: Error|ActionID: bannette-1|Message: Authentication failed") ==
        Lines{"close login_refused Authentication failed"});
  CHECK(desk.lose().empty());  // nobody was logged in: there is nothing to tell the ledger
  CHECK(desk.session.ending() == Ending::login_refused);

  desk.session.begin(desk.now);
  desk.bytes("Asterisk Call Manager/13.0.0 \xe9\r\n");
  CHECK(desk.session.version() == "13.0.0 é");
  CHECK(desk.hear("Response: Error|ActionID: bannette-2|Message: " + std::string(199, 'x') + "\xe9") ==
        Lines{"close login_refused " + std::string(199, 'x')});  // cut between two characters
  desk.lose();

  desk.session.begin(desk.now);
  CHECK(desk.wait(9'999).empty());
  CHECK(desk.wait(1) == Lines{"close no_greeting"});
  desk.lose();

  desk.session.begin(desk.now);
  CHECK(desk.bytes("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\n") ==
        Lines{"close no_greeting"});
  CHECK(desk.hear("Response: Success|ActionID: bannette-1").empty());  // too late
  desk.lose();

  desk.session.begin(desk.now);
  desk.bytes("Asterisk Call Manager/13.0.0\r\n");
  CHECK(desk.wait(10'000) == Lines{"close silent"});
}

TEST_CASE("what happens while the lists come is told after their lines and before their end") {
  Desk desk;
  desk.log_in();
  CHECK(desk.hear("Event: QueueCallerJoin|Queue: q|Uniqueid: before") == Lines{"fact joined before"});
  CHECK(desk.hear("Response: Success|ActionID: bannette-3|EventList: start") ==
        Lines{"fact snapshot_begin bannette-3"});
  CHECK(desk.hear("Event: QueueCallerJoin|Queue: q|Uniqueid: a").empty());
  CHECK(desk.hear("Event: QueueEntry|Queue: q|Uniqueid: b|ActionID: bannette-3") ==
        Lines{"fact snapshot_entry b"});
  CHECK(desk.hear("Event: QueueStatusComplete|ActionID: bannette-3|EventList: Complete").empty());
  CHECK(desk.hear("Event: QueueCallerLeave|Queue: q|Uniqueid: b").empty());
  CHECK(desk.hear("Response: Success|ActionID: bannette-4|EventList: start").empty());
  CHECK(desk.session.phase() == AmiSession::Phase::listing);
  CHECK(desk.hear("Event: CoreShowChannelsComplete|ActionID: bannette-4|EventList: Complete") ==
        Lines{"fact joined a", "fact left b", "fact snapshot_end"});
  CHECK(desk.session.phase() == AmiSession::Phase::up);
  CHECK(desk.hear("Event: QueueCallerLeave|Queue: q|Uniqueid: a") == Lines{"fact left a"});
  CHECK(desk.session.counts().listings == 1);
}

TEST_CASE("a list that is refused, one that never ends, and one cut by the end of the line") {
  Desk desk;
  desk.log_in();
  desk.hear("Response: Success|ActionID: bannette-3|EventList: start");
  desk.hear("Event: QueueCallerJoin|Queue: q|Uniqueid: a");
  desk.hear("Event: QueueStatusComplete|ActionID: bannette-3");
  CHECK(desk.hear("Response: Error|ActionID: bannette-4|Message: Permission denied") ==
        Lines{"fact joined a"});
  CHECK(desk.session.phase() == AmiSession::Phase::up);

  desk.lose();
  desk.session = AmiSession("main", {"a", "b", false, "all"}, {});
  desk.log_in();
  desk.hear("Response: Success|ActionID: bannette-3|EventList: start");
  for (int i = 0; i < 29; ++i) {
    desk.wait(1'000);
    desk.hear("Event: QueueCallerJoin|Queue: q|Uniqueid: a" +
              std::to_string(i));  // it lives, and does not end its list
  }
  CHECK(desk.wait(1'000) == Lines{"close no_lists"});
  const auto end = desk.lose();
  REQUIRE(end.size() == 30);
  CHECK(end.front() == "fact joined a0");
  CHECK(end.back() == "fact pbx_down no_lists");
}

TEST_CASE("too much kept back is let go, and nothing is lost") {
  Desk desk;
  desk.log_in();
  desk.hear("Response: Success|ActionID: bannette-3|EventList: start");
  std::size_t told = 0;
  for (std::size_t i = 0; i < 2 * limits::held; ++i)
    told += desk.hear("Event: QueueCallerJoin|Queue: q|Uniqueid: x").size();
  CHECK(told == limits::held + 1);
  CHECK(desk.session.counts().let_go == 1);
  CHECK(told + desk.lose().size() == 2 * limits::held + 1);  // and pbx_down
}

TEST_CASE("the lists are asked for again after FullyBooted and Reload, not all the time") {
  Desk desk;
  desk.log_in();
  desk.hear("Event: FullyBooted|Status: Fully Booted");  // of an ordinary login: before the lists
  desk.hear("Response: Success|ActionID: bannette-3|EventList: start");
  desk.hear("Event: QueueStatusComplete|ActionID: bannette-3");
  desk.hear("Event: FullyBooted|Uptime: 0");  // Asterisk was starting: capture 83
  desk.hear("Response: Error|ActionID: bannette-4");
  CHECK(desk.wait(4'999).empty());
  CHECK(desk.wait(1) == Lines{">QueueStatus bannette-5", ">CoreShowChannels bannette-6"});
  for (int i = 0; i < 100; ++i) CHECK(desk.hear("Event: Reload|Module: queues").empty());
  desk.wait(5'000);
  desk.hear("Response: Error|ActionID: bannette-5");
  CHECK(desk.hear("Response: Error|ActionID: bannette-6").empty());
  CHECK(desk.wait(0) == Lines{">QueueStatus bannette-7", ">CoreShowChannels bannette-8"});
}

TEST_CASE("a PBX without a word is pinged, and given up where it stays silent") {
  Desk desk;
  desk.come_up();
  CHECK(desk.session.due_ms() == desk.now.boot_ms + 15'000);
  CHECK(desk.wait(14'999).empty());
  CHECK(desk.wait(1) == Lines{">Ping bannette-5"});
  CHECK(desk.hear("Response: Success|ActionID: bannette-5|Ping: Pong|Timestamp: 1.5").empty());
  CHECK(desk.wait(15'000) == Lines{">Ping bannette-6"});
  CHECK(desk.bytes("E").empty());  // a byte is a sign of life too
  CHECK(desk.wait(10'000).empty());
  CHECK(desk.wait(5'000) == Lines{">Ping bannette-7"});
  CHECK(desk.wait(10'000) == Lines{"close silent"});
  CHECK(desk.lose() == Lines{"fact pbx_down silent"});
}

TEST_CASE("the end is told with its reason, once") {
  Desk desk;
  desk.come_up();
  CHECK(desk.hear("Event: Shutdown|Shutdown: Cleanly|Restart: False") == Lines{"fact pbx_stopping Cleanly"});
  CHECK(desk.lose() == Lines{"fact pbx_down shutdown"});
  CHECK(desk.lose().empty());
  desk.session = AmiSession("main", {"a", "b", false, "all"}, {});
  desk.come_up();
  CHECK(desk.bytes("Event: QueueCallerJoin\r\nUniqueid: torn").empty());
  CHECK(desk.lose() == Lines{"fact pbx_down lost"});
  desk.session = AmiSession("main", {"a", "b", false, "all"}, {});
  desk.come_up();
  desk.session.stop(desk.effects);
  desk.session.stop(desk.effects);
  CHECK(desk.done() == Lines{">Logoff bannette-5", "close stopped"});
  CHECK(desk.lose() == Lines{"fact pbx_down stopped"});
}

TEST_CASE("an unknown mask is seen: nothing will come") {
  Desk desk;
  desk.session.begin(desk.now);
  desk.bytes("Asterisk Call Manager/13.0.0\r\n");
  desk.hear("Response: Success|ActionID: bannette-1|Message: Authentication accepted");
  desk.hear("Response: Success|ActionID: bannette-2|Events: Off");
  CHECK(desk.session.logged_in());
  CHECK_FALSE(desk.session.events_on());
}

TEST_CASE("bad bytes are counted, and the stream goes on") {
  Desk desk;
  desk.come_up();
  CHECK(desk.bytes("Event: QueueCallerJoin\r\nUniqueid: " + std::string(1'000'000, 'x')).empty());
  CHECK(desk.bytes("x\r\n\r\n").empty());  // of a caller without its id nothing can be kept
  desk.bytes("no colon at all\r\n\r\n");
  CHECK(desk.hear("Event: QueueCallerJoin|Queue: q|Uniqueid: after") == Lines{"fact joined after"});
  CHECK(desk.session.counts().oversized == 1);
  CHECK(desk.session.counts().malformed == 2);
  desk.hear("Response: Success|ActionID: somebody-else");
  desk.hear("Response: Error|Message: Missing action in request");
  CHECK(desk.session.counts().unexpected == 2);
}
