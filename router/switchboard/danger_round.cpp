#include "router/switchboard/danger_round.hpp"

namespace bannette::router {

std::vector<std::string> DangerRound::due(const calls::Callbacks& callbacks, std::int64_t now_ms) {
  if (left_.empty() && now_ms >= next_ms_) {
    next_ms_ = now_ms + each_ms;
    const auto all = callbacks.ranked(now_ms, callbacks.size());
    for (auto each = all.rbegin(); each != all.rend(); ++each) left_.push_back((*each)->number);
  }
  std::vector<std::string> out;
  while (!left_.empty() && out.size() < at_once) {
    out.push_back(std::move(left_.back()));
    left_.pop_back();
  }
  return out;
}

}  // namespace bannette::router
