// What a difference may be explained by, and that a falsified line is never explained.
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/unit/router_telephony/captures.hpp"

namespace bannette::telephony {
namespace {

using test::capture;
using test::replayed;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::string field;
  std::istringstream in(line);
  while (std::getline(in, field, '|')) fields.push_back(field);
  if (line.ends_with('|')) fields.emplace_back();
  return fields;
}

std::string joined(const std::vector<std::string>& fields) {
  std::string line;
  for (const auto& field : fields) line += (line.empty() ? "" : "|") + field;
  return line;
}

std::size_t unexplained(const test::Replayed& ours, const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  std::istringstream in(text);
  const auto log = read_queue_log(in);
  std::size_t count = 0;
  for (const auto& difference :
       reconcile(ours.legs, log.legs, ours.captured.coverage, {.absolute = ours.captured.absolute})) {
    count += !difference.explained_by;
  }
  return count;
}

bool of_a_leg(const std::vector<std::string>& fields) {
  return fields.size() > 4 && fields[1] != "NONE" && fields[1] != "MANAGER" && fields[4] != "RINGCANCELED";
}

// The place of each count of seconds in the line's data.
std::vector<std::size_t> counts_in(const std::vector<std::string>& fields) {
  const auto& event = fields[4];
  if (event == "CONNECT") return {5};
  if (event == "COMPLETEAGENT" || event == "COMPLETECALLER") return {5, 6};
  if (event == "BLINDTRANSFER" || event == "ATTENDEDTRANSFER") return {fields.size() - 3, fields.size() - 2};
  if (event == "ABANDON" || event == "EXITWITHTIMEOUT" || event == "WITHDRAW") return {7};
  if (event == "EXITWITHKEY") return {8};
  return {};
}

const char* other_event(const std::string& event) {
  if (event == "COMPLETEAGENT") return "COMPLETECALLER";
  if (event == "COMPLETECALLER" || event == "BLINDTRANSFER" || event == "ATTENDEDTRANSFER")
    return "COMPLETEAGENT";
  if (event == "ABANDON") return "EXITWITHTIMEOUT";
  if (event == "EXITWITHTIMEOUT" || event == "WITHDRAW" || event == "EXITWITHKEY") return "ABANDON";
  return nullptr;
}

TEST_CASE("No falsified line of a queue_log is explained") {
  std::size_t falsified = 0;
  for (const auto& name : test::captures()) {
    const auto lines = lines_of(test::text_of(capture(name, ".queue_log")));
    const auto ours = replayed(capture(name));
    REQUIRE(unexplained(ours, lines) == 0);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto fields = fields_of(lines[i]);
      if (!of_a_leg(fields)) continue;
      // The call of 04 that was made while events were off, and what a stopping PBX did (82): there nothing
      // is known to compare.
      if (name == "04-events-off-then-on" && fields[1] == "1795443615.0") continue;
      if (name == "82-graceful-shutdown" && fields[4] == "ABANDON") continue;
      if (name == "72-busy-agent-class-only" && fields[4] == "ABANDON") continue;
      INFO(name << ": " << lines[i]);
      const auto with = [&](std::vector<std::string> changed) {
        auto all = lines;
        all[i] = joined(changed);
        ++falsified;
        return unexplained(ours, all);
      };
      auto changed = fields;
      if (fields[4] != "RINGNOANSWER") {
        changed[0] = std::to_string(std::stoll(fields[0]) + 5);
        CHECK(with(changed) > 0);
      }
      if (fields[3] != "NONE") {
        changed = fields;
        changed[3] = "Quelqu'un d'autre";
        CHECK(with(changed) > 0);
      }
      for (const auto at : counts_in(fields)) {
        changed = fields;
        changed[at] = std::to_string(std::stoll(fields[at]) + 5);
        CHECK(with(changed) > 0);
      }
      if (const auto* event = other_event(fields[4])) {
        changed = fields;
        changed[4] = event;
        CHECK(with(changed) > 0);
      }
      auto without = lines;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK(unexplained(ours, without) > 0);
      if (fields[4] == "ENTERQUEUE") {
        auto more = lines;
        changed = fields;
        changed[1] += "9";
        more.insert(more.begin() + static_cast<std::ptrdiff_t>(i), joined(changed));
        CHECK(unexplained(ours, more) > 0);
        std::erase_if(more = lines, [&](const std::string& line) { return fields_of(line)[1] == fields[1]; });
        CHECK(unexplained(ours, more) > 0);
      }
    }
  }
  CHECK(falsified > 500);
}

TEST_CASE("An empty queue_log says that nobody was in a queue") {
  CHECK(unexplained(replayed(capture("05-answered-agent-ends")), {}) == 1);
  CHECK(unexplained(replayed(capture("13-joinempty")), {}) == 0);
}

TEST_CASE("What lies outside of the stream was not heard") {
  const auto ours = replayed(capture("05-answered-agent-ends"));
  auto lines = lines_of(test::text_of(capture("05-answered-agent-ends", ".queue_log")));
  const auto own = lines;
  lines.insert(lines.begin(), "1795443553|1795443553.0|premier-contact|NONE|ENTERQUEUE||0199001201|1|");
  lines.insert(lines.begin() + 1, "1795443560|1795443553.0|premier-contact|NONE|ABANDON|1|1|7");
  lines.emplace_back("1795443753|1795443753.9|premier-contact|NONE|ENTERQUEUE||0199001201|1|");
  CHECK(unexplained(ours, lines) == 0);
  lines = own;
  lines.emplace_back("1795443656|1795443656.9|premier-contact|NONE|ENTERQUEUE||0199001201|1|");
  CHECK(unexplained(ours, lines) == 1);
}

TEST_CASE("A stream that breaks off explains what it could not hear, and nothing else") {
  const auto name = std::string("06-answered-caller-ends");
  const auto lines = lines_of(test::text_of(capture(name, ".queue_log")));
  const auto text = test::text_of(capture(name));
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "reconcile_test_cut.ami";
  std::filesystem::copy_file(capture(name, ".idx.jsonl"),
                             std::filesystem::path(file).replace_extension(".idx.jsonl"),
                             std::filesystem::copy_options::overwrite_existing);
  std::ofstream(file, std::ios::binary) << text.substr(0, text.find("Event: HangupRequest"));
  const auto ours = replayed(file);
  REQUIRE(ours.legs.size() == 1);
  CHECK(unexplained(ours, lines) == 0);
  auto falsified = lines;
  falsified[1].replace(falsified[1].find("CONNECT|1"), 9, "CONNECT|8");
  falsified[2].replace(falsified[2].find("|1|6|1"), 6, "|8|6|1");
  CHECK(unexplained(ours, falsified) == 1);
}

TEST_CASE("A redirected waiting caller, which queue_log calls an abandon") {
  // Capture 12 with a Redirect obeyed a moment before the first QueueCallerAbandon.
  auto text = test::text_of(capture("12-timeout-both-queues"));
  const auto at = text.find("Event: QueueCallerAbandon");
  text.insert(at, "Response: Success\r\nActionID: r2\r\nMessage: Redirect successful\r\n\r\n");
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "reconcile_test_redirect.ami";
  std::ofstream(file, std::ios::binary) << text;
  auto lines = lines_of(test::text_of(capture("12-timeout-both-queues", ".queue_log")));
  lines[1].replace(lines[1].find("EXITWITHTIMEOUT"), 15, "ABANDON");
  const auto ours = replayed(file);
  REQUIRE(ours.legs.size() == 2);
  CHECK(ours.legs[0].outcome() == calls::Outcome::redirected);
  CHECK(ours.legs[1].outcome() == calls::Outcome::timeout);
  std::istringstream in(lines[0] + "\n" + lines[1] + "\n");
  const auto log = read_queue_log(in);
  const auto found = reconcile({ours.legs[0]}, log.legs, ours.captured.coverage);
  REQUIRE(found.size() == 1);
  CHECK(difference_json(found[0]) ==
        R"({"leg":"premier-contact/1795443753.18#1","field":"outcome","ours":"redirected",)"
        R"("theirs":"abandoned","explained_by":"redirect_of_waiting_caller"})");
}

TEST_CASE("Who is taken away while a post rings was not given up by the queue") {
  // Capture 12 without the second queue's last "no answer": its post is cut off.
  auto text = test::text_of(capture("12-timeout-both-queues"));
  const auto at = text.rfind("Event: AgentRingNoAnswer");
  text.erase(at, text.find("\r\n\r\n", at) + 4 - at);
  const auto file = std::filesystem::path(BANNETTE_BINARY_DIR) / "reconcile_test_cut_off.ami";
  std::ofstream(file, std::ios::binary) << text;
  const auto ours = replayed(file);
  REQUIRE(ours.legs.size() == 2);
  CHECK(ours.legs[0].outcome() == calls::Outcome::timeout);
  CHECK(ours.legs[1].outcome() == calls::Outcome::redirected);
}

TEST_CASE("Lines that are none are told") {
  std::istringstream in(
      "pas une "
      "ligne\n1795443653|1795443653.0|premier-contact|NONE|ENTERQUEUE||0199001201|1|Mme|Dupont\n|||||\n");
  const auto log = read_queue_log(in);
  CHECK(log.unread == 2);
  CHECK(log.unread_at == std::vector<std::uint64_t>{1, 3});
  REQUIRE(log.legs.size() == 1);
  CHECK(log.legs[0].caller == "0199001201");
}

TEST_CASE("A post's name is the same text in the log as in AMI, whatever its bytes") {
  std::istringstream in(
      "1795443653|1795443653.0|accueil|H\xe9l\xe8ne|CONNECT|1|1795443653.1|1\n"
      "1795443660|1795443653.0|accueil|H\xe9l\xe8ne|COMPLETEAGENT|1|7|1\n");
  const auto log = read_queue_log(in);
  REQUIRE(log.legs.size() == 1);
  CHECK(log.legs[0].agent == "Hélène");
  CHECK(log.legs[0].agent_again == "Hélène");
  CHECK(log.legs[0].talk_s == 7);
}

}  // namespace
}  // namespace bannette::telephony
