// Copies of databases that are being written, and what a journal needs that was brought back from one.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "queue/journal/journal.hpp"

namespace bannette::journal {

// One consistent snapshot of an SQLite file: page by page, in one read transaction of a read-only connection,
// with a few hundred pages in memory. Writers go on; their log cannot begin anew until it is done. `to` must
// not exist; it is not synced. Throws sqlite::Error.
void copy_database(const std::filesystem::path& from, const std::filesystem::path& to);

struct JournalCopy {
  std::string site;
  std::int64_t schema = 0;
  std::uint64_t epoch = 0;
  Head head;
};

// DATA/queue.db copied into `to_dir`, with a queue.head that is made from the copy, so that they agree. Needs
// no key. Throws sqlite::Error, CannotOpen, Damaged, Broken, std::system_error.
[[nodiscard]] JournalCopy copy_journal(const std::filesystem::path& data_dir,
                                       const std::filesystem::path& to_dir);

// Makes the next opening begin an epoch above `least`, durably. Whoever saw the lost time has seen epochs and
// sequences that will be given again: with the seconds since 1970 as `least` (more than any count of starts),
// no pair of epoch and sequence stands for two things. Throws as above.
void begin_restored(const std::filesystem::path& data_dir, std::uint64_t least);

}  // namespace bannette::journal
