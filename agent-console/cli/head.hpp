// `bannette head --data DIR`: the end of the chain, to be kept somewhere else as an anchor.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// One line, "seq hash". Needs no key. Exit code: 0 done, 1 it cannot be read, 2 there is no journal there.
int run_head(const std::filesystem::path& data, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
