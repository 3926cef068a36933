// The work after a call, reckoned from what a PBX told and from what a person did, against values counted by
// hand from Asterisk's queue_log beside the captures.
#include <fstream>
#include <iterator>
#include <map>

#include "router/switchboard/call_book.hpp"
#include "router/switchboard/call_figures.hpp"
#include "router/telephony/ami_parser.hpp"
#include "router/telephony/ami_reader.hpp"
#include "router/telephony/read_index.hpp"
#include "tests/unit/router_switchboard/calls_office.hpp"

using namespace bannette;
using namespace bannette::router;
using namespace bannette::test;

namespace {

fs::path captured(const std::string& name, const char* ending) {
  return fs::path(BANNETTE_SOURCE_DIR) / "tests" / "data" / "telephony" / (name + ending);
}

std::shared_ptr<CallSite> captured_site() {
  auto site = small_site();
  site->queues = {{"premier-contact", "Premier contact"}};
  return site;
}

struct Book {
  CallBook book{
      captured_site(),
      [](std::string_view) { return std::uint64_t{1}; },
      {[](std::string_view) { return std::optional<KeptCall>(); }, [](std::string_view) { return false; }}};
  CallFigures figures{book};

  // As it came, the connection having begun then. Answers the call's id.
  std::string play(const std::string& name, std::int64_t began_ms) {
    std::ifstream in(captured(name, ".ami"), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    REQUIRE_FALSE(bytes.empty());
    telephony::AmiParser parser;
    telephony::AmiReader reader("main");
    telephony::ReadIndex index(captured(name, ".idx.jsonl"));
    std::string last;
    parser.feed(bytes);
    while (const auto* message = parser.next()) {
      const std::int64_t at = began_ms + index.at(parser.offset());
      const auto event = reader.read(*message, {.ms = at, .timed = true});
      if (!event) continue;
      (void)book.fact(*event, at);
      if (!book.changed_call().empty()) last = book.changed_call();
    }
    return last;
  }
  // Until everything is over that time alone ends.
  void pass(std::int64_t now_ms) {
    book.advance(now_ms);
    book.advance(now_ms);
    for (const auto& call : book.take_ended()) figures.add(call);
  }
  std::map<std::string, double> told(std::int64_t from_ms, std::int64_t to_ms) const {
    v1::WaitReport ask;
    ask.set_from_ms(from_ms);
    ask.set_to_ms(to_ms);
    ask.set_step(v1::WAIT_STEP_WHOLE);
    std::map<std::string, double> out;
    const auto report = figures.report(ask, to_ms);
    for (const auto& figure : report.value().rows(0).figures())
      if (figure.has_value()) out[figure.code()] = figure.value();
    return out;
  }
};

std::int64_t talked_until(const CallBook& book, const std::string& id) {
  return book.ledger().find(id)->legs.back().completed.at_ms;
}

}  // namespace

TEST_CASE("the work after captured calls: to the qualification, to the site's time, and none") {
  const Person sophie{"sophie", Role::supervisor, {}};
  const std::int64_t t = 1'795'443'600'000, hour = 3'600'000;
  Book desk;
  // 05: waited 2 s, talked 6 s; qualified 37 s after it ended.
  const auto first = desk.play("05-answered-agent-ends", t);
  const std::int64_t ended = talked_until(desk.book, first);
  REQUIRE(desk.book.qualify(sophie, first, {"answered", ""}, ended + 37'000).has_value());
  // 06: waited 1 s, talked 6 s; nobody says anything, and the site's sixty seconds pass.
  const auto second = desk.play("06-answered-caller-ends", t + hour);
  desk.book.advance(talked_until(desk.book, second) + 61'000);  // from the last channel's end
  // A dossier that was sent while they talked leaves no work after it.
  Book other;
  const auto sent = other.play("05-answered-agent-ends", t);
  other.book.link(CallLink{sent, "sophie", fresh_key(), 5, talked_until(other.book, sent) - 2'000, false});

  desk.pass(t + 20 * hour);
  other.pass(t + 20 * hour);
  auto told = desk.told(t, t + 20 * hour);
  CHECK(told["offered"] == 2);
  CHECK(told["answered"] == 2);
  CHECK(told["wrap_up_average"] == Approx(48.5).margin(0.5));
  CHECK(told["wrap_up_p50"] == 37);
  CHECK(told["wrap_up_p99"] == Approx(60).margin(1));
  CHECK(told["wait_average"] == Approx(1.5).margin(1));    // CONNECT|2, CONNECT|1
  CHECK(told["handling_average"] == Approx(6).margin(1));  // COMPLETEAGENT|2|6, COMPLETECALLER|1|6
  CHECK(other.told(t, t + 20 * hour)["wrap_up_average"] == 0);
}
