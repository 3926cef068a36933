#include "queue/core/working_time.hpp"

#include <algorithm>
#include <stdexcept>

namespace bannette {
namespace {

constexpr std::int64_t kDayMs = 24LL * 3'600'000;
constexpr std::int64_t kHorizonMs = 3'653 * kDayMs;   // what would end later counts calendar time
constexpr std::int64_t kFirstMs = 0;                  // 1970
constexpr std::int64_t kLastMs = 32'503'680'000'000;  // 3000
constexpr date::days kTableDays{30 * 366};            // beyond it the table begins anew: about 1 MB
constexpr date::days kStep{32};                       // days added at a time

bool within(std::int64_t wall_ms) {
  return wall_ms >= kFirstMs && wall_ms < kLastMs;
}

}  // namespace

WorkingTime::WorkingTime(Calendar calendar) : calendar_(std::move(calendar)) {
  if (calendar_.zone == nullptr) throw std::logic_error("a calendar needs a time zone");
}

void WorkingTime::begin_at(date::local_days day) const {
  spans_.clear();
  days_.clear();
  closings_.clear();
  first_day_ = next_day_ = day;
  begin_ms_ = end_ms_ = wall_of(calendar_, day, 0);
}

void WorkingTime::add_day() const {
  const auto& hours = hours_of(calendar_, next_day_);
  std::int64_t before =
      spans_.empty() ? 0 : spans_.back().before_ms + spans_.back().to_ms - spans_.back().from_ms;
  for (const OpenSpan& each : hours) {
    const Span span{wall_of(calendar_, next_day_, each.from_min), wall_of(calendar_, next_day_, each.to_min),
                    before};
    if (span.to_ms <= span.from_ms) continue;  // it fell into the hour that spring leaves out
    before += span.to_ms - span.from_ms;
    spans_.push_back(span);
  }
  if (!hours.empty()) closings_.push_back(wall_of(calendar_, next_day_, hours.back().to_min));
  days_.push_back({end_ms_, closings_.size()});
  next_day_ += date::days{1};
  end_ms_ = wall_of(calendar_, next_day_, 0);
}

// The table then holds both moments. What stands behind is kept where that is near enough; a table that grows
// backwards doubles, so that reading old dossiers from the newest to the oldest does not make it anew each
// time.
void WorkingTime::cover(std::int64_t from_ms, std::int64_t to_ms) const {
  if (days_.empty() || from_ms < begin_ms_) {
    const auto until = next_day_;
    const auto from = local_day(calendar_, from_ms);
    const auto back = days_.empty() || until - from > kTableDays / 2 ? kStep : std::max(kStep, until - from);
    const bool keep = !days_.empty() && until - (from - back) <= kTableDays;
    begin_at(from - back);
    while (keep && next_day_ < until) add_day();
  }
  if (to_ms < end_ms_) return;
  const auto last = local_day(calendar_, to_ms);
  if (last - first_day_ > kTableDays) begin_at(local_day(calendar_, from_ms) - kStep);
  const auto until = last + kStep;
  while (next_day_ < until || end_ms_ <= to_ms) add_day();
}

std::size_t WorkingTime::span_after(std::int64_t wall_ms) const {
  const auto at = std::upper_bound(spans_.begin(), spans_.end(), wall_ms,
                                   [](std::int64_t wall, const Span& span) { return wall < span.to_ms; });
  return static_cast<std::size_t>(at - spans_.begin());
}

std::int64_t WorkingTime::opened_before(std::int64_t wall_ms) const {
  const std::size_t at = span_after(wall_ms);
  if (at < spans_.size())
    return spans_[at].before_ms + std::max<std::int64_t>(0, wall_ms - spans_[at].from_ms);
  return spans_.empty() ? 0 : spans_.back().before_ms + spans_.back().to_ms - spans_.back().from_ms;
}

bool WorkingTime::is_open(std::int64_t wall_ms) const {
  if (!within(wall_ms)) return false;
  cover(wall_ms, wall_ms);
  const std::size_t at = span_after(wall_ms);
  return at < spans_.size() && spans_[at].from_ms <= wall_ms;
}

std::int64_t WorkingTime::next_opening(std::int64_t wall_ms) const {
  return within(wall_ms) ? forward(wall_ms, 0) : 0;
}

// Where the amount ends, 0 where that is beyond the horizon.
std::int64_t WorkingTime::forward(std::int64_t wall_ms, std::int64_t amount) const {
  for (std::int64_t reach = wall_ms;; reach = end_ms_) {
    cover(wall_ms, reach);
    const std::int64_t target = opened_before(wall_ms) + amount;
    const auto begin = spans_.begin() + static_cast<std::ptrdiff_t>(span_after(wall_ms));
    const auto at = std::partition_point(begin, spans_.end(), [&](const Span& span) {
      return span.before_ms + span.to_ms - span.from_ms < target;
    });
    if (at != spans_.end()) {
      const std::int64_t end = std::max(wall_ms, at->from_ms + target - at->before_ms);
      return end - wall_ms <= kHorizonMs ? end : 0;
    }
    if (end_ms_ - wall_ms > kHorizonMs) return 0;
  }
}

// From when until now so much was open, 0 where that is beyond the horizon. amount > 0.
std::int64_t WorkingTime::backward(std::int64_t wall_ms, std::int64_t amount) const {
  for (std::int64_t reach = wall_ms;; reach = begin_ms_ - 1) {
    cover(reach, wall_ms);
    const std::int64_t target = opened_before(wall_ms) - amount;
    if (target > 0) {
      const auto at = std::partition_point(spans_.begin(), spans_.end(), [&](const Span& span) {
        return span.before_ms + span.to_ms - span.from_ms < target;
      });
      const std::int64_t begin = at->from_ms + target - at->before_ms;
      return wall_ms - begin <= kHorizonMs ? begin : 0;
    }
    if (wall_ms - begin_ms_ > kHorizonMs) return 0;
  }
}

std::int64_t WorkingTime::closing(std::int64_t wall_ms, std::int64_t count) const {
  for (std::int64_t reach = wall_ms;; reach = end_ms_) {
    cover(wall_ms, reach);
    const auto next = std::upper_bound(days_.begin(), days_.end(), wall_ms,
                                       [](std::int64_t wall, const Day& day) { return wall < day.from_ms; });
    const std::size_t at = std::prev(next)->closing_of + static_cast<std::size_t>(count - 1);
    if (at < closings_.size()) return closings_[at] - wall_ms <= kHorizonMs ? closings_[at] : 0;
    if (end_ms_ - wall_ms > kHorizonMs) return 0;
  }
}

std::int64_t WorkingTime::deadline_after(std::int64_t wall_ms, Delay delay) const {
  std::int64_t end = 0;
  switch (delay.unit) {
    case Delay::Unit::none:
      return 0;
    case Delay::Unit::calendar_ms:
      return wall_ms + delay.amount;
    case Delay::Unit::working_ms:
      if (within(wall_ms)) end = forward(wall_ms, std::max<std::int64_t>(0, delay.amount));
      return end != 0 ? end : wall_ms + delay.amount;
    case Delay::Unit::working_days:
      if (within(wall_ms)) end = closing(wall_ms, std::max<std::int64_t>(1, delay.amount));
      return end != 0 ? end : wall_ms + delay.amount * kDayMs;
  }
  return 0;
}

std::int64_t WorkingTime::between(std::int64_t from_ms, std::int64_t to_ms) const {
  from_ms = std::max(from_ms, kFirstMs);
  to_ms = std::min(to_ms, kLastMs);
  std::int64_t open = 0;
  while (from_ms < to_ms) {  // pieces that the table can hold
    const std::int64_t piece = std::min(to_ms, from_ms + kHorizonMs);
    cover(from_ms, piece);
    open += opened_before(piece) - opened_before(from_ms);
    from_ms = piece;
  }
  return open;
}

std::int64_t WorkingTime::left(Delay::Unit unit, std::int64_t wall_ms, std::int64_t deadline_ms) const {
  const bool working = unit == Delay::Unit::working_ms || unit == Delay::Unit::working_days;
  if (!working || next_opening(wall_ms) == 0) return deadline_ms - wall_ms;
  return deadline_ms >= wall_ms ? between(wall_ms, deadline_ms) : -between(deadline_ms, wall_ms);
}

std::int64_t WorkingTime::deadline_with(Delay::Unit unit, std::int64_t wall_ms, std::int64_t left_ms) const {
  const bool working = unit == Delay::Unit::working_ms || unit == Delay::Unit::working_days;
  if (!working || next_opening(wall_ms) == 0) return wall_ms + left_ms;
  const std::int64_t end = left_ms >= 0 ? forward(wall_ms, left_ms) : backward(wall_ms, -left_ms);
  return end != 0 ? end : wall_ms + left_ms;
}

}  // namespace bannette
