#include "agent-console/core/throttle.hpp"

#include <algorithm>

namespace bannette::console {

std::int64_t Throttle::delay(int failures) const {
  const int beyond = failures - bounds_.free_failures;
  if (beyond < 0) return 0;
  return std::min(bounds_.most_delay_ms, bounds_.first_delay_ms << std::min(beyond, 20));
}

std::int64_t Throttle::admit(const std::string& place, std::int64_t now_ms) {
  const auto at = places_.find(place);
  if (at == places_.end()) return 0;
  Place& known = at->second;
  const std::int64_t pause = delay(known.failures);
  if (pause == 0) return 0;
  const std::int64_t when = std::max(now_ms, known.next_ms);
  if (when - now_ms > bounds_.most_wait_ms) return -1;
  known.next_ms = when + pause;
  return when - now_ms;
}

void Throttle::failed(const std::string& place, std::int64_t now_ms) {
  if (places_.find(place) == places_.end()) make_room(now_ms);
  Place& known = places_[place];
  if (now_ms - known.last_ms > bounds_.forget_ms) known = {};
  ++known.failures;
  known.last_ms = now_ms;
  known.next_ms = std::max(known.next_ms, now_ms + delay(known.failures));
}

void Throttle::succeeded(const std::string& place, std::int64_t now_ms) {
  places_.erase(place);
  if (known_.size() >= bounds_.places && known_.find(place) == known_.end()) {
    known_.erase(std::min_element(known_.begin(), known_.end(),
                                  [](const auto& a, const auto& b) { return a.second < b.second; }));
  }
  known_[place] = now_ms;
}

bool Throttle::known(const std::string& place, std::int64_t now_ms) const {
  const auto at = known_.find(place);
  return at != known_.end() && now_ms - at->second <= bounds_.remember_ms;
}

void Throttle::make_room(std::int64_t now_ms) {
  if (places_.size() < bounds_.places) return;
  std::erase_if(places_, [&](const auto& each) { return now_ms - each.second.last_ms > bounds_.forget_ms; });
  if (places_.size() < bounds_.places) return;
  const auto stalest = std::min_element(places_.begin(), places_.end(), [](const auto& a, const auto& b) {
    return a.second.last_ms < b.second.last_ms;
  });
  places_.erase(stalest);
}

}  // namespace bannette::console
