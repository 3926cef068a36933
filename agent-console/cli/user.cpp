#include "agent-console/cli/user.hpp"

#include <istream>
#include <ostream>

#include "agent-console/cli/account.hpp"
#include "agent-console/server/accounts.hpp"

namespace bannette::console::cli {
namespace {

std::string read_password(std::istream& in) {
  std::string line;
  std::getline(in, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

int run_user_add(const AccountOptions& options, std::istream& in, std::ostream& err) {
  const auto role = read_role(options.role, err);
  if (!role) return kWrongUse;
  return with_accounts(options.data, err, [&](Accounts& accounts) {
    std::string password = read_password(in);
    const auto added = accounts.add_user({options.name, *role, options.units}, password);
    forget(password);
    return report(added, err);
  });
}

int run_user_password(const std::filesystem::path& data, const std::string& name, std::istream& in,
                      std::ostream& err) {
  return with_accounts(data, err, [&](Accounts& accounts) {
    std::string password = read_password(in);
    const auto changed = accounts.set_password(name, password);
    forget(password);
    return report(changed, err);
  });
}

int run_user_remove(const std::filesystem::path& data, const std::string& name, std::ostream& err) {
  return with_accounts(data, err,
                       [&](Accounts& accounts) { return report(accounts.remove_user(name), err); });
}

}  // namespace bannette::console::cli
