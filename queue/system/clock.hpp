// The machine's clocks, as the core wants them.
#pragma once
#include "queue/core/clock.hpp"

namespace bannette::system {

// Wall time (CLOCK_REALTIME), time since boot with sleep included (CLOCK_BOOTTIME), and which boot it is.
[[nodiscard]] Instant now();
[[nodiscard]] std::int64_t boot_ms();

}  // namespace bannette::system
