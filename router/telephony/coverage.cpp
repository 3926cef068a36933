#include "router/telephony/coverage.hpp"

#include <algorithm>
#include <limits>

namespace bannette::telephony {

namespace {

constexpr std::int64_t second = 1'000;
constexpr auto never = std::numeric_limits<std::int64_t>::max();

std::int64_t until(const Stretch& stretch) {
  return stretch.to_ms < 0 ? never : stretch.to_ms;
}

}  // namespace

void Coverage::close(std::int64_t at_ms) {
  if (!stretches_.empty() && stretches_.back().to_ms < 0) stretches_.back().to_ms = at_ms;
}

void Coverage::begin(std::int64_t at_ms, bool connected, bool off) {
  timed_ &= at_ms >= 0;
  if (stretches_.size() >= limits::stretches) return;
  close(at_ms);
  stretches_.push_back({.from_ms = at_ms, .to_ms = -1, .connected = connected, .off = off, .heard = false});
}

void Coverage::heard(std::int64_t at_ms, std::string_view privilege, std::string_view uniqueid) {
  if (!agent_class_ && privilege.starts_with("agent,")) {
    agent_class_ = true;
    channels_.clear();
  } else if (!agent_class_ && !uniqueid.empty() && channels_.size() < limits::channels_without_queues) {
    channels_.emplace(uniqueid);
  }
  timed_ &= at_ms >= 0;
  if (stretches_.empty()) begin(at_ms, true, false);
  stretches_.back().heard = true;
}

void Coverage::see(const calls::Event& fact) {
  const auto at = fact.timed ? fact.at_ms : -1;
  switch (fact.kind) {
    case calls::Kind::pbx_up:
      begin(at, true, false);
      break;
    case calls::Kind::pbx_down:
      begin(at, false, false);
      break;
    case calls::Kind::events_off:
      begin(at, true, true);
      break;
    case calls::Kind::events_on:
      // Logged in with "Events: off": nothing says so but that nothing came until they were let through.
      if (!stretches_.empty() && !stretches_.back().heard && stretches_.back().connected)
        stretches_.back().off = true;
      begin(at, true, false);
      break;
    default:
      break;
  }
}

void Coverage::end(std::int64_t at_ms) {
  close(at_ms);
}

bool Coverage::outside(std::int64_t from_ms, std::int64_t to_ms) const {
  if (!timed_) return false;
  return std::ranges::none_of(stretches_, [&](const Stretch& s) {
    return s.connected && from_ms + second <= until(s) && to_ms + second > s.from_ms;
  });
}

bool Coverage::without_queues(std::string_view uniqueid) const {
  return !agent_class_ && channels_.contains(std::string(uniqueid));
}

bool Coverage::off(std::int64_t from_ms, std::int64_t to_ms) const {
  if (!timed_) return false;
  return std::ranges::any_of(stretches_, [&](const Stretch& s) {
    return s.connected && s.off && from_ms < until(s) && to_ms + second > s.from_ms;
  });
}

}  // namespace bannette::telephony
