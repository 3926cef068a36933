// Figures and callbacks of captures against what was counted by hand from Asterisk's queue_log. Its waits are
// whole seconds, ours are not: thresholds are chosen where no wait is near, averages may differ by the second
// that it rounds.
#include "router/calls/figures.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "router/calls/facts.hpp"
#include "router/calls/post_clock.hpp"
#include "router/telephony/ami_reader.hpp"
#include "router/telephony/read_index.hpp"
#include "tests/unit/router_telephony/captures.hpp"

namespace bannette::telephony {
namespace {

using namespace bannette::calls;

// One leg of queue_log: ENTERQUEUE, then CONNECT and COMPLETE..., or ABANDON.
struct Counted {
  const char* uniqueid;
  const char* number;  // "" anonymous
  char end;            // C connected, A abandoned
  int wait_s, talk_s;
};

const std::vector<Counted> busy_hour{
    // 70-busy-hour.queue_log
    {"1795444495.0", "0199000179", 'C', 2, 15},    // lines 13, 20, 33
    {"1795444495.1", "0536499611", 'C', 3, 16},    // lines 14, 22, 35
    {"1795444495.4", "0465712435", 'C', 9, 4},     // lines 15, 28, 30
    {"1795444496.6", "0639985096", 'A', 0, -1},    // lines 16, 18
    {"1795444496.7", "0353018188", 'C', 1, 12},    // lines 19, 21, 31
    {"1795444501.10", "0353011391", 'C', 10, 13},  // lines 25, 32, 45
    {"1795444501.11", "0199000669", 'C', 21, 10},  // lines 26, 43, 55
    {"1795444506.13", "0261917784", 'C', 11, 6},   // lines 29, 39, 44
    {"1795444513.16", "0353018551", 'C', 14, 10},  // lines 34, 50, 59
    {"1795444516.18", "0536491997", 'A', 6, -1},   // lines 38, 42
    {"1795444525.22", "0465713050", 'A', 0, -1},   // lines 46, 48
    {"1795444526.24", "0353013239", 'C', 4, 3},    // lines 49, 53, 58
    {"1795444528.26", "", 'C', 3, 17},             // lines 51, 54, 72
    {"1795444530.28", "0261911848", 'C', 8, 18},   // lines 52, 60, 77
    {"1795444538.30", "0465711196", 'C', 11, 16},  // lines 61, 73, 86
    {"1795444539.31", "0639980290", 'C', 4, 4},    // lines 62, 64, 68
    {"1795444542.34", "", 'C', 12, 7},             // lines 63, 75, 82
    {"1795444543.35", "0465719772", 'C', 11, 12},  // lines 65, 74, 87
    {"1795444546.36", "0261910007", 'C', 16, 11},  // lines 67, 84, 93
    {"1795444548.38", "0261916393", 'C', 16, 16},  // lines 69, 85, 100
    {"1795444555.41", "", 'C', 15, 9},             // lines 76, 91, 98
    {"1795444556.42", "0536492608", 'C', 16, 18},  // lines 78, 95, 108
    {"1795444557.43", "", 'A', 13, -1},            // lines 79, 90
    {"1795444557.44", "0353017105", 'C', 22, 4},   // lines 80, 99, 102
    {"1795444559.46", "0465713050", 'C', 26, 14},  // lines 81, 104, 115
    {"1795444561.47", "0261919075", 'A', 12, -1},  // lines 83, 92
    {"1795444569.51", "0261918924", 'C', 14, 15},  // lines 89, 103, 114
    {"1795444573.53", "0199000179", 'C', 17, 11},  // lines 94, 107, 116
    {"1795444573.54", "0536499154", 'A', 21, -1},  // lines 96, 112
    {"1795444577.56", "0353013889", 'A', 16, -1},  // lines 97, 110
    {"1795444581.58", "0199002194", 'C', 20, 17},  // lines 101, 117, 129
    {"1795444587.61", "0199001485", 'A', 18, -1},  // lines 105, 125
    {"1795444587.62", "0353018551", 'C', 20, 14},  // lines 106, 127, 132
    {"1795444592.63", "0353017425", 'C', 16, 11},  // lines 109, 128, 131
    {"1795444598.66", "", 'C', 8, 13},             // lines 113, 126, 130
    {"1795444601.68", "0639981560", 'C', 23, 15},  // lines 118, 134, 140
    {"1795444601.69", "0261913509", 'C', 31, 7},   // lines 119, 137, 139
    {"1795444601.70", "0536498235", 'C', 21, 16},  // lines 120, 133, 138
    {"1795444601.71", "0199007898", 'A', 1, -1},   // lines 121, 122
    {"1795444603.74", "0261910271", 'C', 22, 18},  // lines 123, 135, 141
};

const std::vector<Counted> agent_class_only{
    // 72-busy-agent-class-only.queue_log
    {"1795444709.102", "0353017390", 'C', 2, 15},   // lines 15, 16, 28
    {"1795444716.104", "0465715140", 'C', 9, 12},   // lines 17, 26, 40
    {"1795444716.105", "0261912133", 'C', 11, 7},   // lines 18, 29, 37
    {"1795444717.108", "0261914236", 'C', 15, 4},   // lines 19, 35, 39
    {"1795444719.109", "0261913186", 'A', 13, -1},  // lines 20, 36
    {"1795444721.110", "0353011990", 'C', 16, 15},  // lines 21, 41, 48
    {"1795444725.113", "0639989097", 'C', 16, 17},  // lines 27, 45, 50
    {"1795444727.114", "0639987292", 'C', 15, 10},  // lines 30, 44, 47
    {"1795444727.115", "0465718781", 'A', 1, -1},   // lines 31, 32
    {"1795444729.117", "0536498728", 'A', 22, -1},  // lines 33, 46
    {"1795444731.118", "", 'C', 24, 19},            // lines 34, 49, 53
    {"1795444734.119", "0639989887", 'C', 30, 18},  // lines 38, 52, 54
};

std::uint64_t hash(std::string_view caller) {
  return std::hash<std::string_view>{}(caller) | 1;
}

// A capture as the desk would see it: its calls in the order in which they were over.
struct Desk {
  explicit Desk(const std::string& name) {
    const auto all = test::replayed(test::capture(name));
    for (const auto& call : all.calls) {
      if (const auto fact = fact_of(call, hash)) {
        facts.emplace(call.linkedid, *fact);
        book.add(*fact);
      }
      for (const auto& [queue, fact] : facts_by_queue(call, hash, 5'000)) by_queue[queue].add(fact);
      changes.push_back(tell(callbacks, call, true, call.ended.at_ms + 10'000));
      for (const auto& change : changes.back()) book.add(change);
    }
    figures = figures_of(tally(), Target{});
  }
  Tally tally() const { return book.between({0, 4'000'000'000'000}); }
  std::optional<double> value(std::string_view code) const { return value(figures, code); }
  static std::optional<double> value(const std::vector<Figure>& figures, std::string_view code) {
    const auto found =
        std::ranges::find_if(figures, [&](const Figure& f) { return f.definition->code == code; });
    REQUIRE(found != figures.end());
    return found->value;
  }
  double service_level(std::string_view code, std::uint32_t within_s) const {
    return value(figures_of(tally(), {within_s}), code).value();
  }
  std::set<std::string> listed() const {
    std::set<std::string> out;
    for (const auto* entry : callbacks.ranked(0, 100)) out.insert(entry->dialled);
    return out;
  }

  std::map<std::string, Fact> facts;  // by Linkedid
  std::map<std::string, Tally> by_queue;
  HalfHours book{*date::locate_zone("Europe/Paris")};
  Callbacks callbacks;
  std::vector<CallbackChanges> changes;
  std::vector<Figure> figures;
};

void check_each(const Desk& desk, const std::vector<Counted>& counted, Fate abandoned, Fate abandoned_short) {
  REQUIRE(desk.facts.size() == counted.size());
  for (const auto& each : counted) {
    CAPTURE(each.uniqueid);
    const auto found = desk.facts.find(each.uniqueid);
    REQUIRE(found != desk.facts.end());
    const auto& fact = found->second;
    CHECK(fact.fate == (each.end == 'C' ? Fate::answered : each.wait_s < 5 ? abandoned_short : abandoned));
    REQUIRE(fact.wait_ms);
    CHECK(std::abs(*fact.wait_ms - each.wait_s * 1'000) <= 1'000);
    REQUIRE(fact.handling_ms.has_value() == (each.end == 'C'));
    if (fact.handling_ms) CHECK(std::abs(*fact.handling_ms - each.talk_s * 1'000) <= 1'000);
    CHECK((fact.caller == 0) == std::string_view(each.number).empty());
  }
}

void check(const Desk& desk, const std::map<std::string_view, double>& counted) {
  for (const auto& [code, value] : counted) {
    CAPTURE(code);
    const auto found = desk.value(code);
    REQUIRE(found);
    const bool seconds = definition_of(code)->unit == Unit::seconds;
    CHECK(std::abs(*found - value) <= (seconds ? 1.0 : 1e-9));
  }
}

}  // namespace

TEST_CASE("a busy hour: figures as counted by hand") {
  const Desk desk("70-busy-hour");
  check_each(desk, busy_hour, Fate::abandoned, Fate::abandoned_short);
  check(desk, {{"offered", 40},
               {"answered", 31},
               {"abandoned", 6},        // 6 12 13 16 18 21
               {"abandoned_short", 3},  // 0 0 1
               {"overflowed", 0},
               {"fate_unknown", 0},
               {"still_waiting", 0},
               {"turned_away", 0},
               {"withheld", 5},
               {"missed_withheld", 1},  // 1795444557.43
               {"answer_rate", 31 / 40.0},
               {"abandonment_rate", 6 / 37.0},
               // Waits of those answered, sorted: 1 2 3 3 4 4 8 8 9 10 | 11 11 11 12 14 14 15 16 16 16 | 16
               // 17 20 20 21 21 22 22 23 26 | 31; the sum is 427.
               {"wait_average", 427 / 31.0},
               {"wait_p50", 14},  // rank 16
               {"wait_p90", 22},  // rank 28
               {"wait_p95", 26},
               {"wait_p99", 31},
               {"wait_longest", 31},  // ranks 30, 31
               {"patience_average", 86 / 6.0},
               {"patience_p50", 13},
               // Talks: 3 4 4 4 6 7 7 9 10 10 | 11 11 11 12 12 13 13 14 14 15 | 15 15 16 16 16 16 17 17 18 18
               // | 18; the sum is 372.
               {"handling_average", 12},
               {"handling_p50", 13},
               {"handling_p90", 17},
               {"handling_p95", 18},
               // 35 with a number; 0199000179, 0353018551 and 0465713050 called twice, the last got through
               // the second time.
               {"people_calling", 32},
               {"people_served", 25}});
  CHECK(desk.service_level("service_level_offered", 6) == Approx(6 / 40.0));
  CHECK(desk.service_level("service_level_offered", 18) == Approx(22 / 40.0));
  CHECK(desk.service_level("service_level_offered", 28) == Approx(30 / 40.0));
  CHECK(desk.service_level("service_level_net", 18) == Approx(22 / 37.0));
  CHECK_FALSE(desk.value("wrap_up_average"));  // nobody qualified
  CHECK_FALSE(desk.value("occupancy"));        // nobody looked at the posts
  CHECK(Desk::value(figures_of(desk.by_queue.at("premier-contact"), Target{}, true), "answered") == 31);
}

TEST_CASE("a busy hour: whom to call back") {
  const Desk desk("70-busy-hour");
  // Not the short ones (0639985096, 0199007898, and 0465713050 who got through later), not the withheld one.
  CHECK(desk.listed() ==
        std::set<std::string>{"0536491997", "0261919075", "0536499154", "0353013889", "0199001485"});
  check(desk, {{"callbacks_opened", 5}, {"callbacks_resolved", 0}});
}

TEST_CASE(
    "a busy time of which only the class agent was told: abandons are not known, and nobody is forgotten") {
  const Desk desk("72-busy-agent-class-only");
  check_each(desk, agent_class_only, Fate::unknown, Fate::unknown);
  check(desk, {{"offered", 12},
               {"answered", 9},
               {"abandoned", 0},
               {"abandoned_short", 0},
               {"fate_unknown", 3},
               {"withheld", 1},
               {"answer_rate", 9 / 12.0},
               {"wait_average", 138 / 9.0},  // 2 9 11 15 15 16 16 24 30
               {"wait_p50", 15},
               {"wait_p90", 30},
               {"handling_average", 13},
               {"people_calling", 11},
               {"people_served", 8},
               {"callbacks_opened", 3}});
  CHECK(desk.service_level("service_level_offered", 20) == Approx(7 / 12.0));
  CHECK(desk.listed() == std::set<std::string>{"0261913186", "0465718781", "0536498728"});
}

TEST_CASE("captures of one scenario each: what became of their calls") {
  struct Row {
    const char* name;
    std::map<std::string_view, double> counted;
    std::set<std::string> listed;
  };
  const std::vector<Row> rows{
      {"07-abandon-waiting", {{"offered", 1}, {"abandoned", 1}, {"patience_average", 7}}, {"0353011203"}},
      // Twelve seconds in one queue and fifteen in the next: one call, that waited through both.
      {"12-timeout-both-queues", {{"offered", 1}, {"overflowed", 1}, {"answer_rate", 0}}, {"0199001208"}},
      // Not let in, for nobody was there: they are called back too.
      {"13-joinempty", {{"offered", 0}, {"turned_away", 1}}, {"0199001209"}},
      {"14-exit-with-key", {{"offered", 1}, {"overflowed", 1}}, {"0639981210"}},
      {"15-anonymous", {{"offered", 4}, {"answered", 4}}, {}},
      {"38-ami-withdraw-waiting", {{"offered", 1}, {"overflowed", 1}}, {}},
      {"39-queue-priority",
       {{"offered", 3}, {"abandoned", 3}, {"patience_average", 38 / 3.0}},  // 11 13 14
       {"0199001249", "0199001250", "0199001251"}},
      {"40-click-to-call",
       {{"offered", 0}, {"outgoing", 1}, {"outgoing_answered", 1}, {"people_served", 1}},
       {}},
      {"62-ringall-three-callers",
       {{"offered", 3}, {"answered", 3}, {"wait_average", 4}, {"handling_average", 7}},
       {}},
      {"84-killed", {{"offered", 2}, {"answered", 1}, {"fate_unknown", 1}}, {"0199001301"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const Desk desk(row.name);
    check(desk, row.counted);
    CHECK(desk.listed() == row.listed);
  }
  // The person was busy, then did not answer: two tries, each of whoever dials.
  Callbacks list;
  for (const auto* number : {"0639981263", "0639981264"})
    (void)list.missed({.call = number, .number = number, .queue = "q", .arrival_ms = 1}, 2);
  std::vector<std::string> tried;
  for (const auto& call :
       test::replayed(test::capture("43-click-to-call-citizen-busy-then-noanswer")).calls) {
    REQUIRE(list.of_number(call.number));
    REQUIRE(list.dial(list.of_number(call.number)->id, "poste-1", "zoe", 3).has_value());
    for (const bool finished : {false, true})
      for (const auto& change : tell(list, call, finished, 4)) tried.push_back(change.number);
  }
  CHECK(tried.size() == 2);
  CHECK(list.size() == 2);

  const Desk both("12-timeout-both-queues");
  REQUIRE(both.facts.size() == 1);
  CHECK(std::abs(both.facts.begin()->second.wait_ms.value() - 27'000) <= 1'000);
  CHECK(both.by_queue.size() == 2);
  for (const auto& [queue, tally] : both.by_queue) CHECK(tally.overflowed == 1);
}

TEST_CASE("a busy hour: how far the posts were occupied") {
  AmiParser parser;
  ReadIndex index(test::capture("70-busy-hour", ".idx.jsonl"));
  const AmiReader reader("main");
  Ledger ledger;
  const auto& zone = *date::locate_zone("Europe/Paris");
  // Nobody binds a login to a post in a capture, and nobody qualifies: no work after a call.
  PostClock clock(zone);
  const PostRules rules{.bound_only = false, .wrap_up_most_ms = 0};
  constexpr std::int64_t began_ms = 1'795'444'492'000;
  std::map<std::string, std::int64_t> known_since;
  std::int64_t last_ms = 0;
  parser.feed(test::text_of(test::capture("70-busy-hour")));
  while (const auto* message = parser.next()) {
    last_ms = began_ms + index.at(parser.offset());
    if (const auto fact = reader.read(*message, {.ms = last_ms, .timed = true})) ledger.apply(*fact);
    clock.look(ledger, last_ms, rules);
    ledger.posts().each([&](const Post& post) { known_since.emplace(post.name, last_ms); });
  }
  Tally tally;
  for (const auto& time : clock.take()) tally.add(time);

  // By hand: four posts at work (1 to 4), each since it was first heard of, till the end; six are paused all
  // the time. 31 talks, 372 s. One pause outside of a call: Karim N'Diaye's from 1795444514 (line 35) to
  // 1795444516 (line 36).
  std::int64_t at_work_ms = 0;
  std::size_t at_work = 0;
  for (const auto* name : {"Hélène Béraud", "Karim N'Diaye", "Zoë Le Goff", "Poste 4 - Accueil"}) {
    REQUIRE(known_since.contains(name));
    at_work_ms += last_ms - known_since.at(name);
    ++at_work;
  }
  CHECK(known_since.size() == at_work + 6);
  CHECK(std::abs(tally.busy_ms - 372'000) <= 10'000);
  CHECK(std::abs(tally.busy_ms + tally.free_ms - (at_work_ms - 2'000)) <= 2'000);
  const auto occupancy = Desk::value(figures_of(tally, Target{}), "occupancy");
  REQUIRE(occupancy);
  CHECK(*occupancy == Approx(372'000.0 / static_cast<double>(at_work_ms - 2'000)).margin(0.02));
}

}  // namespace bannette::telephony
