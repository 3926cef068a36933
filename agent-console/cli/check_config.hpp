// `bannette check --config DIR`: what is wrong in a configuration, where, and what to write instead.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// One line a finding, then a summary, then what the site says of time where it has no error. 0: no error
// (warnings are allowed); 1: errors; 2: no such folder.
[[nodiscard]] int run_check_config(const std::filesystem::path& folder, std::ostream& out);

}  // namespace bannette::console
