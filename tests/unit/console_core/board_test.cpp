#include <set>

#include <catch2/catch.hpp>

#include "agent-console/core/curves.hpp"
#include "agent-console/core/report.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace date::literals;

namespace {

constexpr std::int64_t kMinute = 60'000;
const auto all = [](std::string_view) { return true; };

Calendar paris() {
  Calendar calendar;
  calendar.zone = date::locate_zone("Europe/Paris");
  return calendar;
}

// Of a moment in Paris.
std::int64_t at(date::local_days day, int minute) {
  return wall_of(paris(), day, minute);
}

Dossier arrived(date::local_days day, int minute, const std::string& bannette = "u1/social") {
  Dossier dossier;
  dossier.bannette = bannette;
  dossier.topic = "social.budget";
  dossier.arrived_ms = at(day, minute);
  dossier.deadline_ms = dossier.arrived_ms + 60 * kMinute;
  return dossier;
}

Dossier taken(Dossier dossier, int after_s, bool breached = false) {
  dossier.state = State::in_progress;
  dossier.taken_ms = dossier.arrived_ms + after_s * 1000LL;
  dossier.breached = breached;
  return dossier;
}

std::optional<double> figure(const ReportRow& row, std::string_view code) {
  const auto definitions = report_definitions();
  for (std::size_t i = 0; i < definitions.size(); ++i)
    if (definitions[i].code == code) return row.figures.at(i);
  FAIL("no figure " << code);
  return std::nullopt;
}

Report report(ReportWish wish, const std::vector<Dossier>& dossiers, std::int64_t now_ms = 0) {
  if (!wish.sees) wish.sees = all;
  ReportSheet sheet(std::move(wish), paris(), now_ms);
  for (const auto& each : dossiers) sheet.add(each);
  return sheet.finish(0);
}

const auto tuesday = date::local_days(2026_y / 11 / 24);

}  // namespace

TEST_CASE("a report counts what arrived, was due, and how long it waited, by hand") {
  auto done = taken(arrived(tuesday, 600), 40);
  done.state = State::handled;
  done.outcome = Outcome::answered;
  done.hops = 1;
  auto free = taken(arrived(tuesday, 610), 30);
  free.deadline_ms = 0;  // never due
  auto late = arrived(tuesday, 620);
  late.breached = true;  // and nobody has it
  late.danger = true;
  const auto day = report({tuesday, tuesday, ReportStep::day, ReportBy::all, {}},
                          {taken(arrived(tuesday, 0), 10), taken(arrived(tuesday, 1439), 20), done, free,
                           late, taken(arrived(tuesday, 700), 5000, true), arrived(tuesday, 710),
                           arrived(tuesday + date::days{1}, 0), arrived(tuesday - date::days{1}, 1439)});
  REQUIRE(day.rows.size() == 1);
  const auto& row = day.rows[0];
  CHECK(figure(row, "arrived") == 7);
  CHECK(figure(row, "danger") == 1);
  CHECK(figure(row, "taken") == 5);
  CHECK(figure(row, "within_deadline") == 3.0 / 5);  // 10 s, 20 s and 40 s of these and the two breached
  CHECK(figure(row, "breached") == 2);
  CHECK(figure(row, "wait_p50") == 30);  // of 10 20 30 40 5000
  CHECK(figure(row, "wait_p90") == 5000);
  CHECK(figure(row, "handled") == 1);
  CHECK(figure(row, "waiting") == 2);
  CHECK(figure(row, "open") == 6);
  CHECK(figure(row, "moved") == 1);
}

TEST_CASE("what cannot be reckoned is nothing, not zero") {
  const auto day = report({tuesday, tuesday, ReportStep::whole, ReportBy::all, {}}, {arrived(tuesday, 600)});
  CHECK(figure(day.rows.at(0), "within_deadline") == std::nullopt);
  CHECK(figure(day.rows.at(0), "wait_p50") == std::nullopt);
  CHECK(report({tuesday, tuesday, ReportStep::day, ReportBy::all, {}}, {}).rows.empty());
}

TEST_CASE("weeks begin on Monday and months on the first, within the period, through a change of the hour") {
  const auto from = date::local_days(2026_y / 10 / 22), to = date::local_days(2026_y / 11 / 3);
  std::vector<Dossier> daily;
  for (auto day = from; day <= to; day += date::days{1}) daily.push_back(arrived(day, 1430));
  const auto weeks = report({from, to, ReportStep::week, ReportBy::all, {}}, daily);
  REQUIRE(weeks.rows.size() == 3);
  CHECK(weeks.rows[0].from == from);
  CHECK(weeks.rows[0].to == date::local_days(2026_y / 10 / 25));  // a Sunday; the hour changes on it
  CHECK(figure(weeks.rows[0], "arrived") == 4);
  CHECK(weeks.rows[1].from == date::local_days(2026_y / 10 / 26));
  CHECK(figure(weeks.rows[1], "arrived") == 7);
  CHECK(weeks.rows[2].to == to);
  const auto months = report({from, to, ReportStep::month, ReportBy::all, {}}, daily);
  REQUIRE(months.rows.size() == 2);
  CHECK(figure(months.rows[0], "arrived") == 10);
  CHECK(months.rows[1].from == date::local_days(2026_y / 11 / 1));
  CHECK(months.rows[1].to == to);
}

TEST_CASE("by unit, bannette and topic, of what the person sees; without days it is today's") {
  const std::vector<Dossier> some{arrived(tuesday, 600, "u1/social"), arrived(tuesday, 601, "u1/enfance"),
                                  arrived(tuesday, 602, "service:mdph"), arrived(tuesday, 603, "u2/social")};
  const auto keys = [&](ReportBy by) {
    ReportWish wish{{}, {}, ReportStep::day, by, [](std::string_view name) { return name != "u2/social"; }};
    std::string text;
    for (const auto& row : report(wish, some, at(tuesday, 1439)).rows)
      text += row.key + "=" + std::to_string(static_cast<int>(*figure(row, "arrived"))) + " ";
    return text;
  };
  CHECK(keys(ReportBy::unit) == "service:mdph=1 u1=2 ");
  CHECK(keys(ReportBy::bannette) == "service:mdph=1 u1/enfance=1 u1/social=1 ");
  CHECK(keys(ReportBy::topic) == "social.budget=3 ");
}

TEST_CASE("topics that are not to be known stand together, under no topic's name") {
  auto danger = arrived(tuesday, 600, "u1/enfance"), other = arrived(tuesday, 601, "u1/enfance"),
       elsewhere = arrived(tuesday, 602, "u2/enfance");
  danger.topic = elsewhere.topic = "enfance.danger";
  other.topic = "enfance.crip";
  ReportWish wish{tuesday, tuesday, ReportStep::day, ReportBy::topic, all};
  wish.knows = [](std::string_view bannette, std::string_view topic) {
    return bannette.starts_with("u2/") || topic == "social.budget";
  };
  std::map<std::string, double> counted;
  for (const auto& row : report(wish, {danger, other, elsewhere, arrived(tuesday, 603)}).rows)
    counted[row.key] = *figure(row, "arrived");
  CHECK(counted == std::map<std::string, double>{
                       {std::string(kConfidential), 2}, {"enfance.danger", 1}, {"social.budget", 1}});
  wish.by = ReportBy::bannette;
  CHECK(report(wish, {danger}).rows.at(0).key == "u1/enfance");
}

TEST_CASE("each figure has a definition of its own") {
  std::set<std::string_view> codes;
  for (const auto& each : report_definitions()) {
    CHECK(codes.insert(each.code).second);
    CHECK(each.version >= 1);
    CHECK(each.text.ends_with("."));
  }
}

TEST_CASE("curves hold two hours, a moment a minute, and survive a clock that is set back") {
  Curves curves;
  for (std::uint64_t half = 0; half <= 400; ++half)
    curves.add(static_cast<std::int64_t>(half) * kMinute / 2, {{"a", half, 1, 2, half}, {"b", 1, 0, 0, 7}});
  const auto points = curves.points(all);
  REQUIRE(points.size() == 121);
  CHECK(points.front().at_ms == 80 * kMinute + kMinute / 2);  // the newest of its minute
  CHECK(points.back().waiting == 401);
  CHECK(curves.points([](std::string_view name) { return name == "b"; }).back().waiting == 1);
  const auto since = curves.takings(all);
  REQUIRE(since.size() == 2);
  CHECK(since[0].taken == 161);
  CHECK(since[0].at_ms == points.front().at_ms);
  curves.add(100 * kMinute, {{"a", 5, 0, 0, 400}});
  CHECK(curves.points(all).back().waiting == 5);
  CHECK(curves.points(all).size() == 21);
}
