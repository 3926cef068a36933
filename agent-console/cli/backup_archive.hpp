// A backup's one file: a pax tar (POSIX.1-2001) by libarchive. Its last entry, SUMS.b2, has the BLAKE2b sums
// of all others as b2sum(1) of GNU coreutils writes and checks them. 64 KiB in memory, whatever the sizes.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

namespace bannette::console {

inline constexpr const char* kSumsName = "SUMS.b2";

// The file is not what was written: the text (French) names the entry.
struct DamagedBackup : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ArchiveWriter {
 public:
  // Makes `file`, mode 0600. All throw std::system_error where the system refuses (ENOSPC: no room).
  explicit ArchiveWriter(const std::filesystem::path& file);
  ~ArchiveWriter();
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;
  // `from` must not change its size meanwhile: only copies, and files that are replaced by rename.
  void add(const std::string& name, const std::filesystem::path& from);
  void add_text(const std::string& name, const std::string& text);
  // The sums, the end, and fsync. Its size in bytes.
  std::uint64_t finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Unpacks into `folder` (files 0600, folders 0700) and holds every entry to its sum. Entries are regular
// files with names that `allowed` takes, each once. Throws DamagedBackup, std::system_error; what was
// unpacked by then stays there.
void unpack(const std::filesystem::path& file, const std::filesystem::path& folder,
            const std::function<bool(const std::string& name)>& allowed);

}  // namespace bannette::console
