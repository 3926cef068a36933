// `bannette token`: machines' tokens in DATA/accounts.db, also while the service runs.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace bannette::console {

struct TokenOptions {
  std::filesystem::path data;  // made, with mode 0700, where it does not exist
  std::string name;            // of the machine: what the history shows
  std::string role;            // empty: operator, a machine that logs calls
  std::vector<std::string> units;
};

// Prints the token, alone on a line, on `out`: the only time that it is shown. Exit codes as for
// run_user_add.
int run_token_add(const TokenOptions& options, std::ostream& out, std::ostream& err);
int run_token_revoke(const TokenOptions& options, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
