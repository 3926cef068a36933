// `bannette token`: machines' tokens in DATA/accounts.db, also while the service runs.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>

#include "agent-console/cli/user.hpp"

namespace bannette::console::cli {

// Prints the token, alone on a line, on `out`: the only time that it is shown. An empty role is operator: a
// machine that logs calls. The name is the machine's: what the history shows. Exit codes as for run_user_add.
int run_token_add(const AccountOptions& options, std::ostream& out, std::ostream& err);
int run_token_revoke(const std::filesystem::path& data, const std::string& name, std::ostream& err);

}  // namespace bannette::console::cli
