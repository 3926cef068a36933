#include "agent-console/cli/user.hpp"

#include <istream>
#include <ostream>

#include "agent-console/cli/account.hpp"
#include "agent-console/server/accounts.hpp"

namespace bannette::console {
namespace {

std::string read_password(std::istream& in) {
  std::string line;
  std::getline(in, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

bool has_password(const UserOptions& options, std::ostream& err) {
  if (!options.password_stdin)
    err << "bannette: donnez --password-stdin et le mot de passe sur l’entrée standard.\n";
  return options.password_stdin;
}

}  // namespace

int run_user_add(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  const auto role = read_role(options.role, err);
  if (!role || !has_password(options, err)) return kWrongUse;
  return with_accounts(options.data, err, [&](Accounts& accounts) {
    std::string password = read_password(in);
    const auto added = accounts.add_user({options.name, *role, options.units}, password);
    forget(password);
    if (added) out << "Compte " << options.name << " créé.\n";
    return report(added, err);
  });
}

int run_user_password(const UserOptions& options, std::istream& in, std::ostream& out, std::ostream& err) {
  if (!has_password(options, err)) return kWrongUse;
  return with_accounts(options.data, err, [&](Accounts& accounts) {
    std::string password = read_password(in);
    const auto changed = accounts.set_password(options.name, password);
    forget(password);
    if (changed) out << "Mot de passe de " << options.name << " changé.\n";
    return report(changed, err);
  });
}

int run_user_remove(const UserOptions& options, std::ostream& out, std::ostream& err) {
  return with_accounts(options.data, err, [&](Accounts& accounts) {
    const auto removed = accounts.remove_user(options.name);
    if (removed) out << "Compte " << options.name << " supprimé.\n";
    return report(removed, err);
  });
}

}  // namespace bannette::console
