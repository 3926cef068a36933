// Figures against values counted by hand; half hours on the day the clock changes; what is merged is what is
// counted at once; and a definition's text never changes under its version.
#include "router/calls/figures.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "router/calls/half_hours.hpp"
#include "router/calls/metrics.hpp"

using namespace bannette::calls;

namespace {

const date::time_zone& paris() {
  return *date::locate_zone("Europe/Paris");
}

std::optional<double> value(const std::vector<Figure>& figures, std::string_view code) {
  const auto found =
      std::ranges::find_if(figures, [&](const Figure& f) { return f.definition->code == code; });
  REQUIRE(found != figures.end());
  return found->value;
}

std::int64_t utc(int year, unsigned month, unsigned day, int hour, int minute, int second = 0) {
  using namespace date;
  const sys_days midnight{date::year{year} / date::month{month} / date::day{day}};
  return (midnight.time_since_epoch() / std::chrono::seconds{1} + hour * 3600 + minute * 60 + second) * 1000;
}

Fact fact(Fate fate, std::optional<std::int64_t> wait_s, std::uint64_t caller = 0,
          std::optional<std::int64_t> handling_s = {}, std::optional<std::int64_t> wrap_up_s = {}) {
  Fact out;
  out.arrival_ms = utc(2026, 11, 26, 9, 0);
  out.fate = fate;
  out.caller = caller;
  const auto ms = [](std::optional<std::int64_t> s) { return s ? std::optional(*s * 1000) : std::nullopt; };
  out.wait_ms = ms(wait_s);
  out.handling_ms = ms(handling_s);
  out.wrap_up_ms = ms(wrap_up_s);
  return out;
}

}  // namespace

TEST_CASE("figures: a morning counted by hand") {
  Tally tally;
  // Ten offered: six answered, one of them by somebody who calls twice; two abandoned, one short, one that
  // still waits.
  tally.add(fact(Fate::answered, 0, 1, 100, 10));
  tally.add(fact(Fate::answered, 10, 2, 200, 20));
  tally.add(fact(Fate::answered, 20, 2, 300, 30));
  tally.add(fact(Fate::answered, 30, 3, 400, 40));
  tally.add(fact(Fate::answered, 61, 0, 500));       // withheld; nobody qualified it
  tally.add(fact(Fate::answered, std::nullopt, 5));  // its wait is not known, and it goes on
  tally.add(fact(Fate::abandoned, 40, 6));
  tally.add(fact(Fate::abandoned, 80, 0));
  tally.add(fact(Fate::abandoned_short, 3, 1));
  tally.add(fact(Fate::waiting, std::nullopt, 7));
  tally.add(fact(Fate::turned_away, std::nullopt, 8));  // and one that was not let in
  Fact outgoing = fact(Fate::answered, std::nullopt, 6);
  outgoing.outgoing = true;
  tally.add(outgoing);
  outgoing.fate = Fate::unknown;
  tally.add(outgoing);
  tally.add(PostTime{.busy_ms = 3'000, .free_ms = 1'000, .paused_ms = 9'000});

  const auto figures = figures_of(tally, Target{.answer_within_s = 20});
  const std::map<std::string_view, double> expected{
      {"offered", 10},
      {"answered", 6},
      {"abandoned", 2},
      {"abandoned_short", 1},
      {"overflowed", 0},
      {"fate_unknown", 0},
      {"still_waiting", 1},
      {"turned_away", 1},
      {"withheld", 2},
      {"missed_withheld", 1},
      {"outgoing", 2},
      {"outgoing_answered", 1},
      {"answer_rate", 0.6},
      {"abandonment_rate", 2 / 9.0},
      {"service_level_offered", 3 / 10.0},  // 0, 10, 20
      {"service_level_net", 3 / 9.0},
      {"wait_average", 121 / 5.0},
      {"wait_p50", 20},
      {"wait_p90", 61},
      {"wait_p99", 61},
      {"wait_longest", 61},
      {"patience_average", 60},
      {"patience_p50", 40},
      {"handling_average", 300},
      {"handling_p50", 300},
      {"handling_p90", 500},
      {"wrap_up_average", 25},
      {"wrap_up_p50", 20},
      {"wrap_up_p90", 40},
      {"occupancy", 0.75},
      {"people_calling", 6},  // 1 2 3 5 6 7
      {"people_served", 5},   // 1 2 3 5, and 6 who was called back
  };
  for (const auto& [code, what] : expected) {
    CAPTURE(code);
    const auto found = value(figures, code);
    REQUIRE(found);
    CHECK(*found == Approx(what));
  }
}

TEST_CASE("figures: nothing to reckon from gives nothing, and never 0") {
  const auto figures = figures_of(Tally{}, Target{});
  for (const auto* code :
       {"answer_rate", "abandonment_rate", "service_level_offered", "service_level_net", "wait_average",
        "wait_p50", "wait_longest", "handling_p99", "wrap_up_average", "occupancy"}) {
    CAPTURE(code);
    CHECK_FALSE(value(figures, code));
  }
  CHECK(value(figures, "offered") == 0);
  Tally shorts;
  shorts.add(fact(Fate::abandoned_short, 1));
  CHECK(value(figures_of(shorts, Target{}), "service_level_offered") == 0);
  CHECK_FALSE(value(figures_of(shorts, Target{}), "service_level_net"));
}

TEST_CASE("figures: within T means at most T; percentiles are of the nearest rank") {
  Spread spread;
  for (const int ms : {0, 1, 1'000, 1'001, 5'000, 5'001}) spread.add(ms);
  CHECK(spread.within(0) == 1);
  CHECK(spread.within(1) == 3);
  CHECK(spread.within(4) == 4);
  CHECK(spread.within(5) == 5);
  CHECK(spread.within(6) == 6);
  CHECK(spread.percentile_s(50) == 1U);  // third of six
  CHECK(spread.percentile_s(51) == 2U);  // fourth
  CHECK(spread.percentile_s(100) == 6U);
  CHECK(spread.average_s() == Approx(12.003 / 6));
  spread.add(-5);
  spread.add(100LL * 3'600'000);
  CHECK(spread.within(0) == 2);
  CHECK(spread.percentile_s(100) == Spread::most_s);

  // The same by sorting, for many sizes.
  std::mt19937 chance(7);
  for (std::size_t n = 1; n <= 120; ++n) {
    Spread many;
    std::vector<std::uint32_t> seconds;
    for (std::size_t i = 0; i < n; ++i) {
      const auto s = static_cast<std::uint32_t>(chance() % 90);
      seconds.push_back(s);
      many.add(std::int64_t{s} * 1000);
    }
    std::ranges::sort(seconds);
    for (const std::uint32_t percent : {1U, 50U, 90U, 95U, 99U, 100U})
      REQUIRE(many.percentile_s(percent) == seconds[(n * percent + 99) / 100 - 1]);
  }
}

TEST_CASE("figures: half hours and days are the site's, also where the clock changes") {
  const auto& zone = paris();
  CHECK(half_hour_of(zone, utc(2026, 11, 26, 8, 29, 59)) == utc(2026, 11, 26, 8, 0));
  CHECK(half_hour_of(zone, utc(2026, 11, 26, 8, 30)) == utc(2026, 11, 26, 8, 30));
  CHECK(day_of(zone, utc(2026, 11, 26, 8, 0)) == utc(2026, 11, 25, 23, 0));
  CHECK(day_of(zone, utc(2026, 11, 25, 22, 59)) == utc(2026, 11, 24, 23, 0));
  // A zone whose offset is no whole half hour (Kathmandu, +5:45).
  const auto& kathmandu = *date::locate_zone("Asia/Kathmandu");
  CHECK(half_hour_of(kathmandu, utc(2026, 11, 26, 8, 20)) == utc(2026, 11, 26, 8, 15));

  const auto halves = [&](int month, int day) {
    const auto from =
        day_of(zone, utc(2026, static_cast<unsigned>(month), static_cast<unsigned>(day), 12, 0));
    const auto days = steps(zone, {from, from + 1}, Step::day, 1);
    REQUIRE(days.size() == 1);
    const auto next = day_of(zone, from + 36LL * 3'600'000);
    return steps(zone, {from, next}, Step::half_hour, 100).size();
  };
  CHECK(halves(11, 26) == 48);
  CHECK(halves(3, 29) == 46);   // 2:00 is 3:00
  CHECK(halves(10, 25) == 50);  // 3:00 is 2:00

  const auto cut = steps(zone, {utc(2026, 11, 26, 8, 10), utc(2026, 11, 26, 9, 5)}, Step::half_hour, 62);
  CHECK(cut == std::vector<Interval>{{utc(2026, 11, 26, 8, 0), utc(2026, 11, 26, 8, 30)},
                                     {utc(2026, 11, 26, 8, 30), utc(2026, 11, 26, 9, 0)},
                                     {utc(2026, 11, 26, 9, 0), utc(2026, 11, 26, 9, 5)}});
  CHECK(steps(zone, {utc(2026, 1, 1, 0, 0), utc(2026, 12, 31, 0, 0)}, Step::day, 62).size() == 62);
}

TEST_CASE("figures: a half hour belongs to the arrival, and half hours merge to what is counted at once") {
  HalfHours book(paris());
  Tally whole;
  std::mt19937 chance(11);
  const std::int64_t from = utc(2026, 10, 24, 22, 0), to = utc(2026, 10, 25, 23, 0);  // a day of 25 hours
  for (int i = 0; i < 2'000; ++i) {
    Fact each = fact(static_cast<Fate>(1 + chance() % 7), chance() % 300, chance() % 500, chance() % 900,
                     chance() % 60);
    each.arrival_ms = from + static_cast<std::int64_t>(chance()) % (to - from);
    book.add(each);
    whole.add(each);
  }
  CHECK(book.size() == 50);
  const auto figures = figures_of(whole, Target{}), merged = figures_of(book.between({from, to}), Target{});
  REQUIRE(figures.size() == merged.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    CAPTURE(figures[i].definition->code);
    CHECK(figures[i].value == merged[i].value);
    CHECK(figures[i].part == merged[i].part);
    CHECK(figures[i].whole == merged[i].whole);
  }
  CHECK(whole.offered() + whole.turned_away == 2'000);

  HalfHours one(paris());
  Fact late = fact(Fate::answered, 120);
  late.arrival_ms = utc(2026, 11, 26, 8, 29);  // answered at 8:31
  one.add(late);
  CHECK(one.between({utc(2026, 11, 26, 8, 0), utc(2026, 11, 26, 8, 30)}).answered == 1);
  CHECK(one.between({utc(2026, 11, 26, 8, 30), utc(2026, 11, 26, 9, 0)}).answered == 0);
  const auto rows =
      report(one, {utc(2026, 11, 26, 8, 10), utc(2026, 11, 26, 8, 50)}, Step::half_hour, 10, Target{});
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].time == Interval{utc(2026, 11, 26, 8, 0), utc(2026, 11, 26, 8, 30)});
  CHECK(value(rows[0].figures, "answered") == 1);
  CHECK(value(rows[1].figures, "answered") == 0);
  late.arrival_ms = 0;
  one.add(late);
  CHECK(one.timeless() == 1);
  one.forget_before(utc(2026, 11, 27, 0, 0));
  CHECK(one.size() == 0);
}

TEST_CASE("figures: a book is bounded, and forgets the oldest") {
  HalfHours book(paris());
  for (std::size_t i = 0; i <= HalfHours::bound; ++i)
    book.add(PostTime{.half_hour_ms = static_cast<std::int64_t>(i + 1) * half_hour_ms, .busy_ms = 1});
  CHECK(book.size() == HalfHours::bound);
  CHECK(book.between({0, 2 * half_hour_ms}).busy_ms == 0);
  book.add(PostTime{.half_hour_ms = half_hour_ms, .busy_ms = 1});  // older than all: not kept
  CHECK(book.size() == HalfHours::bound);
}

TEST_CASE("figures: callbacks are counted when they are opened and when they end") {
  Callbacks list;
  HalfHours book(paris());
  const std::int64_t at = utc(2026, 11, 26, 9, 10);
  const auto count = [&](const CallbackChanges& changes) {
    for (const auto& change : changes) book.add(change);
  };
  for (const auto* number : {"0612985001", "0612985002", "0612985003"})
    count(list.missed({.call = number, .number = number, .queue = "q", .arrival_ms = at}, at));
  count(list.got_through("0612985001", "x", false, at + half_hour_ms));
  count(list.got_through("0612985002", "y", true, at + half_hour_ms));
  const auto first = figures_of(book.between({utc(2026, 11, 26, 9, 0), utc(2026, 11, 26, 9, 30)}), Target{});
  CHECK(value(first, "callbacks_opened") == 3);
  CHECK(value(first, "callbacks_resolved") == 0);
  const auto second =
      figures_of(book.between({utc(2026, 11, 26, 9, 30), utc(2026, 11, 26, 10, 0)}), Target{});
  CHECK(value(second, "callbacks_opened") == 0);
  CHECK(value(second, "callbacks_resolved") == 1);
  CHECK(value(second, "callbacks_reached") == 1);
}

TEST_CASE("definitions: a text never changes under its version; every figure has one, and one only") {
  // code, version, unit, span, name, text: one line a version, for ever. A changed definition is a new line
  // below.
  std::map<std::string, std::string> locked;
  std::ifstream file(BANNETTE_SOURCE_DIR "/tests/data/call_figures.tsv");
  for (std::string line; std::getline(file, line);) {
    const auto end = line.find('\t', line.find('\t') + 1);
    REQUIRE(end != std::string::npos);
    CHECK(locked.emplace(line.substr(0, end), line.substr(end + 1)).second);
  }
  std::set<std::string_view> codes;
  for (const auto& each : definitions()) {
    CAPTURE(each.code);
    CHECK(codes.insert(each.code).second);
    const auto found = locked.find(std::string(each.code) + "\t" + std::to_string(each.version));
    REQUIRE(found != locked.end());
    CHECK(found->second == std::string(name(each.unit)) + "\t" + std::string(name(each.span)) + "\t" +
                               std::string(each.name) + "\t" + std::string(each.text));
    CHECK_FALSE(locked.contains(std::string(each.code) + "\t" + std::to_string(each.version + 1)));
  }
  std::set<std::string_view> given;
  for (const auto& figures : {figures_of(Tally{}, Target{}), figures_of(Now{})})
    for (const auto& figure : figures) CHECK(given.insert(figure.definition->code).second);
  CHECK(given == codes);
  CHECK(definition_of("wait_p95")->unit == Unit::seconds);
  CHECK_FALSE(definition_of("wait_p96"));
}

TEST_CASE("metrics: each figure by unit, code, version and queue; what cannot be reckoned is absent") {
  Tally tally;
  tally.add(fact(Fate::answered, 12, 0x5EC7E7));
  auto figures = figures_of(tally, Target{});
  Now now;
  now.waiting = 3;
  now.longest_wait_ms = 42'500;
  const auto now_figures = figures_of(now, true);
  figures.insert(figures.end(), now_figures.begin(), now_figures.end());
  const auto families = metrics_of({{"", figures}, {"premier-contact", figures_of(tally, Target{}, true)}});
  std::map<std::string, double> lines;
  for (const auto& family : families) {
    for (const auto& metric : family.metrics) {
      std::string line = family.name;
      for (const auto& [label, text] : metric.labels) line += " " + label + "=" + text;
      CHECK(lines.emplace(line, metric.value).second);  // no series twice
    }
  }
  CHECK(lines.at("bannette_calls_count figure=waiting_now version=1 span=now queue=") == 3);
  CHECK(lines.at("bannette_calls_seconds figure=longest_wait_now version=1 span=now queue=") == 42.5);
  CHECK(lines.at(
            "bannette_calls_share figure=service_level_net version=1 span=today queue=premier-contact") == 1);
  CHECK(lines.at("bannette_calls_seconds figure=wait_p50 version=1 span=today queue=") == 12);
  CHECK_FALSE(lines.contains("bannette_calls_share figure=occupancy version=1 span=today queue="));
  CHECK_FALSE(
      lines.contains("bannette_calls_count figure=outgoing version=1 span=today queue=premier-contact"));
}
