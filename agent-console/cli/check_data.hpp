// `bannette check --data DIR`: is the journal what was written, from its first record to its last?
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// One line a finding. Exit code: 0 all holds, 1 something does not or cannot be read, 2 there is no journal
// there.
int run_check_data(const std::filesystem::path& data, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
