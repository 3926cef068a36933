// File descriptors. libzmq has no bound on its connections, so the service takes all that it may have, and
// does not start where that could not be enough for what it promises beside them.
#pragma once
#include <cstdint>

namespace bannette::console {

// Raises the soft limit (RLIMIT_NOFILE, setrlimit(2)) to the hard one. Throws std::runtime_error, in French,
// where that is less than `least`; nothing is changed then.
void claim_descriptors(std::uint64_t least);

}  // namespace bannette::console
