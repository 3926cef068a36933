// `bannette submit`: JSON Lines in, one line each out, in order, flushed.
#pragma once
#include <iosfwd>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {

// Exit 0 when each line got a receipt, 1 otherwise. Lines go out in the order in which they came, at most 64
// at once without an answer. A line without `key` gets one, which its answer tells. Blank lines are passed
// over. Where the service cannot be reached, each line gets that as its error. Reading stops when `out`
// cannot be written.
int run_submit(const QueueConnectionOptions& options, std::istream& in, std::ostream& out);

}  // namespace bannette::console
