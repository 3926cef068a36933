#include "tests/journal/engines.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <sqlite3.h>

namespace bannette::test {

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "bannette-journal-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

SqliteEngine::SqliteEngine() {
  seal::start();
  options.site = site;
  options.master = seal::random_key();
  options.vfs = vfs.name();
  options.wal_reserve_bytes = 64 * 1024;
  options.ballast_bytes = 0;
}

void settle(journal::Journal& journal) {
  while (journal.tidy(journal::Pause::lasting)) {
  }
}

void SqliteEngine::crash(std::unique_ptr<journal::Journal>& journal, std::uint64_t seed) {
  vfs.cut_power();
  journal.reset();
  vfs.restore(seed);
}

void SqliteEngine::disk_full(bool full) {
  if (full)
    vfs.fail(FaultyVfs::Operation::write, 1, SQLITE_FULL, true);
  else
    vfs.heal();
}

void SqliteEngine::break_syncs() {
  vfs.fail(FaultyVfs::Operation::sync, 1, SQLITE_IOERR_FSYNC, true);
}

void SimEngine::crash(std::unique_ptr<journal::Journal>& journal, std::uint64_t seed) {
  journal.reset();
  disk.crash(seed % 2);
}

}  // namespace bannette::test
