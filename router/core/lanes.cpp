#include "router/core/lanes.hpp"

#include <algorithm>

namespace bannette::router {

Lanes::Entry Lanes::arrive(const std::string& name, std::uint64_t ticket) {
  Lane& lane = lanes_[name];
  if (lane.live) {
    lane.held.push_back(ticket);
    return Entry::hold;
  }
  if (!lane.letters.empty()) return Entry::keep;
  lane.live = ticket;
  return Entry::send;
}

Lanes::Followers Lanes::ended(const std::string& name, std::uint64_t ticket) {
  const auto at = lanes_.find(name);
  if (at == lanes_.end() || at->second.live != ticket) return {};
  Lane& lane = at->second;
  lane.live.reset();
  Followers followers;
  if (!lane.letters.empty()) {
    followers.keep.assign(lane.held.begin(), lane.held.end());
    lane.held.clear();
  } else if (!lane.held.empty()) {
    followers.send = lane.held.front();
    lane.live = lane.held.front();
    lane.held.pop_front();
  }
  enter(at);
  return followers;
}

void Lanes::letter(const std::string& name, std::uint64_t place) {
  if (!lane_of_.emplace(place, name).second) return;
  const auto at = lanes_.try_emplace(name).first;
  at->second.letters.insert(place);
  enter(at);
}

std::optional<std::uint64_t> Lanes::next(std::int64_t now_ms) {
  while (!resting_.empty() && resting_.begin()->first <= now_ms) {
    const auto at = lanes_.find(lane_of_.at(resting_.begin()->second));
    at->second.rests_until_ms = 0;
    enter(at);
  }
  if (out_.size() >= at_once || ready_.empty()) return std::nullopt;
  const std::uint64_t place = *ready_.begin();
  out_.insert(place);
  const auto at = lanes_.find(lane_of_.at(place));
  at->second.out = place;
  enter(at);
  return place;
}

void Lanes::answered(std::uint64_t place, Answer answer, std::int64_t now_ms) {
  if (out_.erase(place) == 0) return;
  const auto at = lanes_.find(lane_of_.at(place));
  Lane& lane = at->second;
  lane.out.reset();
  if (answer == Answer::settled) {
    lane.letters.erase(place);
    lane_of_.erase(place);
    lane.tries = 0;
    lane.rests_until_ms = 0;
  } else {
    const auto doublings = std::min<std::uint32_t>(lane.tries, 16);
    lane.rests_until_ms = now_ms + std::min(rest_most_ms, rest_first_ms << doublings);
    ++lane.tries;
  }
  enter(at);
}

void Lanes::wake() {
  while (!resting_.empty()) {
    const auto at = lanes_.find(lane_of_.at(resting_.begin()->second));
    at->second.rests_until_ms = 0;
    enter(at);
  }
}

std::uint32_t Lanes::tries(std::uint64_t place) const {
  const auto at = lane_of_.find(place);
  if (at == lane_of_.end()) return 0;
  const Lane& lane = lanes_.at(at->second);
  return *lane.letters.begin() == place ? lane.tries : 0;
}

std::optional<std::int64_t> Lanes::next_due_ms() const {
  if (out_.size() >= at_once) return std::nullopt;
  if (!ready_.empty()) return 0;
  if (resting_.empty()) return std::nullopt;
  return resting_.begin()->first;
}

void Lanes::leave(Lane& lane) {
  if (!lane.due_ms) return;
  if (*lane.due_ms == 0)
    ready_.erase(lane.due_place);
  else
    resting_.erase({*lane.due_ms, lane.due_place});
  lane.due_ms.reset();
}

void Lanes::enter(Named at) {
  Lane& lane = at->second;
  leave(lane);
  if (lane.letters.empty()) {
    if (!lane.live && lane.held.empty()) lanes_.erase(at);
    return;
  }
  if (lane.live || lane.out) return;
  lane.due_ms = lane.rests_until_ms;
  lane.due_place = *lane.letters.begin();
  if (*lane.due_ms == 0)
    ready_.insert(lane.due_place);
  else
    resting_.insert({*lane.due_ms, lane.due_place});
}

}  // namespace bannette::router
