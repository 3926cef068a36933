// Click to call and pauses, answered as a real Asterisk answered them.
#include <catch2/catch.hpp>

#include "tests/integration/pbx_client.hpp"

using namespace bannette;
using namespace bannette::telephony;
using test::Manners;
using test::OneThread;
using test::PbxClient;
using test::PbxServer;

namespace {

// Gives the orders one after the other, each when the one before has ended; what was answered.
std::vector<std::string> answers_to(
    const std::string& capture, std::size_t orders,
    const std::function<void(AmiConnection&, std::size_t, AmiConnection::Answer)>& give,
    std::vector<test::Fields>* heard = nullptr) {
  OneThread thread;
  const auto script = test::Script::of(test::capture(capture));
  PbxServer server(thread.tasks, thread.context.get_executor(), script, Manners{});
  PbxClient client(thread, PbxClient::options_for(server.port()));
  REQUIRE(thread.until([&] { return client.connection.state().up; }));
  std::vector<std::string> all;
  for (std::size_t i = 0; i < orders; ++i) {
    bool ended = false;
    give(client.connection, i, [&](const Answered& answer) {
      all.emplace_back(answer.refusal ? answer.refusal->detail : std::string(name(answer.step)));
      ended = answer.last;
    });
    if (!thread.until([&] { return ended; })) FAIL_CHECK("no last answer");
  }
  if (heard != nullptr) *heard = server.pbx().orders;
  return all;
}

Dial dial_to(const std::string& number, const std::string& channel) {
  Dial dial;
  dial.post = "PJSIP/1001";
  dial.number = number;
  dial.channel_id = channel;
  dial.how.context = "interne";
  return dial;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the citizen answers") {
  std::vector<test::Fields> heard;
  CHECK(answers_to(
            "40-click-to-call", 1,
            [](AmiConnection& pbx, std::size_t, AmiConnection::Answer answer) {
              pbx.dial(dial_to("0639981260", "bannette-1"), std::move(answer));
            },
            &heard) == Lines{"accepted", "post_answered", "answered"});
  REQUIRE(heard.size() == 1);
  CHECK(heard[0]["Channel"] == "PJSIP/1001");
  CHECK(heard[0]["Exten"] == "0639981260");
  CHECK(heard[0]["ChannelId"] == "bannette-1");
  CHECK(heard[0]["Async"] == "true");
}

TEST_CASE("the post is busy; the citizen is busy, then does not answer") {
  CHECK(answers_to("42-click-to-call-agent-busy", 1,
                   [](AmiConnection& pbx, std::size_t, AmiConnection::Answer answer) {
                     pbx.dial(dial_to("0639981260", "bannette-1"), std::move(answer));
                   }) == Lines{"accepted", "post_busy"});
  CHECK(answers_to("43-click-to-call-citizen-busy-then-noanswer", 2,
                   [](AmiConnection& pbx, std::size_t i, AmiConnection::Answer answer) {
                     pbx.dial(dial_to("0639981263", "bannette-" + std::to_string(i)), std::move(answer));
                   }) == Lines{"accepted", "post_answered", "busy", "accepted", "post_answered", "given_up"});
}

TEST_CASE("orders that the PBX refuses") {
  CHECK(answers_to("44-originate-errors", 4,
                   [](AmiConnection& pbx, std::size_t i, AmiConnection::Answer answer) {
                     pbx.dial(dial_to("1002", "bannette-" + std::to_string(i)), std::move(answer));
                   }) == Lines{"accepted", "post_failed", "L'autocommutateur refuse : Channel not specified",
                               "L'autocommutateur refuse : Originate failed",
                               "L'autocommutateur refuse : Extension does not exist."});
}

TEST_CASE("paused and unpaused, in one queue and in all, and a post that the PBX does not know") {
  std::vector<test::Fields> heard;
  const auto answers = answers_to(
      "20-pause-unpause", 7,
      [](AmiConnection& pbx, std::size_t i, AmiConnection::Answer answer) {
        const std::string queue = i < 3 || i == 6 ? "premier-contact" : "";
        pbx.pause({i == 5 ? "PJSIP/4242" : "PJSIP/1001", i != 2 && i != 4, "pause-café", queue},
                  std::move(answer));
      },
      &heard);
  REQUIRE(answers.size() == 7);
  for (std::size_t i = 0; i < 7; ++i)
    CHECK(answers[i] == (i == 5 ? "L'autocommutateur refuse : Interface not found" : "accepted"));
  REQUIRE(heard.size() == 7);
  CHECK(heard[0]["Reason"] == "pause-café");
  CHECK(heard[2]["Paused"] == "false");
  CHECK_FALSE(heard[3].contains("Queue"));
}
