#include "agent-console/core/curves.hpp"

#include <set>

namespace bannette::console {

void Curves::add(std::int64_t at_ms, std::vector<Sample> samples) {
  const std::int64_t minute = at_ms / kStepMs;
  while (!moments_.empty() && moments_.back().at_ms / kStepMs >= minute) moments_.pop_back();
  moments_.push_back({at_ms, std::move(samples)});
  while (moments_.front().at_ms / kStepMs < minute - kSpanMs / kStepMs) moments_.pop_front();
}

std::vector<Curves::Point> Curves::points(const Sees& sees) const {
  std::vector<Point> all;
  all.reserve(moments_.size());
  for (const auto& moment : moments_) {
    Point& point = all.emplace_back();
    point.at_ms = moment.at_ms;
    for (const auto& each : moment.samples) {
      if (!sees(each.bannette)) continue;
      point.waiting += each.waiting;
      point.late += each.late;
      point.in_progress += each.in_progress;
    }
  }
  return all;
}

std::vector<Curves::Since> Curves::takings(const Sees& sees) const {
  std::vector<Since> all;
  std::set<std::string_view> known;
  for (const auto& moment : moments_) {
    for (const auto& each : moment.samples)
      if (known.insert(each.bannette).second && sees(each.bannette))
        all.push_back({each.bannette, moment.at_ms, each.taken});
  }
  return all;
}

}  // namespace bannette::console
