#include "tests/sim/hours.hpp"

#include <algorithm>
#include <stdexcept>

namespace bannette::sim {
namespace {

constexpr std::int64_t kZone = kHour;  // Paris in winter
constexpr std::int64_t kMostDays = 400;

std::int64_t day_of(std::int64_t wall_ms) {
  return (wall_ms + kZone) / kDay;
}
const auto& spans_of(const Hours& hours, std::int64_t day) {
  return hours[static_cast<std::size_t>((day + 3) % 7)];  // 1 January 1970 was a Thursday
}
std::int64_t moment(std::int64_t day, int minute) {
  return day * kDay + minute * kMinute - kZone;
}

}  // namespace

bool is_open(const Hours& hours, std::int64_t wall_ms) {
  const std::int64_t day = day_of(wall_ms);
  for (const auto& [from, to] : spans_of(hours, day))
    if (moment(day, from) <= wall_ms && wall_ms < moment(day, to)) return true;
  return false;
}

std::int64_t after(const Hours& hours, std::int64_t wall_ms, std::int64_t amount_ms) {
  for (std::int64_t day = day_of(wall_ms), last = day + kMostDays; day < last; ++day)
    for (const auto& [from, to] : spans_of(hours, day)) {
      const std::int64_t begin = std::max(moment(day, from), wall_ms);
      const std::int64_t there = moment(day, to) - begin;
      if (there <= 0) continue;
      if (amount_ms <= there) return begin + amount_ms;
      amount_ms -= there;
    }
  throw std::logic_error("hours that never open");
}

std::int64_t between(const Hours& hours, std::int64_t from_ms, std::int64_t to_ms) {
  std::int64_t sum = 0;
  for (std::int64_t day = day_of(from_ms); day <= day_of(to_ms); ++day)
    for (const auto& [from, to] : spans_of(hours, day))
      sum +=
          std::max<std::int64_t>(0, std::min(moment(day, to), to_ms) - std::max(moment(day, from), from_ms));
  return sum;
}

std::int64_t closing(const Hours& hours, std::int64_t wall_ms, std::int64_t days) {
  for (std::int64_t day = day_of(wall_ms) + 1, last = day + kMostDays; day < last; ++day)
    if (!spans_of(hours, day).empty() && --days == 0) return moment(day, spans_of(hours, day).back().second);
  throw std::logic_error("hours that never open");
}

}  // namespace bannette::sim
