// Each capture against what is in it, counted by hand from its queue_log and scenario.
#include "tests/unit/router_telephony/captures.hpp"

#include <algorithm>
#include <map>

#include <catch2/catch.hpp>

#include "router/telephony/leg_json.hpp"

namespace bannette::telephony {
namespace {

using calls::Outcome;
using test::capture;
using test::replayed;

struct Expected {
  int answered = 0, abandoned = 0, timeout = 0, exit_key = 0, withdrawn = 0, unknown = 0;
  int no_answer = 0;              // posts that let it ring, were busy or refused
  const char* explained_by = "";  // what its differences from queue_log are explained by
  int explained = 0;
  bool operator==(const Expected&) const = default;
};

const std::map<std::string, Expected> expected{
    {"01-login-plain", {}},
    {"02-login-md5", {}},
    {"03a-login-bad-secret", {}},
    {"03b-login-unknown-user", {}},
    {"03c-action-before-login", {}},
    {"03d-login-timeout", {}},
    {"03e-login-twice-and-relogin", {}},
    {"04-events-off-then-on", {.answered = 1, .explained_by = "events_off", .explained = 1}},
    {"05-answered-agent-ends", {.answered = 1}},
    {"06-answered-caller-ends", {.answered = 1}},
    {"07-abandon-waiting", {.abandoned = 1}},
    {"09-ring-no-answer", {.answered = 1, .no_answer = 2}},
    {"10-busy-and-reject", {.answered = 1, .no_answer = 3}},
    {"12-timeout-both-queues", {.timeout = 2, .no_answer = 2}},
    {"13-joinempty", {}},
    {"14-exit-with-key", {.exit_key = 1}},
    {"15-anonymous", {.answered = 4}},
    {"16-encodings", {.answered = 7}},
    {"18-local-channel-agent", {.answered = 1}},
    {"20-pause-unpause", {.answered = 1}},
    {"21-member-add-remove", {.answered = 1}},
    {"22-post-unplugged", {}},
    {"30-blind-transfer-refer", {.answered = 1}},
    {"31-blind-transfer-dtmf", {.answered = 1}},
    {"32-attended-transfer-dtmf", {.answered = 1}},
    {"34-ami-blindtransfer", {.answered = 1}},
    {"35-ami-atxfer", {.answered = 1}},
    {"36-ami-redirect-talking", {.answered = 1}},
    {"38-ami-withdraw-waiting", {.withdrawn = 1}},
    {"39-queue-priority", {.abandoned = 3}},
    {"40-click-to-call", {}},
    {"42-click-to-call-agent-busy", {}},
    {"43-click-to-call-citizen-busy-then-noanswer", {}},
    {"44-originate-errors", {}},
    {"50-status-actions", {.answered = 5}},
    {"51-command-output", {}},
    {"52-pipelined-actions", {.answered = 1}},
    {"53-injection-and-multiline", {}},
    {"55-slow-reader", {}},
    {"60-ringall", {.answered = 1}},
    {"62-ringall-three-callers", {.answered = 3}},
    {"63-autopause", {.answered = 1, .no_answer = 2}},
    {"70-busy-hour", {.answered = 31, .abandoned = 9, .no_answer = 6}},
    {"72-busy-agent-class-only",
     {.answered = 9, .unknown = 3, .no_answer = 3, .explained_by = "missing_event_class", .explained = 3}},
    {"80-reload", {.answered = 1}},
    {"81-connect-in-mid-call", {.answered = 2}},
    {"82-graceful-shutdown", {.answered = 1, .unknown = 1, .explained_by = "shutdown", .explained = 1}},
    {"83-connect-during-boot", {}},
    {"84-killed", {.answered = 1, .unknown = 1}},
    {"85-reconnect-after-crash", {}},
};

Expected counted(const std::vector<calls::Leg>& legs) {
  Expected found;
  for (const auto& leg : legs) {
    found.answered += leg.outcome() == Outcome::answered;
    found.abandoned += leg.outcome() == Outcome::abandoned;
    found.timeout += leg.outcome() == Outcome::timeout;
    found.exit_key += leg.outcome() == Outcome::exit_key;
    found.withdrawn += leg.outcome() == Outcome::withdrawn;
    found.unknown += leg.outcome() == Outcome::unknown;
    found.no_answer +=
        static_cast<int>(std::ranges::count(leg.rings, calls::Ring::End::no_answer, &calls::Ring::end));
  }
  return found;
}

TEST_CASE(
    "Each capture gives the legs that were counted by hand, and agrees with queue_log or says why not") {
  CHECK(test::captures().size() == expected.size());
  for (const auto& name : test::captures()) {
    INFO(name);
    REQUIRE(expected.contains(name));
    const auto& want = expected.at(name);
    const auto got = replayed(capture(name));
    auto found = counted(got.legs);
    found.explained_by = want.explained_by;
    found.explained = want.explained;
    CHECK(found == want);
    std::ifstream in(capture(name, ".queue_log"), std::ios::binary);
    const auto log = read_queue_log(in);
    CHECK(log.unread == 0);
    const auto differences =
        reconcile(got.legs, log.legs, got.captured.coverage, {.absolute = got.captured.absolute});
    CHECK(differences.size() == static_cast<std::size_t>(want.explained));
    for (const auto& difference : differences) {
      INFO(difference_json(difference));
      REQUIRE(difference.explained_by);
      CHECK(telephony::name(*difference.explained_by) == want.explained_by);
    }
    CHECK(got.captured.ledger.refused == 0);
    CHECK(got.captured.torn == (name == "55-slow-reader"));
  }
}

TEST_CASE("A withheld number is empty, a spelt one is what came") {
  const auto got = replayed(capture("15-anonymous"));
  REQUIRE(got.legs.size() == 4);
  CHECK(got.legs[0].number.empty());  // From: anonymous
  CHECK(got.legs[2].number.empty());  // unavailable
  CHECK(got.legs[3].number == "+33199001213");
  // With P-Asserted-Identity and Privacy Asterisk shows the number; only channelvars = CALLERID(pres) would
  // say so.
  CHECK(got.legs[1].number == "0199001212");
  auto text = test::text_of(capture("15-anonymous"));
  for (std::size_t at = 0; (at = text.find("CallerIDNum: 0199001212\r\n", at)) != std::string::npos; ++at) {
    text.insert(at, "ChanVariable: CALLERID(pres)=prohib_passed_screen\r\n");
    at = text.find("\r\n\r\n", at);
  }
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "captures_test_pres.ami";
  std::ofstream(file, std::ios::binary) << text;
  const auto hidden = replayed(file);
  REQUIRE(hidden.legs.size() == 4);
  for (const auto& leg : hidden.legs) CHECK(leg.number != "0199001212");
  for (const auto& call : hidden.calls) CHECK(call.number != "0199001212");
  CHECK_FALSE(hidden.captured.timed);  // no index beside it
}

TEST_CASE("Where no time is known the durations are null, and nothing else is other") {
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "captures_test_untimed.ami";
  for (const auto* name :
       {"12-timeout-both-queues", "70-busy-hour", "38-ami-withdraw-waiting", "82-graceful-shutdown"}) {
    INFO(name);
    std::ofstream(file, std::ios::binary) << test::text_of(capture(name));
    const auto timed = replayed(capture(name));
    const auto untimed = replayed(file);
    REQUIRE(timed.captured.timed);
    REQUIRE_FALSE(untimed.captured.timed);
    REQUIRE(counted(untimed.legs) == counted(timed.legs));
    for (const auto& leg : untimed.legs) {
      CHECK_FALSE(leg.wait_ms());
      CHECK_FALSE(leg.talk_ms());
      CHECK(leg_json(leg, "x").find("\"join\":null") != std::string::npos);
    }
  }
}

TEST_CASE("A Timestamp goes before the index, and is the PBX's own hour") {
  // The busy hour with timestampevents = yes, played three times as slowly: the times are those of the
  // stamps.
  const auto base = capture("05-answered-agent-ends");
  auto text = test::text_of(base);
  std::string stamped;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at) + 2;
    const auto line = text.substr(at, end - at);
    stamped += line;
    if (line.starts_with("Event: ")) {
      const auto second =
          line.starts_with("Event: QueueCallerJoin") || line.starts_with("Event: Newchannel") ? 100
          : line.starts_with("Event: AgentComplete") || line.starts_with("Event: Hangup")     ? 142
                                                                                              : 107;
      stamped += "Timestamp: 1795440" + std::to_string(second) + ".250000\r\n";
    }
    at = end;
  }
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "captures_test_stamped.ami";
  std::ofstream(file, std::ios::binary) << stamped;
  const auto got = replayed(file);
  REQUIRE(got.captured.timed);
  REQUIRE(got.captured.absolute);
  REQUIRE(got.legs.size() == 1);
  CHECK(got.legs[0].joined.at_ms == 1'795'440'100'250);
  // What AgentConnect and AgentComplete count (2 s, 6 s) was seen to be wrong, so theirs holds.
  CHECK(got.legs[0].wait_ms() == 2'000);
  CHECK(got.legs[0].talk_ms() == 6'000);
}

TEST_CASE("A withdrawal's answer bears no Timestamp: it is matched by its place in the stream") {
  const auto text = test::text_of(capture("38-ami-withdraw-waiting"));
  std::string stamped;
  std::int64_t second = 1'795'445'360;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at) + 2;
    const auto line = text.substr(at, end - at);
    stamped += line;
    if (line.starts_with("Event: QueueCallerAbandon")) second += 60;  // nothing was said for a minute
    if (line.starts_with("Event: ")) stamped += "Timestamp: " + std::to_string(second) + ".5\r\n";
    at = end;
  }
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "captures_test_quiet.ami";
  std::ofstream(file, std::ios::binary) << stamped;
  const auto got = replayed(file);
  REQUIRE(got.legs.size() == 1);
  CHECK(got.captured.timed);
  CHECK(got.legs[0].outcome() == Outcome::withdrawn);
}

TEST_CASE(
    "A call's way: overflow, withdrawal, click to call, an empty queue, a post behind a Local channel") {
  const auto overflow = replayed(capture("12-timeout-both-queues"));
  REQUIRE(overflow.calls.size() == 1);
  CHECK(overflow.calls[0].state == calls::State::overflowed);
  CHECK(overflow.calls[0].id == "main:1795443753.18");
  const auto withdrawn = replayed(capture("38-ami-withdraw-waiting"));
  CHECK(withdrawn.calls[0].state == calls::State::overflowed);
  const auto short_one = replayed(capture("70-busy-hour"));
  CHECK(std::ranges::count(short_one.calls, calls::State::abandoned_short, &calls::Call::state) == 3);
  CHECK(std::ranges::count(short_one.calls, calls::State::abandoned, &calls::Call::state) == 6);
  const auto nobody = replayed(capture("13-joinempty"));
  REQUIRE(nobody.calls.size() == 1);
  CHECK(nobody.calls[0].state == calls::State::turned_away);
  const auto ours = replayed(capture("40-click-to-call"));
  REQUIRE(ours.calls.size() == 1);
  CHECK(ours.calls[0].direction == calls::Direction::outbound);
  CHECK(ours.calls[0].number == "0639981260");
  CHECK(ours.calls[0].state == calls::State::wrap_up);
  const auto busy = replayed(capture("43-click-to-call-citizen-busy-then-noanswer"));
  REQUIRE(busy.calls.size() == 2);
  CHECK(busy.calls[0].dial_result == "BUSY");
  CHECK(busy.calls[1].state == calls::State::failed);
  const auto home = replayed(capture("18-local-channel-agent"));
  CHECK(home.legs[0].post == "Local/1010@poste-distant/n");
}

}  // namespace
}  // namespace bannette::telephony
