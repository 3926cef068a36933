// Small files with every system call checked.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace bannette::journal {

// An open descriptor; closes itself.
class File {
 public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  ~File();
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  // Throws std::system_error that names the path.
  [[nodiscard]] static File open(const std::filesystem::path& path, int flags, unsigned mode = 0600);
  [[nodiscard]] int fd() const { return fd_; }
  void write_at(std::size_t offset, std::string_view bytes) const;  // all of it; throws std::system_error
  void sync() const;                                                // fdatasync; throws std::system_error

 private:
  int fd_ = -1;
};

void sync_folder(const std::filesystem::path& folder);
// The first `most` bytes; nothing where there is no such file. Throws std::system_error.
[[nodiscard]] std::optional<std::string> read_small(const std::filesystem::path& path, std::size_t most);

}  // namespace bannette::journal
