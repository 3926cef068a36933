// What `bannette user` and `bannette token` share: exit codes, roles, and opening the accounts.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "agent-console/server/accounts.hpp"

namespace bannette::console::cli {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUse = 2;

// Nothing, with a message, where there is no such role.
[[nodiscard]] std::optional<Role> read_role(const std::string& text, std::ostream& err);

// kWrongUse where there is no such folder (a typing error must not make one); turns exceptions into kFailed
// with a message.
[[nodiscard]] int with_accounts(const std::filesystem::path& data, std::ostream& err,
                                const std::function<int(Accounts&)>& use);

// For the audit: who is at this machine's command line.
[[nodiscard]] Author shell_author();
// Puts down what the command line does with people's data. A folder without accounts has no audit; where it
// cannot be written `err` says so, and the command goes on.
void put_down_shell(const std::filesystem::path& data, const std::string& act, const std::string& detail,
                    std::ostream& err);

template <class T>
[[nodiscard]] int report(const Result<T>& result, std::ostream& err) {
  if (result) return kDone;
  err << "bannette: " << result.error().field << " : " << result.error().detail << "\n";
  return kFailed;
}

}  // namespace bannette::console::cli
