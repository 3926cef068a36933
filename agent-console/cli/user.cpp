#include "agent-console/cli/user.hpp"

#include <istream>
#include <ostream>

#include "agent-console/cli/account.hpp"
#include "agent-console/server/accounts.hpp"

namespace bannette::console::cli {
namespace {

Result<PasswordHash> read_password(std::istream& in) {
  std::string line;
  std::getline(in, line);
  if (line.ends_with('\r')) line.pop_back();
  auto hash = hash_new_password(line);
  forget(line);
  return hash;
}

}  // namespace

int run_user_add(const AccountOptions& options, std::istream& in, std::ostream& err) {
  const auto role = read_role(options.role, err);
  if (!role) return kWrongUse;
  return with_accounts(options.data, err, [&](Accounts& accounts) {
    const auto hash = read_password(in);
    if (!hash) return report(hash, err);
    return report(
        accounts.add_user({options.name, *role, options.units, options.restricted}, *hash, shell_author()),
        err);
  });
}

int run_user_password(const std::filesystem::path& data, const std::string& name, std::istream& in,
                      std::ostream& err) {
  return with_accounts(data, err, [&](Accounts& accounts) {
    const auto hash = read_password(in);
    if (!hash) return report(hash, err);
    return report(accounts.set_password(name, *hash, shell_author()), err);
  });
}

int run_user_restricted(const std::filesystem::path& data, const std::string& name, bool restricted,
                        std::ostream& err) {
  return with_accounts(data, err, [&](Accounts& accounts) {
    const auto all = accounts.current();
    const auto found = all->people.find(name);
    if (found == all->people.end())
      return report(Result<void>(Refusal{Code::not_found, "name", "Aucun compte « " + name + " »."}), err);
    Person person = found->second.person;
    person.restricted = restricted;
    return report(accounts.change_user(person, found->second.disabled, shell_author()), err);
  });
}

int run_user_remove(const std::filesystem::path& data, const std::string& name, std::ostream& err) {
  return with_accounts(
      data, err, [&](Accounts& accounts) { return report(accounts.remove_user(name, shell_author()), err); });
}

}  // namespace bannette::console::cli
