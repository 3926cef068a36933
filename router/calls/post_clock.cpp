#include "router/calls/post_clock.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/unordered/unordered_flat_set.hpp>

#include "router/calls/half_hours.hpp"

namespace bannette::calls {
namespace {

// AST_DEVICE_* of Asterisk, include/asterisk/devicestate.h.
bool reachable(std::int32_t status) {
  return status != 0 && status != 4 && status != 5;
}
bool in_call(std::int32_t status) {
  return status == 2 || status == 3 || status == 7 || status == 8;
}

using PostIds = boost::unordered_flat_set<std::string>;

// Posts whose people work on a call that has ended.
PostIds wrapping_up(const Ledger& ledger, std::int64_t now_ms, std::int64_t most_ms) {
  PostIds out;
  ledger.each_call([&](const Call& call) {
    if (call.state != State::wrap_up || call.wrapped) return;
    std::int64_t since_ms = -1;
    for (const auto& leg : call.legs) since_ms = std::max(since_ms, leg.completed.at_ms);
    if (since_ms >= 0 && now_ms - since_ms < most_ms) out.insert(Posts::id(call.pbx, call.post));
  });
  return out;
}

}  // namespace

PostCounts posts_now(const Ledger& ledger, std::int64_t now_ms, const PostRules& rules) {
  PostCounts out;
  const auto wrapping = wrapping_up(ledger, now_ms, rules.wrap_up_most_ms);
  ledger.posts().each([&](const Post& post) {
    if (!reachable(post.status) || (rules.bound_only && post.person.empty())) return;
    if (post.talking || in_call(post.status) || wrapping.contains(Posts::id(post.pbx, post.post)))
      ++out.busy;
    else if (post.paused)
      ++out.paused;
    else
      ++out.free;
  });
  return out;
}

void PostClock::look(const Ledger& ledger, std::int64_t now_ms, const PostRules& rules) {
  const std::int64_t from_ms = std::exchange(last_ms_, std::max(last_ms_, now_ms));
  if (from_ms >= 0 && now_ms > from_ms && now_ms - from_ms <= gap_most_ms) {
    for (std::int64_t at_ms = from_ms; at_ms < now_ms;) {
      const std::int64_t half_ms = half_hour_of(*zone_, at_ms);
      const std::int64_t passed_ms = std::min(half_ms + half_hour_ms, now_ms) - at_ms;
      if (counted_.empty() || counted_.back().half_hour_ms != half_ms)
        counted_.push_back({.half_hour_ms = half_ms});
      auto& time = counted_.back();
      time.busy_ms += seen_.busy * passed_ms;
      time.free_ms += seen_.free * passed_ms;
      time.paused_ms += seen_.paused * passed_ms;
      at_ms += passed_ms;
    }
  }
  seen_ = posts_now(ledger, last_ms_, rules);
}

std::vector<PostTime> PostClock::take() {
  return std::exchange(counted_, {});
}

}  // namespace bannette::calls
