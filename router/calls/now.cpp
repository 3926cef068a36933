#include "router/calls/now.hpp"

#include <algorithm>

#include "router/calls/post_clock.hpp"

namespace bannette::calls {

Now now_of(const Ledger& ledger, const Callbacks& callbacks, std::int64_t now_ms, const PostRules& rules,
           std::string_view queue) {
  Now out;
  const auto waits_since = [&](std::int64_t joined_ms) {
    ++out.waiting;
    if (joined_ms >= 0)
      out.longest_wait_ms =
          std::max(out.longest_wait_ms.value_or(0), std::max<std::int64_t>(0, now_ms - joined_ms));
  };
  ledger.each_call([&](const Call& call) {
    std::int64_t since_ms = -1;  // of this wait: from the first queue after the last conversation
    bool waiting = false, talking = false;
    const Leg* before = nullptr;
    for (const auto& leg : call.legs) {
      if (!queue.empty() && leg.queue != queue) continue;
      if (!before || !queue.empty() || before->outcome() == Outcome::answered) since_ms = leg.joined.at_ms;
      waiting = leg.waiting();
      talking = talking || leg.talking();
      before = &leg;
    }
    if (waiting) waits_since(since_ms);
    if (talking) ++out.talking;
  });
  if (!queue.empty()) return out;  // posts and callbacks are of no queue
  out.posts = posts_now(ledger, now_ms, rules);
  out.callbacks = callbacks.size();
  out.callbacks_danger = callbacks.in_danger();
  if (const auto oldest_ms = callbacks.oldest_ms(); oldest_ms > 0)
    out.callback_age_ms = std::max<std::int64_t>(0, now_ms - oldest_ms);
  return out;
}

}  // namespace bannette::calls
