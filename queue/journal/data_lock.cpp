#include "queue/journal/data_lock.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "queue/journal/journal.hpp"

namespace bannette::journal {

DataLock::DataLock(const std::filesystem::path& data_dir) {
  const auto path = data_dir / "lock";
  file_ = File::open(path, O_RDWR | O_CREAT);
  if (::flock(file_.fd(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) throw std::system_error(errno, std::generic_category(), path.string());
    std::string holder = read_small(path, 32).value_or("");
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    throw CannotOpen(data_dir.string() + " : un autre service l'utilise déjà" +
                     (holder.empty() ? "" : " (processus " + holder + ")"));
  }
  if (::ftruncate(file_.fd(), 0) != 0) throw std::system_error(errno, std::generic_category(), path.string());
  file_.write_at(0, std::to_string(::getpid()) + "\n");
}

}  // namespace bannette::journal
