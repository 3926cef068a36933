// The journal in DATA/queue.db (SQLite), with DATA/queue.head, DATA/lock and DATA/ballast beside it. Format
// and guarantees: README.md.
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

  // tidy() copies the write-ahead log back when it has grown by `wal_soft_bytes` since the last time (by a
  // hundredth of it when nothing goes on). Its syncs take some 20 ms, for which the next batch would wait: at
  // a person's pace they come in pauses, under load seldom. append() does it when nobody has called tidy()
  // and it is beyond `wal_hard_bytes`, waiting for readers `wal_wait_ms` at most. The log's file keeps
  // `wal_reserve_bytes`.
  std::int64_t wal_soft_bytes = 24 * 1024 * 1024;
  std::int64_t wal_hard_bytes = 64 * 1024 * 1024;
  int wal_wait_ms = 100;
  std::int64_t wal_reserve_bytes = 32 * 1024 * 1024;

  // The tables derived from records are written when so many dossiers have changed, or so many records would
  // have to be folded at a start (about 5 µs each); and when it is quiet.
  std::size_t pending_dossiers = 20'000;
  std::size_t pending_records = 60'000;

  std::int64_t ballast_bytes = 16 * 1024 * 1024;  // 0: none

  // Checked at opening: the tail that no earlier reading has checked, and always the newest `verify_least`
  // records; at most the newest `verify_most` (about 0.5 s), the rest by verify_some().
  std::uint64_t verify_least = 1'000;
  std::uint64_t verify_most = 200'000;
};

// Opens for writing, or makes, the journal of a site in an existing folder; migrates one of an older version.
// Throws CannotOpen, Damaged, DiskFull, Broken, std::system_error.
[[nodiscard]] std::unique_ptr<Journal> open_sqlite(const std::filesystem::path& data_dir,
                                                   const Options& options);

}  // namespace bannette::journal
