#include "queue/system/random.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "queue/system/clock.hpp"

namespace bannette::system {
namespace {

// Fetched from the kernel for many identifiers at once: the call costs more than all the rest. Not for
// secrets, and not across a fork (this program does none without exec).
struct Pool {
  std::array<std::uint8_t, 1'280> bytes{};
  std::size_t used = sizeof bytes;
};

}  // namespace

Uuid new_uuid7() {
  thread_local Pool pool;
  std::array<std::uint8_t, 10> random{};
  static_assert(sizeof pool.bytes % sizeof random == 0);
  if (pool.used == pool.bytes.size()) {
    randombytes_buf(pool.bytes.data(), pool.bytes.size());
    pool.used = 0;
  }
  std::copy_n(pool.bytes.begin() + static_cast<std::ptrdiff_t>(pool.used), random.size(), random.begin());
  pool.used += random.size();
  return make_uuid7(now().wall_ms, random);
}

}  // namespace bannette::system
