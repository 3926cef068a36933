// Randomness for identifiers, from the kernel (libsodium).
#pragma once
#include "queue/core/ids.hpp"

namespace bannette::system {

[[nodiscard]] Uuid new_uuid7();  // of now

}  // namespace bannette::system
