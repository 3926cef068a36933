#include "queue/journal/ballast.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "queue/journal/file.hpp"

namespace bannette::journal {

Ballast::Ballast(const std::filesystem::path& data_dir, std::int64_t bytes)
    : path_(data_dir / "ballast"), folder_(data_dir), bytes_(bytes) {
  if (bytes_ > 0) {
    restore();
    return;
  }
  std::error_code ignored;  // a smaller need than before
  std::filesystem::remove(path_, ignored);
}

bool Ballast::room() const {
  std::error_code error;
  const auto space = std::filesystem::space(folder_, error);
  return !error && static_cast<std::int64_t>(space.available) >= 4 * bytes_;
}

bool Ballast::release() {
  if (!there_) return false;
  there_ = false;
  std::error_code error;
  std::filesystem::remove(path_, error);
  if (error) throw std::system_error(error, path_.string());
  sync_folder(folder_);  // file systems may give freed blocks out only after that
  return true;
}

bool Ballast::restore() {
  if (there_ || bytes_ == 0) return there_;
  struct stat status{};
  if (::stat(path_.c_str(), &status) == 0 && status.st_size == bytes_ && status.st_blocks * 512 >= bytes_)
    return there_ = true;
  if (!room()) return false;
  const File file = File::open(path_, O_WRONLY | O_CREAT | O_TRUNC);
  const int rc = ::posix_fallocate(file.fd(), 0, bytes_);
  if (rc == 0) return there_ = true;
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  if (rc != ENOSPC && rc != EDQUOT) throw std::system_error(rc, std::generic_category(), path_.string());
  return false;
}

}  // namespace bannette::journal
