// What a replay found, as JSON: for `bannette replay --json` and for the administrator's screen.
#pragma once
#include <cstddef>
#include <vector>

#include <boost/json/object.hpp>

#include "router/core/reach.hpp"
#include "router/core/replay.hpp"
#include "router/review/past.hpp"

namespace bannette::console {

// `notes`: with what people typed; else nothing personal. `most`: of each list; all are counted.
[[nodiscard]] boost::json::object json_of(const router::Replayed& replayed,
                                          const std::vector<router::Unreachable>& unreachable,
                                          const router::PastTally& tally, bool notes,
                                          std::size_t most = router::replay_listed_max);

}  // namespace bannette::console
