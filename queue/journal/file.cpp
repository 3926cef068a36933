#include "queue/journal/file.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace bannette::journal {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

File::~File() {
  if (fd_ >= 0) ::close(fd_);
}
File::File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
File& File::operator=(File&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

File File::open(const std::filesystem::path& path, int flags, unsigned mode) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  if (fd < 0) fail(path.string());
  return File(fd);
}

void File::write_at(std::size_t offset, std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("pwrite");
    bytes.remove_prefix(static_cast<std::size_t>(n));
    offset += static_cast<std::size_t>(n);
  }
}

void File::sync() const {
  if (::fdatasync(fd_) != 0) fail("fdatasync");
}

void sync_folder(const std::filesystem::path& folder) {
  const File file = File::open(folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(file.fd()) != 0) fail(folder.string());
}

std::optional<std::string> read_small(const std::filesystem::path& path, std::size_t most) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return std::nullopt;
  if (fd < 0) fail(path.string());
  const File file(fd);
  std::string text(most, '\0');
  std::size_t got = 0;
  while (got < most) {
    const ssize_t n = ::read(fd, text.data() + got, most - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path.string());
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  text.resize(got);
  return text;
}

}  // namespace bannette::journal
