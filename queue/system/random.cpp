#include "queue/system/random.hpp"

#include <sodium.h>

#include "queue/system/clock.hpp"

namespace bannette::system {

Uuid new_uuid7() {
  std::array<std::uint8_t, 10> random{};
  randombytes_buf(random.data(), random.size());
  return make_uuid7(now().wall_ms, random);
}

}  // namespace bannette::system
