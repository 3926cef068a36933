// What a backup says of itself (manifest.json, its first entry), and which names it may hold.
#pragma once
#include <cstdint>
#include <string>

namespace bannette::console {

inline constexpr const char* kManifestName = "manifest.json";

struct Manifest {
  std::string program;  // version that wrote it
  std::string site;
  std::int64_t schema = 0;  // of queue.db
  std::uint64_t epoch = 0;
  std::uint64_t head_seq = 0;
  std::string head_hash;        // hexadecimal
  std::int64_t created_ms = 0;  // Unix time
};

[[nodiscard]] std::string text_of(const Manifest& manifest);
// Throws DamagedBackup where it is no manifest, std::runtime_error where a later version wrote it.
[[nodiscard]] Manifest read_manifest(const std::string& text);

// NAME.db of small letters, digits and dashes.
[[nodiscard]] bool is_database_name(const std::string& name);
// Those, the keys and what this program adds; nothing that could leave the folder.
[[nodiscard]] bool is_backup_name(const std::string& name);

}  // namespace bannette::console
