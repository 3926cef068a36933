// What a configuration says of time, as a person reads it back.
#pragma once
#include <string>
#include <vector>

#include "queue/core/rules.hpp"

namespace bannette::router {

// French lines "sujet : valeurs": hours, closed days, delays, escalation, on-call. At most 16 + one for each
// on-call period.
[[nodiscard]] std::vector<std::string> describe_times(const Rules& rules);

}  // namespace bannette::router
