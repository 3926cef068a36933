#include "agent-console/cli/token.hpp"

#include <ostream>

#include "agent-console/cli/account.hpp"

namespace bannette::console::cli {

int run_token_add(const AccountOptions& options, std::ostream& out, std::ostream& err) {
  if (!options.pbx.empty()) {
    if (!options.role.empty() || !options.units.empty()) {
      err << "--pbx : le jeton d'un autocommutateur n'a ni rôle ni unité\n";
      return kWrongUse;
    }
    return with_accounts(options.data, err, [&](Accounts& accounts) {
      const auto token = accounts.add_pbx_token(options.name, options.pbx, shell_author());
      if (token) out << *token << std::endl;
      return report(token, err);
    });
  }
  const auto role = options.role.empty() ? std::optional(Role::operator_) : read_role(options.role, err);
  if (!role) return kWrongUse;
  return with_accounts(options.data, err, [&](Accounts& accounts) {
    const auto token =
        accounts.add_token({options.name, *role, options.units, options.restricted}, shell_author());
    if (token) out << *token << std::endl;
    return report(token, err);
  });
}

int run_token_revoke(const std::filesystem::path& data, const std::string& name, std::ostream& err) {
  return with_accounts(data, err, [&](Accounts& accounts) {
    return report(accounts.remove_token(name, shell_author()), err);
  });
}

}  // namespace bannette::console::cli
