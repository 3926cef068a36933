// `bannette user`: people's accounts in DATA/accounts.db, also while the service runs.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace bannette::console::cli {

struct AccountOptions {
  std::filesystem::path data;  // must exist
  std::string name;
  std::string role;  // operator, agent, manager, supervisor, admin, auditor
  std::vector<std::string> units;
  std::string pbx;          // a token that may only tell of this PBX's calls
  bool restricted = false;  // an agent's right to restricted topics
};

// Exit codes: 0 done, 1 refused or failed, 2 wrong use (an unknown role, no such folder). Messages go to
// `err`, in French. The password is the first line of `in`, without its line end.
int run_user_add(const AccountOptions& options, std::istream& in, std::ostream& err);
// A new password for an account that exists; its sessions end.
int run_user_password(const std::filesystem::path& data, const std::string& name, std::istream& in,
                      std::ostream& err);
// Gives an agent the right to restricted topics, or takes it; their sessions end.
int run_user_restricted(const std::filesystem::path& data, const std::string& name, bool restricted,
                        std::ostream& err);
int run_user_remove(const std::filesystem::path& data, const std::string& name, std::ostream& err);

}  // namespace bannette::console::cli
