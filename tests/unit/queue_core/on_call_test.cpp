#include "queue/core/on_call.hpp"

#include <catch2/catch.hpp>

#include "queue/core/rules.hpp"
#include "tests/unit/queue_core/paris.hpp"
#include "tests/unit/queue_core/world.hpp"

using namespace bannette;
using namespace bannette::test;
using namespace date::literals;

namespace {

OnCall duty(std::string label) {
  OnCall each;
  each.who = {std::move(label), "06 00 00 00 00", {"astreinte"}};
  return each;
}
// The labels, joined.
std::string labels(const std::vector<OnCall>& all, std::int64_t wall_ms) {
  std::string out;
  for (const auto& who : on_call_now(all, centre_hours(), wall_ms))
    out += (out.empty() ? "" : ", ") + who.label;
  return out;
}

}  // namespace

TEST_CASE("nobody is on call where nobody is named") {
  CHECK(on_call_now(site_rules(), kTuesday).empty());
  CHECK(on_call_now(site_rules(), paris(2026_y / 3 / 17, 3)).empty());
}

TEST_CASE("on call whenever the service is closed, to the minute") {
  Rules rules = site_rules();
  rules.on_call = {duty("Astreinte")};
  struct Row {
    date::year_month_day day;
    int hour, minute;
    bool on_call;
  };
  const Row rows[] = {
      {2026_y / 3 / 17, 8, 29, true},   {2026_y / 3 / 17, 8, 30, false},
      {2026_y / 3 / 17, 12, 29, false}, {2026_y / 3 / 17, 12, 30, true},
      {2026_y / 3 / 17, 17, 30, true},  {2026_y / 3 / 22, 11, 0, true},   // Sunday
      {2026_y / 5 / 14, 11, 0, true},   {2026_y / 3 / 19, 10, 0, true}};  // Ascension; Thursday
  for (const Row& row : rows) {
    CAPTURE(unsigned(row.day.month()), unsigned(row.day.day()), row.hour, row.minute);
    const auto who = on_call_now(rules, paris(row.day, row.hour, row.minute));
    CHECK(who.size() == (row.on_call ? 1 : 0));
    if (row.on_call && !who.empty()) CHECK(who[0] == rules.on_call[0].who);
  }
}

TEST_CASE("hours of its own, over midnight as two days; open or not") {
  OnCall night = duty("Nuit"), day = duty("Jour");
  night.week[4] = {{20 * 60, 24 * 60}};  // Friday
  night.week[5] = {{0, 8 * 60}};
  day.week[1] = {{9 * 60, 12 * 60}};
  const std::vector<OnCall> all{night, day};
  CHECK(labels(all, paris(2026_y / 3 / 20, 19, 59)).empty());
  CHECK(labels(all, paris(2026_y / 3 / 20, 20)) == "Nuit");
  CHECK(labels(all, paris(2026_y / 3 / 21, 0)) == "Nuit");
  CHECK(labels(all, paris(2026_y / 3 / 21, 8)).empty());
  CHECK(labels(all, kTuesday) == "Jour");
}

TEST_CASE("several at once, in the order of the configuration") {
  CHECK(labels({duty("Cadre"), duty("Éducateur")}, paris(2026_y / 3 / 22, 11)) == "Cadre, Éducateur");
}

TEST_CASE("a dated one takes the place of the others, within its hours and dates only") {
  OnCall august = duty("Août");
  august.from_ms = paris(2026_y / 8 / 1, 0);
  august.to_ms = paris(2026_y / 9 / 1, 0);
  const std::vector<OnCall> all{duty("Cadre"), august};
  CHECK(labels(all, paris(2026_y / 7 / 31, 23, 59)) == "Cadre");
  CHECK(labels(all, paris(2026_y / 8 / 1, 0)) == "Août");
  CHECK(labels(all, paris(2026_y / 8 / 31, 23, 59)) == "Août");
  CHECK(labels(all, paris(2026_y / 9 / 1, 0)) == "Cadre");
  CHECK(labels(all, paris(2026_y / 8 / 4, 10)).empty());  // open
  // Where the dated one does not answer, nobody must be left without: the others stay.
  august.week[0] = {{0, 60}};
  CHECK(labels({duty("Cadre"), august}, paris(2026_y / 8 / 4, 20)) == "Cadre");
}

TEST_CASE("the night when the clock goes back is covered, the night when it goes forward too") {
  OnCall night = duty("Nuit");
  for (auto& day : night.week) day = {{0, 8 * 60}};
  for (std::int64_t at = paris(2026_y / 10 / 25, 0); at < paris(2026_y / 10 / 25, 8); at += 60'000)
    if (labels({night}, at) != "Nuit") FAIL("nobody at " << at);
  for (std::int64_t at = paris(2026_y / 3 / 29, 0); at < paris(2026_y / 3 / 29, 8); at += 60'000)
    if (labels({night}, at) != "Nuit") FAIL("nobody at " << at);
}
