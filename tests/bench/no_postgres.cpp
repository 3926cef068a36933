// Built where the client library of this peer is not installed.
#include "tests/bench/system.hpp"

namespace bannette::bench {

std::unique_ptr<System> postgres(const std::filesystem::path&) {
  return nullptr;
}

}  // namespace bannette::bench
