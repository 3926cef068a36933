#include "queue/core/leftover.hpp"

#include <algorithm>

namespace bannette {

std::vector<Leftover> leftovers(const Rules& rules, const std::vector<BannetteCount>& counts) {
  std::vector<Leftover> out;
  for (const BannetteCount& count : counts) {
    const std::uint64_t open = count.waiting + count.reserved + count.in_progress + count.on_hold;
    const bool known =
        std::find(rules.bannettes.begin(), rules.bannettes.end(), count.bannette) != rules.bannettes.end();
    if (open > 0 && !known) out.push_back({count.bannette, open});
  }
  return out;
}

}  // namespace bannette
