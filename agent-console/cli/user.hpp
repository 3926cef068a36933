// `bannette user`: people's accounts in DATA/accounts.db, also while the service runs.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace bannette::console {

struct UserOptions {
  std::filesystem::path data;  // made, with mode 0700, where it does not exist
  std::string name;
  std::string role;  // operator, agent, manager, supervisor, admin, auditor
  std::vector<std::string> units;
  bool password_stdin = false;  // required: a password never stands on a command line
};

// Exit codes: 0 done, 1 refused or failed, 2 wrong use. Messages go to `err`, in French. The password is the
// first line of `in`, without its line end.
int run_user_add(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err);
// A new password for an account that exists; its sessions end.
int run_user_password(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err);
int run_user_remove(const UserOptions& options, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
