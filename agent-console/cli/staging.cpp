#include "agent-console/cli/staging.hpp"

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

fs::path absolute_of(const fs::path& target) {
  fs::path whole = fs::absolute(target).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();  // written with a slash at its end
  return whole;
}

void sync_all(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory()) journal::sync_folder(entry.path());
    if (!entry.is_regular_file()) continue;
    const auto file = journal::File::open(entry.path(), O_RDONLY);
    file.sync();
  }
  journal::sync_folder(folder);
}

}  // namespace

Staging::Staging(const fs::path& target) : target_(absolute_of(target)) {
  path_ = target_.parent_path() / ("." + target_.filename().string() + ".partial");
  const bool made = fs::create_directory(path_);
  lock_ = journal::File::open(path_, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (::flock(lock_.fd(), LOCK_EX | LOCK_NB) != 0) {
    path_.clear();
    throw std::runtime_error(target_.string() + " : une autre commande est en train de l'écrire");
  }
  fs::permissions(path_, fs::perms::owner_all);
  if (made) return;
  for (const auto& left : fs::directory_iterator(path_)) fs::remove_all(left.path());
}

Staging::~Staging() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

void Staging::put(const fs::path& from) {
  const bool folder = fs::is_directory(from);
  if (folder) sync_all(from);
  const auto move = [&](unsigned flags) {
    return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, target_.c_str(), flags) == 0;
  };
  bool moved = folder ? move(0) : move(RENAME_NOREPLACE);
  if (!moved && !folder && errno == EINVAL) {  // a file system that does not know the flag
    if (fs::exists(fs::symlink_status(target_)))
      errno = EEXIST;
    else
      moved = move(0);
  }
  if (!moved) throw std::system_error(errno, std::generic_category(), target_.string());
  if (folder) path_.clear();
  journal::sync_folder(target_.parent_path());
}

}  // namespace bannette::console
