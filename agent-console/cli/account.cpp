#include "agent-console/cli/account.hpp"

#include <exception>

namespace bannette::console::cli {

std::optional<Role> read_role(const std::string& text, std::ostream& err) {
  const auto role = parse_role(text);
  if (!role) {
    err << "bannette: --role « " << text
        << " » n’existe pas : operator, agent, manager, supervisor, admin ou auditor.\n";
  }
  return role;
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
