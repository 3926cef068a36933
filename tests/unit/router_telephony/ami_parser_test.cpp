#include "router/telephony/ami_parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "router/telephony/ami_reader.hpp"
#include "tests/unit/router_telephony/captures.hpp"

namespace bannette::telephony {
namespace {

std::string shown(const AmiMessage& message) {
  std::string text;
  if (!message.banner().empty()) text = "banner " + std::string(message.banner()) + "\n";
  for (const auto& [key, value] : message.fields())
    text += "[" + std::string(key) + "][" + std::string(value) + "]\n";
  return text;
}

std::vector<std::string> messages(AmiParser& parser, std::string_view bytes, std::size_t piece) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    parser.feed(bytes.substr(at, piece));
    while (const auto* message = parser.next()) all.push_back(shown(*message));
  }
  return all;
}

TEST_CASE("The same messages come, wherever the bytes are cut") {
  for (const auto* name :
       {"05-answered-agent-ends", "50-status-actions", "51-command-output", "53-injection-and-multiline"}) {
    const auto text = test::text_of(test::capture(name));
    AmiParser whole;
    const auto all = messages(whole, text, text.size());
    CHECK(all.size() >= 10);
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 1'000U}) {
      AmiParser parser;
      CHECK(messages(parser, text, piece) == all);
      CHECK(parser.offset() == whole.offset());
      CHECK_FALSE(parser.in_message());
    }
  }
}

TEST_CASE("A line ends at CR LF, a key at the first colon, repeated keys stay") {
  AmiParser parser;
  const auto all = messages(
      parser,
      "Asterisk Call Manager/13.0.0\r\nResponse: Success\r\n\r\n"
      "Event: UserEvent\r\nLigne: un: deux\r\nTexte: a\nEvent: Faux\r\nLigne:trois\r\nVide: \r\n\r\n\r\n\r\n",
      64);
  REQUIRE(all.size() == 3);
  CHECK(all[0] == "banner 13.0.0\n");
  CHECK(all[1] == "[Response][Success]\n");
  CHECK(all[2] ==
        "[Event][UserEvent]\n[Ligne][un: deux]\n[Texte][a\nEvent: Faux]\n[Ligne][trois]\n[Vide][]\n");
  CHECK(parser.counts().odd_lines == 0);
}

TEST_CASE("A line that is too long is left out and counted, and the stream goes on") {
  for (const std::size_t piece : {std::size_t{100}, std::size_t{4'096}, std::size_t{2'000'000}}) {
    AmiParser parser;
    const auto long_line = "Value: " + std::string(1'000'000, 'x') + "\r";  // its CR alone ends nothing
    const auto all = messages(
        parser, "Event: VarSet\r\n" + long_line + "y\r\nUniqueid: 1.2\r\n\r\nEvent: Hangup\r\n\r\n", piece);
    CHECK(all == std::vector<std::string>{"[Event][VarSet]\n[Uniqueid][1.2]\n", "[Event][Hangup]\n"});
    CHECK(parser.counts().long_lines == 1);
  }
}

TEST_CASE("A message without end is bounded, and the next one is read") {
  AmiParser parser;
  std::string endless = "Response: Success\r\n";
  for (std::size_t i = 0; i < 2 * limits::ami_fields; ++i) endless += "Output: x\r\n";
  const auto all = messages(parser, endless + "\r\nEvent: Hangup\r\n\r\n", 5'000);
  REQUIRE(all.size() == 2);
  CHECK(all[1] == "[Event][Hangup]\n");
  CHECK(parser.counts().full_messages == 1);
}

TEST_CASE("A new greeting in the middle of a message: what was begun is forgotten") {
  AmiParser parser;
  const auto all = messages(parser,
                            "Event: Hangup\r\nUniqueid: 1\r\nAsterisk Call Manager/9\r\nResponse: "
                            "Error\r\n\r\nsans deux-points\r\n\r\n",
                            9);
  CHECK(all == std::vector<std::string>{"banner 9\n", "[Response][Error]\n"});
  CHECK(parser.counts().torn == 1);
  CHECK(parser.counts().odd_lines == 1);
}

TEST_CASE("Callers as Asterisk spells them") {
  CHECK(read_caller("0612345678", "<unknown>").number == "0612345678");
  CHECK(read_caller("01 99 00 12 18", "").number == "01 99 00 12 18");
  for (const auto* none : {"", "<unknown>", "unknown"}) CHECK(read_caller(none, "x").number.empty());
  for (const auto* hidden :
       {"anonymous", "Anonymous", "unavailable", "restricted", "private", "masqué", "0000000000"}) {
    INFO(hidden);
    const auto caller = read_caller(hidden, "Mme Dupont");
    CHECK(caller.number.empty());
    CHECK(caller.name.empty());
    CHECK(caller.withheld);
  }
  CHECK(read_caller("1", R"(A \"B\" C\\D)").name == R"(A "B" C\D)");
  CHECK(read_caller("1", "Andr\xe9").name == "André");  // of an older telephone: Windows-1252
  CHECK(uniqueid_epoch("1795443665.2") == 1'795'443'665);
  CHECK(uniqueid_epoch("pbx-nord-1795443665.12") == 1'795'443'665);
  for (const auto* odd : {"rappel-4711", "none", "", "1795443665.", ".2", "17954436650000.1"})
    CHECK_FALSE(uniqueid_epoch(odd));
  CHECK(ami_timestamp("1795443665.123456") == 1'795'443'665'123);
  CHECK(ami_timestamp("1795443665.5") == 1'795'443'665'500);
  CHECK(ami_timestamp("1795443665") == 1'795'443'665'000);
  for (const auto* odd : {"", "x", "1795443665.x", "-1", "1795443665,5"}) CHECK_FALSE(ami_timestamp(odd));
}

TEST_CASE("What a PBX cannot have counted was not counted") {
  const auto completed = [](const std::string& hold, const std::string& talk) {
    AmiParser parser;
    parser.feed(
        "Event: AgentComplete\r\nQueue: accueil\r\nUniqueid: 1.0\r\nLinkedid: 1.0\r\nInterface: "
        "PJSIP/1001\r\nHoldTime: " +
        hold + "\r\nTalkTime: " + talk + "\r\n\r\n");
    const auto event = AmiReader("main").read(*parser.next(), {.ms = 1'000, .timed = true});
    REQUIRE(event);
    return std::pair(event->hold_s, event->talk_s);
  };
  CHECK(completed("12", "10000000") == std::pair<std::int64_t, std::int64_t>{12, 10'000'000});
  CHECK(completed("-5", "9223372036854775807") == std::pair<std::int64_t, std::int64_t>{-1, -1});
  CHECK(completed("10000001", "x") == std::pair<std::int64_t, std::int64_t>{-1, -1});
}

}  // namespace
}  // namespace bannette::telephony
