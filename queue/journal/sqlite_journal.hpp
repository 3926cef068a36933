// The journal in DATA/queue.db (SQLite), with DATA/queue.head and DATA/lock beside it. Format and guarantees:
// README.md.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "queue/journal/journal.hpp"
#include "queue/journal/seal.hpp"

namespace bannette::journal {

struct Options {
  std::string site;  // its code; a folder of another site is refused
  seal::Key master;  // seal::load_or_make_master_key
  std::string vfs;   // SQLite VFS; empty: the system's

  // The write-ahead log is copied back after a commit that leaves it beyond `wal_soft_bytes`; beyond
  // `wal_hard_bytes` readers are waited for, `wal_wait_ms` at most, so that it can begin anew.
  std::int64_t wal_soft_bytes = 8 * 1024 * 1024;
  std::int64_t wal_hard_bytes = 64 * 1024 * 1024;
  int wal_wait_ms = 100;
  // Checked at opening: the tail that no earlier reading has checked, and always the newest `verify_least`
  // records; at most the newest `verify_most` (about 3 s), the rest by verify_some().
  std::uint64_t verify_least = 1'000;
  std::uint64_t verify_most = 1'000'000;
};

// Opens for writing, or makes, the journal of a site in an existing folder. Throws CannotOpen, Damaged,
// DiskFull, Broken, std::system_error.
[[nodiscard]] std::unique_ptr<Journal> open_sqlite(const std::filesystem::path& data_dir,
                                                   const Options& options);

}  // namespace bannette::journal
