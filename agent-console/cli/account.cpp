#include "agent-console/cli/account.hpp"

#include <exception>

#include <pwd.h>
#include <unistd.h>

namespace bannette::console::cli {

std::optional<Role> read_role(const std::string& text, std::ostream& err) {
  const auto role = parse_role(text);
  if (!role) {
    err << "bannette: --role « " << text
        << " » n’existe pas : operator, agent, manager, supervisor, admin ou auditor.\n";
  }
  return role;
}

Author shell_author() {
  const passwd* user = ::getpwuid(::getuid());
  Author author;
  author.name += " (" + (user ? std::string(user->pw_name) : std::to_string(::getuid())) + ")";
  return author;
}

void put_down_shell(const std::filesystem::path& data, const std::string& act, const std::string& detail,
                    std::ostream& err) {
  if (!std::filesystem::exists(data / "accounts.db")) return;
  try {
    Accounts accounts(data);
    accounts.audit().append({.act = act, .by = shell_author(), .detail = detail});
  } catch (const std::exception& error) {
    err << "Le registre d'audit n'a pas pu être écrit : " << error.what() << "\n";
  }
}

int with_accounts(const std::filesystem::path& data, std::ostream& err,
                  const std::function<int(Accounts&)>& use) {
  try {
    if (!std::filesystem::is_directory(data)) {
      err << "bannette: --data : pas de dossier de données : " << data.string() << "\n";
      return kWrongUse;
    }
    Accounts accounts(data);
    return use(accounts);
  } catch (const std::exception& error) {
    err << "bannette: " << error.what() << "\n";
    return kFailed;
  }
}

}  // namespace bannette::console::cli
