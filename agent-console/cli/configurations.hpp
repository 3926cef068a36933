// The configurations that were in force, as copies in DATA/configurations/NUMBER: what a roll back goes back
// to. The folder of --config is never written to. A roll back is *pinned*: it stays in force over restarts,
// until the folder is activated again, since a restart at night must not bring back what was just undone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "agent-console/cli/staging.hpp"
#include "agent-console/server/audit.hpp"

namespace bannette::console {

struct KeptConfiguration {
  std::uint64_t number = 0;  // 1, 2, 3 ...
  std::string version;       // Site::rules_version
  std::string digest;        // of all its files, BLAKE2b, hex
  std::int64_t at_ms = 0;    // first put in force, Unix time
  std::string who;
};

struct Pin {
  std::uint64_t number = 0;
  std::int64_t at_ms = 0;
  std::string who;
};

// A folder as it was at one moment: not kept yet, or the kept one that is the same.
class ConfigurationCopy {
 public:
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const std::string& digest() const { return digest_; }

 private:
  friend class Configurations;
  std::unique_ptr<Staging> staging_;  // none: it is kept
  std::filesystem::path folder_;
  std::uint64_t number_ = 0;
  std::string digest_;
};

// Any thread.
class Configurations {
 public:
  static constexpr std::size_t kMost = 12;                       // kept; beyond, the oldest goes
  static constexpr std::size_t kFiles = 200;                     // of one
  static constexpr std::uint64_t kBytes = 256ULL * 1024 * 1024;  // of one

  // Reads what is kept; what is damaged is left out. Makes nothing.
  explicit Configurations(const std::filesystem::path& data);

  // A copy of `from`: its regular files, links followed, without hidden ones and without notes (*.jsonl),
  // which are personal. Where the same is kept and intact, nothing is written: it is that one. Throws
  // std::runtime_error beyond the bounds, std::system_error.
  [[nodiscard]] ConfigurationCopy copy(const std::filesystem::path& from);
  // Of a folder's files, those that a copy has. Throws as copy().
  [[nodiscard]] static std::string digest(const std::filesystem::path& folder);
  // Keeps it, durably. Gives its number. `who`: by whom it was put in force.
  std::uint64_t keep(ConfigurationCopy copy, const std::string& version, const std::string& who);
  // Where a kept one stands; nothing where there is none of this number.
  [[nodiscard]] std::optional<std::filesystem::path> folder(std::uint64_t number) const;
  // Its files are still those that were kept.
  [[nodiscard]] bool intact(std::uint64_t number) const;
  [[nodiscard]] std::vector<KeptConfiguration> all() const;  // newest first

  void pin(std::uint64_t number, const std::string& who);
  void unpin();
  [[nodiscard]] std::optional<Pin> pinned() const;

  // Which one is in force; nothing where it could not be kept.
  void in_force(std::optional<std::uint64_t> number);
  [[nodiscard]] std::optional<std::uint64_t> in_force() const;

 private:
  [[nodiscard]] std::optional<ConfigurationCopy> as_kept(const std::string& digest) const;
  void forget_oldest();  // with the mutex

  std::filesystem::path root_;
  mutable std::mutex mutex_;
  std::vector<KeptConfiguration> kept_;  // in order of number
  std::uint64_t last_number_ = 0;        // of those that are there, also the damaged
  std::optional<Pin> pin_;
  std::optional<std::uint64_t> in_force_;
};

}  // namespace bannette::console
