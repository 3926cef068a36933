// Moments as people in the sample's zone write them.
#pragma once
#include <cstdint>

#include <date/date.h>
#include <date/tz.h>

namespace bannette::test {

// Paris time as Unix milliseconds; an ambiguous hour is the first one.
inline std::int64_t paris(date::year_month_day day, int hour, int minute = 0) {
  const auto local = date::local_time<std::chrono::milliseconds>{date::local_days{day}.time_since_epoch()} +
                     std::chrono::minutes{60 * hour + minute};
  return date::locate_zone("Europe/Paris")->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

}  // namespace bannette::test
