// A session, what it is told and what it does, in short lines.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

#include "router/telephony/ami_session.hpp"

namespace bannette::telephony {

// "Event: A|Queue: q" as AMI writes it.
inline std::string ami(std::string_view lines) {
  std::string out;
  for (const char c : lines) {
    if (c == '|')
      out += "\r\n";
    else
      out += c;
  }
  return out + "\r\n\r\n";
}

// What was done, one line an effect: ">Action ID", "fact kind uniqueid", "answer 7 step", "close why".
struct Desk {
  AmiSession session{"main", {"accueil", "essai-accueil", false, "system,call,agent"}, {}};
  Instant now{1'000'000, 50'000, 1};
  Effects effects;
  std::string sent;  // the last bytes

  std::vector<std::string> done() {
    std::vector<std::string> lines;
    for (const auto& each : effects) {
      if (const auto* send = std::get_if<Send>(&each)) {
        sent = send->bytes;
        std::string text = sent;
        for (std::size_t at = 0; (at = text.find("Action: ", at)) != std::string::npos; ++at) {
          const auto end = text.find("\r\n", at);
          const auto id = text.find("ActionID: ", at) + 10;
          lines.push_back(">" + text.substr(at + 8, end - at - 8) + " " +
                          text.substr(id, text.find("\r\n", id) - id));
        }
      } else if (const auto* fact = std::get_if<Fact>(&each)) {
        lines.push_back("fact " + std::string(calls::name(fact->event.kind)) +
                        (fact->event.uniqueid.empty() ? "" : " " + fact->event.uniqueid) +
                        (fact->event.reason.empty() ? "" : " " + fact->event.reason));
      } else if (const auto* answer = std::get_if<Answered>(&each)) {
        lines.push_back("answer " + std::to_string(answer->order) + " " +
                        (answer->refusal ? "refused " + std::string(bannette::name(answer->refusal->code))
                                         : std::string(name(answer->step)) + (answer->last ? "." : "")));
      } else if (const auto* close = std::get_if<Close>(&each)) {
        lines.push_back("close " + std::string(name(close->why)) +
                        (close->detail.empty() ? "" : " " + close->detail));
      }
    }
    effects.clear();
    return lines;
  }
  std::vector<std::string> hear(std::string_view lines) { return bytes(ami(lines)); }
  std::vector<std::string> answers(std::string_view lines) {  // without the facts for the ledger
    auto all = hear(lines);
    std::erase_if(all, [](const std::string& line) { return line.starts_with("fact "); });
    return all;
  }
  std::vector<std::string> bytes(std::string_view what) {
    session.receive(what, now, effects);
    return done();
  }
  std::vector<std::string> wait(std::int64_t ms) {
    now.boot_ms += ms;
    now.wall_ms += ms;
    session.tick(now, effects);
    return done();
  }
  std::vector<std::string> lose() {
    session.lost(now, effects);
    return done();
  }
  void log_in() {  // actions 1 to 4
    session.begin(now);
    bytes("Asterisk Call Manager/13.0.0\r\n");
    hear("Response: Success|ActionID: bannette-1|Message: Authentication accepted");
    hear("Response: Success|ActionID: bannette-2|Events: On");
  }
  void come_up() {
    log_in();
    hear("Response: Success|ActionID: bannette-3|EventList: start");
    hear("Event: QueueStatusComplete|ActionID: bannette-3|EventList: Complete");
    hear("Response: Success|ActionID: bannette-4|EventList: start");
    hear("Event: CoreShowChannelsComplete|ActionID: bannette-4|EventList: Complete");
    REQUIRE(session.phase() == AmiSession::Phase::up);
  }
};

using Lines = std::vector<std::string>;

}  // namespace bannette::telephony
