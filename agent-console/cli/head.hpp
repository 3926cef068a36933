// `bannette head --data DIR`: the end of the chain, to be kept somewhere else as an anchor.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// One line, "seq hash". Needs no key. Warns on `err` where queue.head contradicts it (the end was lost), or
// cannot be compared with (missing, unreadable: this line restores it). Exit code: 0 done, 1 it cannot be
// read or queue.head contradicts it, 2 there is no journal there.
int run_head(const std::filesystem::path& data, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
