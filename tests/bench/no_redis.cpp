// Built where the client library of this peer is not installed.
#include "tests/bench/system.hpp"

namespace bannette::bench {

std::unique_ptr<System> redis(const std::filesystem::path&) {
  return nullptr;
}

}  // namespace bannette::bench
