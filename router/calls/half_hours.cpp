#include "router/calls/half_hours.hpp"

#include <algorithm>
#include <chrono>

namespace bannette::calls {
namespace {

using std::chrono::milliseconds;
using Moment = date::sys_time<milliseconds>;

std::int64_t offset_ms(const date::time_zone& zone, std::int64_t at_ms) {
  const auto info = zone.get_info(Moment{milliseconds{at_ms}});
  return milliseconds{info.offset}.count();
}

}  // namespace

std::int64_t half_hour_of(const date::time_zone& zone, std::int64_t at_ms) {
  // Clocks are changed at a local half hour, so the offset holds for the whole of it.
  const std::int64_t past_ms = (at_ms + offset_ms(zone, at_ms)) % half_hour_ms;
  return at_ms - (past_ms < 0 ? past_ms + half_hour_ms : past_ms);
}

std::int64_t day_of(const date::time_zone& zone, std::int64_t at_ms) {
  const auto local = zone.to_local(Moment{milliseconds{at_ms}});
  const auto midnight = date::floor<date::days>(local);
  return zone.to_sys(date::local_time<milliseconds>{midnight}, date::choose::earliest)
      .time_since_epoch()
      .count();
}

std::vector<Interval> steps(const date::time_zone& zone, Interval time, Step step, std::size_t most) {
  std::vector<Interval> out;
  time.from_ms = half_hour_of(zone, time.from_ms);
  if (step == Step::whole) {
    if (time.from_ms < time.to_ms && most > 0) out.push_back(time);
    return out;
  }
  constexpr std::int64_t day_and_a_half_ms = 36LL * 3'600'000;
  for (std::int64_t from = time.from_ms; from < time.to_ms && out.size() < most;) {
    const std::int64_t next = step == Step::half_hour ? half_hour_of(zone, from) + half_hour_ms
                                                      : day_of(zone, day_of(zone, from) + day_and_a_half_ms);
    out.push_back({from, std::min(next, time.to_ms)});
    from = next;
  }
  return out;
}

Tally* HalfHours::at(std::int64_t at_ms) {
  const std::int64_t key = half_hour_of(*zone_, at_ms);
  const auto found = tallies_.find(key);
  if (found != tallies_.end()) return &found->second;
  if (tallies_.size() >= bound) {
    if (key < tallies_.begin()->first) return nullptr;
    tallies_.erase(tallies_.begin());
  }
  return &tallies_[key];
}

void HalfHours::add(const Fact& fact) {
  if (fact.arrival_ms <= 0)
    ++timeless_;
  else if (auto* tally = at(fact.arrival_ms))
    tally->add(fact);
}

void HalfHours::add(const PostTime& time) {
  if (auto* tally = at(time.half_hour_ms)) tally->add(time);
}

void HalfHours::add(const CallbackChange& change) {
  if (auto* tally = at(change.at_ms)) tally->add(change);
}

void HalfHours::add_reached(std::uint64_t caller, std::int64_t at_ms) {
  if (auto* tally = at(at_ms)) tally->add_reached(caller);
}

void HalfHours::forget_before(std::int64_t at_ms) {
  tallies_.erase(tallies_.begin(), tallies_.lower_bound(half_hour_of(*zone_, at_ms)));
}

Tally HalfHours::between(Interval time) const {
  Tally out;
  for (auto each = tallies_.lower_bound(time.from_ms); each != tallies_.end() && each->first < time.to_ms;
       ++each)
    out.merge(each->second);
  return out;
}

}  // namespace bannette::calls
