#include "agent-console/cli/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <ostream>
#include <string>
#include <system_error>
#include <vector>

#include <boost/json.hpp>

#include "agent-console/cli/backup_archive.hpp"
#include "agent-console/cli/backup_manifest.hpp"
#include "agent-console/cli/backup_note.hpp"
#include "agent-console/cli/staging.hpp"
#include "queue/journal/backup.hpp"
#include "queue/journal/chain.hpp"
#include "queue/journal/sqlite.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

// Every database but the journal's own, so that one of a later part is not forgotten.
std::vector<std::string> other_databases(const fs::path& data) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(data)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name != "queue.db" && is_database_name(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> key_files(const fs::path& data) {
  std::vector<std::string> names;
  for (const char* name : {"server.key", "server.key.pub"})
    if (fs::is_regular_file(data / name)) names.emplace_back(name);
  if (!fs::is_directory(data / "keys")) return names;
  for (const auto& entry : fs::directory_iterator(data / "keys")) {
    const std::string name = "keys/" + entry.path().filename().string();
    if (entry.is_regular_file() && is_backup_name(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// A key that was revoked since it was listed is not in the backup.
void add_keys(ArchiveWriter& archive, const fs::path& data) {
  for (const auto& name : key_files(data)) {
    try {
      archive.add(name, data / name);
    } catch (const std::system_error& error) {
      if (error.code() != std::errc::no_such_file_or_directory) throw;
    }
  }
}

std::uint64_t make(const fs::path& data, const fs::path& to, Manifest& manifest) {
  Staging staging(to);
  // The others first: a request that leaves the outbox meanwhile is in the journal's copy, or in both, and
  // its key makes one dossier of them. The other way round it could be in neither.
  const auto others = other_databases(data);
  for (const auto& name : others) journal::copy_database(data / name, staging.path() / name);
  const auto copy = journal::copy_journal(data, staging.path());
  manifest.site = copy.site;
  manifest.schema = copy.schema;
  manifest.epoch = copy.epoch;
  manifest.head_seq = copy.head.seq;
  manifest.head_hash = journal::to_hex(copy.head.hash);

  const fs::path draft = staging.path() / "archive";
  std::uint64_t size = 0;
  {
    ArchiveWriter archive(draft);
    archive.add_text(kManifestName, text_of(manifest));
    archive.add("queue.db", staging.path() / "queue.db");
    archive.add("queue.head", staging.path() / "queue.head");
    for (const auto& name : others) archive.add(name, staging.path() / name);
    add_keys(archive, data);
    size = archive.finish();
  }
  staging.put(draft);
  return size;
}

int failed(const fs::path& to, const std::string& why, bool full, std::ostream& err) {
  err << "erreur : " << (full ? "plus assez de place à côté de " + to.string() + " : " : "") << why
      << "\nRien n'a été laissé.\n";
  return 1;
}

}  // namespace

int run_backup(const fs::path& data, const fs::path& to, std::ostream& out, std::ostream& err) {
  if (!fs::exists(data / "queue.db")) {
    err << "--data : " << data.string() << " ne contient pas de journal (queue.db)\n";
    return 2;
  }
  if (fs::exists(fs::symlink_status(to)) || !to.has_filename()) {
    err << "--to : " << to.string() << " existe déjà ; une sauvegarde n'en remplace jamais une autre\n";
    return 2;
  }
  try {
    Manifest manifest;
    manifest.program = BANNETTE_VERSION;
    manifest.created_ms = system::now().wall_ms;
    const std::uint64_t size = make(data, to, manifest);
    out << "Sauvegarde de « " << manifest.site << " » jusqu'à l'enregistrement " << manifest.head_seq << " : "
        << to.string() << " (" << size << " octets)\n"
        << "La clé maîtresse n'y est pas. Gardez-la à part : sans elle, rien de personnel ne se relit.\n";
    if (!write_backup_note(data, {manifest.created_ms, size, manifest.head_seq}))
      err << "La date de la sauvegarde n'a pas pu être notée dans " << data.string() << '\n';
    return 0;
  } catch (const sqlite::Error& error) {
    return failed(to, error.what(), error.full(), err);
  } catch (const std::system_error& error) {
    const bool full = error.code().value() == ENOSPC || error.code().value() == EDQUOT;
    return failed(to, error.what(), full, err);
  } catch (const std::exception& error) {
    return failed(to, error.what(), false, err);
  }
}

}  // namespace bannette::console
