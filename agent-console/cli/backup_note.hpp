// When the last backup was made: DATA/backup.json, written by `bannette backup`, read by whoever watches.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

namespace bannette::console {

struct BackupNote {
  std::int64_t at_ms = 0;   // Unix time
  std::uint64_t bytes = 0;  // of the archive
  std::uint64_t seq = 0;    // the last change in it
};

// False where it cannot be written: the backup is none the worse for it.
bool write_backup_note(const std::filesystem::path& data, const BackupNote& note);
// Nothing: none was made, or the note cannot be read.
[[nodiscard]] std::optional<BackupNote> read_backup_note(const std::filesystem::path& data);

}  // namespace bannette::console
