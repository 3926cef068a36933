#include "agent-console/cli/backup_commands.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

#include "agent-console/cli/backup.hpp"

namespace bannette::console {
namespace {

struct Paths {
  std::filesystem::path data, file, master_key;
};

}  // namespace

void add_backups(CLI::App& app, Chosen& chosen) {
  const auto saved = std::make_shared<Paths>();
  CLI::App& backup = command(app, "backup", "Sauvegarder les données, aussi en service", chosen,
                             [saved] { return run_backup(saved->data, saved->file, std::cout, std::cerr); });
  option(backup, "--data", saved->data, "Dossier de données")->required();
  option(backup, "--to", saved->file, "Fichier à créer")->required();
  const auto back = std::make_shared<Paths>();
  CLI::App& restore =
      command(app, "restore", "Remettre une sauvegarde dans un dossier nouveau", chosen,
              [back] { return run_restore(back->file, back->data, back->master_key, std::cout, std::cerr); });
  option(restore, "--from", back->file, "Sauvegarde")->required();
  option(restore, "--data", back->data, "Dossier de données à créer")->required();
  option(restore, "--master-key", back->master_key, "Fichier de la clé maîtresse, à y mettre aussi");
}

}  // namespace bannette::console
