#include "queue/core/on_call.hpp"

#include <algorithm>

namespace bannette {
namespace {

bool in_its_hours(const OnCall& each, const Calendar& calendar, std::int64_t wall_ms, bool open) {
  const bool no_hours =
      std::all_of(each.week.begin(), each.week.end(), [](const auto& spans) { return spans.empty(); });
  if (no_hours) return !open;
  const auto day = local_day(calendar, wall_ms);
  const auto& spans = each.week[(date::weekday{day}.c_encoding() + 6) % 7];
  return std::any_of(spans.begin(), spans.end(), [&](const OpenSpan& span) {
    return wall_of(calendar, day, span.from_min) <= wall_ms && wall_ms < wall_of(calendar, day, span.to_min);
  });
}

}  // namespace

std::vector<OnCallContact> on_call_now(const std::vector<OnCall>& all, const Calendar& calendar,
                                       std::int64_t wall_ms) {
  const bool open = is_open(calendar, wall_ms);
  std::vector<OnCallContact> always, dated;
  for (const OnCall& each : all) {
    const bool has_dates = each.from_ms != 0 || each.to_ms != 0;
    if (has_dates && (wall_ms < each.from_ms || wall_ms >= each.to_ms)) continue;
    if (in_its_hours(each, calendar, wall_ms, open)) (has_dates ? dated : always).push_back(each.who);
  }
  return dated.empty() ? always : dated;
}

}  // namespace bannette
