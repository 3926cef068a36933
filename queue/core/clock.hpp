// Time as the core sees it: given, never asked for.
#pragma once
#include <cstdint>

namespace bannette {

// One moment on two clocks. Deadlines run on wall time; leases on boot time (CLOCK_BOOTTIME), which no one
// can set.
struct Instant {
  std::int64_t wall_ms = 0;   // Unix time
  std::int64_t boot_ms = 0;   // since boot; comparable only while boot_id is the same
  std::uint64_t boot_id = 0;  // which boot
  bool operator==(const Instant&) const = default;
};

}  // namespace bannette
