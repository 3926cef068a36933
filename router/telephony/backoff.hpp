// When to try again: longer each time, never in step with others.
#pragma once
#include <algorithm>
#include <cstdint>

namespace bannette::telephony {

struct Backoff {  // milliseconds
  std::int64_t first = 1'000;
  std::int64_t most = 60'000;
  std::int64_t refused = 300'000;  // after a login that was refused: only a person can change that
  std::int64_t steady = 30'000;    // a connection that lasted so long was a good one

  // After `failures` in a row (from 1). Half of it is chance ("equal jitter": M. Brooker, "Exponential
  // Backoff And Jitter", AWS 2015); `random` is any number.
  [[nodiscard]] std::int64_t delay(unsigned failures, bool was_refused, std::uint32_t random) const {
    auto whole = was_refused ? refused : first;
    for (unsigned i = 1; !was_refused && i < failures && whole < most; ++i) whole *= 2;
    if (!was_refused) whole = std::min(whole, most);
    return whole / 2 + static_cast<std::int64_t>(random) % (whole / 2 + 1);
  }
};

}  // namespace bannette::telephony
