// Our reckoning of the holidays against a list that others made: tests/data/jours-feries.py.
#include <algorithm>
#include <fstream>
#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <date/date.h>

#include "queue/core/calendar.hpp"

using namespace bannette;

namespace {

std::set<std::string> listed(const std::string& region) {
  std::ifstream in(std::string(BANNETTE_SOURCE_DIR) + "/tests/data/jours-feries-2020-2040.csv");
  REQUIRE(in);
  std::set<std::string> days;
  for (std::string line; std::getline(in, line);)
    if (line.compare(10, region.size() + 2, ";" + region + ";") == 0) days.insert(line.substr(0, 10));
  return days;
}

std::set<std::string> reckoned(bool alsace_moselle) {
  std::set<std::string> days;
  for (int year = 2020; year <= 2040; ++year)
    for (const auto& day : public_holidays(date::year{year}, alsace_moselle))
      days.insert(date::format("%F", date::sys_days{day}));
  return days;
}

}  // namespace

TEST_CASE("the holidays of 2020 to 2040 are those of another source") {
  CHECK(listed("Métropole").size() == 21 * 11);
  CHECK(reckoned(false) == listed("Métropole"));
  CHECK(listed("Alsace-Moselle").size() == 21 * 13);
  CHECK(reckoned(true) == listed("Alsace-Moselle"));
}

TEST_CASE("Good Friday and 26 December close a service in Alsace and Moselle only") {
  Calendar calendar;
  for (auto& day : calendar.week) day = {{8 * 60, 18 * 60}};
  calendar.zone = date::locate_zone("Europe/Paris");
  using namespace date::literals;
  for (const auto& day : {2026_y / 4 / 3, 2026_y / 12 / 26}) {
    calendar.alsace_moselle = false;
    CHECK_FALSE(hours_of(calendar, date::local_days{day}).empty());
    calendar.alsace_moselle = true;
    CHECK(hours_of(calendar, date::local_days{day}).empty());
    calendar.public_holidays = false;  // no holiday at all
    CHECK_FALSE(hours_of(calendar, date::local_days{day}).empty());
    calendar.public_holidays = true;
  }
}
