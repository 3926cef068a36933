#include "tests/sim/timeline.hpp"

#include <algorithm>

#include "tests/sim/site.hpp"

namespace bannette::sim {

void Timeline::now_is(std::int64_t at, const State& state) {
  if (!stretches_.empty() && stretches_.back().state == state) return;
  if (!stretches_.empty()) stretches_.back().to = at;
  stretches_.push_back({at, INT64_MAX, state});
}

std::int64_t Timeline::when(const Instant& instant) const {
  const auto boot = boots_.find(instant.boot_id);
  return boot == boots_.end() ? 0 : boot->second + instant.boot_ms;
}

std::size_t Timeline::first_after(std::int64_t at) const {
  const auto found = std::partition_point(stretches_.begin(), stretches_.end(),
                                          [at](const Stretch& each) { return each.to <= at; });
  return static_cast<std::size_t>(found - stretches_.begin());
}

template <class Due>
std::int64_t Timeline::overdue(std::int64_t from, std::int64_t to, Due due) const {
  std::int64_t longest = 0;
  for (std::size_t i = first_after(from); i < stretches_.size() && stretches_[i].from < to; ++i) {
    const Stretch& each = stretches_[i];
    if (!each.state.ready) continue;
    longest = std::max(longest, std::min(to, each.to) - std::max({from, each.from, due(each)}));
  }
  return longest;
}

std::int64_t Timeline::overdue_by_wall(std::int64_t due_wall_ms, std::int64_t from, std::int64_t to) const {
  return overdue(from, to,
                 [=](const Stretch& each) { return due_wall_ms - kEpochMs - each.state.wall_offset; });
}

std::int64_t Timeline::overdue_by_boot(std::int64_t began, std::int64_t length_ms, std::int64_t from,
                                       std::int64_t to) const {
  return overdue(from, to, [this, began, length_ms](const Stretch& each) {
    const bool exact = !rebooted(began, each.from) || !clock_set(began, each.from);
    return exact ? began + length_ms : each.state.started + length_ms;
  });
}

bool Timeline::rebooted(std::int64_t from, std::int64_t to) const {
  for (std::size_t i = first_after(from), first = i; i < stretches_.size() && stretches_[i].from <= to; ++i)
    if (stretches_[i].state.boot_id != stretches_[first].state.boot_id) return true;
  return false;
}

bool Timeline::clock_set(std::int64_t from, std::int64_t to) const {
  for (std::size_t i = first_after(from), first = i; i < stretches_.size() && stretches_[i].from <= to; ++i)
    if (stretches_[i].state.wall_offset != stretches_[first].state.wall_offset) return true;
  return false;
}

std::vector<Timeline::Jump> Timeline::jumps(std::int64_t after_ms) const {
  std::vector<Jump> all;
  for (std::size_t i = 1; i < stretches_.size(); ++i) {
    const Stretch& before = stretches_[i - 1];
    const Stretch& now = stretches_[i];
    const std::int64_t by = now.state.wall_offset - before.state.wall_offset;
    const bool same_process = before.state.ready && now.state.ready &&
                              before.state.started == now.state.started && now.to - now.from >= after_ms &&
                              before.to - before.from >= after_ms;
    if (by != 0 && same_process) all.push_back({now.from, by});
  }
  return all;
}

}  // namespace bannette::sim
