#include <cerrno>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "agent-console/cli/backup.hpp"
#include "agent-console/cli/backup_archive.hpp"
#include "agent-console/cli/backup_manifest.hpp"
#include "agent-console/cli/check_data.hpp"
#include "agent-console/cli/staging.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "queue/journal/backup.hpp"
#include "queue/journal/chain.hpp"
#include "queue/journal/file.hpp"
#include "queue/journal/head_file.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/journal/reader.hpp"
#include "queue/system/clock.hpp"
#include "router/switchboard/calls_check.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kManifestMost = 64 * 1024;
constexpr std::size_t kKeyFileMost = 1'024;

void require(bool holds, const std::string& what) {
  if (!holds) throw DamagedBackup("sauvegarde endommagée : " + what);
}

// The three that speak of the journal's end must agree.
Manifest check_parts(const fs::path& folder) {
  const auto text = journal::read_small(folder / kManifestName, kManifestMost);
  require(text.has_value(), std::string(kManifestName) + " manque");
  const Manifest manifest = read_manifest(*text);
  require(fs::exists(folder / "queue.db"), "queue.db manque");
  const auto told = journal::read_head_file(folder);
  require(told.has_value(), "queue.head manque");
  const auto head = journal::read_head(folder);
  require(
      head == *told && head.seq == manifest.head_seq && journal::to_hex(head.hash) == manifest.head_hash,
      "queue.db, queue.head et " + std::string(kManifestName) + " ne parlent pas de la même fin du journal");
  return manifest;
}

void put_master_key(const fs::path& from, const fs::path& folder) {
  auto text = journal::read_small(from, kKeyFileMost);
  if (!text) throw std::runtime_error("--master-key : fichier introuvable : " + from.string());
  const auto file = journal::File::open(folder / "master.key", O_WRONLY | O_CREAT | O_EXCL, 0600);
  file.write_at(0, *text);
  seal::wipe(*text);
}

// Nothing: no key was given, and systemd gave none either.
std::optional<seal::Key> key_for(const fs::path& folder, const fs::path& given) {
  if (!given.empty()) {
    put_master_key(given, folder);
    return seal::load_master_key(folder);
  }
  try {
    return seal::load_master_key(folder);
  } catch (const seal::KeyRefused&) {
    return std::nullopt;
  }
}

int restore(const fs::path& from, const fs::path& data, const fs::path& master_key, std::ostream& out,
            std::ostream& err) {
  Staging staging(data);
  const fs::path& folder = staging.path();
  unpack(from, folder, is_backup_name);
  const Manifest manifest = check_parts(folder);
  fs::remove(folder / kManifestName);
  if (fs::exists(folder / "calls.db")) router::begin_restored_calls(folder);
  const auto key = key_for(folder, master_key);
  int code = 0;
  if (key) {
    const journal::Reader its_own(folder, *key);  // else it throws: nothing is made with a wrong key
    code = run_check_data(folder, out, err);
  }
  journal::begin_restored(folder, static_cast<std::uint64_t>(system::now().wall_ms / 1'000));
  staging.put(folder);
  out << "Restauré dans " << data.string() << " : site « " << manifest.site << " », sauvegarde du "
      << local_time(manifest.created_ms) << ", jusqu'à l'enregistrement " << manifest.head_seq << ".\n";
  if (!key)
    out << "La clé maîtresse manque encore : mettez-la dans " << (data / "master.key").string()
        << " (mode 0600), puis « bannette check --data " << data.string()
        << " ». Le contenu n'a pas été contrôlé.\n";
  out << "Ce qui a été enregistré ou révoqué depuis la sauvegarde n'y est pas : voir README, « Restoring "
         "».\n";
  if (code != 0) err << "Le journal avait déjà ces anomalies quand il a été sauvegardé.\n";
  return code;
}

bool is_new(const fs::path& data) {
  if (!fs::exists(fs::symlink_status(data))) return true;
  return fs::is_directory(fs::symlink_status(data)) && fs::is_empty(data);
}

}  // namespace

int run_restore(const fs::path& from, const fs::path& data, const fs::path& master_key, std::ostream& out,
                std::ostream& err) {
  if (!fs::is_regular_file(from)) {
    err << "--from : fichier introuvable : " << from.string() << '\n';
    return 2;
  }
  if (!is_new(data)) {
    err << "--data : " << data.string() << " n'est pas un dossier nouveau ou vide ; rien n'y est remplacé\n";
    return 2;
  }
  try {
    return restore(from, data, master_key, out, err);
  } catch (const sqlite::Error& error) {
    err << "erreur : " << error.what() << "\nRien n'a été fait.\n";
  } catch (const std::system_error& error) {
    const bool full = error.code().value() == ENOSPC || error.code().value() == EDQUOT;
    err << "erreur : " << (full ? "plus assez de place : " : "") << error.what() << "\nRien n'a été fait.\n";
  } catch (const std::exception& error) {
    err << "erreur : " << error.what() << "\nRien n'a été fait.\n";
  }
  return 1;
}

}  // namespace bannette::console
