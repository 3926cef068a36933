// What is done before a journal is trusted, and how its remembered keys are found again.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "queue/journal/reader.hpp"
#include "queue/journal/sqlite_journal.hpp"

namespace bannette::journal {

struct Opened {
  Head head;
  std::uint64_t epoch = 0;
};

[[nodiscard]] std::unique_ptr<sqlite::Database> open_for_writing(const std::filesystem::path& data_dir,
                                                                 const Options& options);

// Makes the tables in a new file; else checks site, version and master key, that the journal reaches the head
// file, and the chain's tail. Then begins a new epoch, durably. Throws CannotOpen, Damaged, sqlite::Error.
[[nodiscard]] Opened admit(sqlite::Database& db, const std::filesystem::path& data_dir,
                           const Options& options);

// The record behind which all changes younger than `since_wall_ms` stand. Clocks may have jumped: the search
// backward ends only after several older records in a row.
[[nodiscard]] std::uint64_t before_keys(Reader& reader, std::uint64_t head, std::int64_t since_wall_ms);

}  // namespace bannette::journal
