// A folder to make something in, beside the place where it will stand whole or not at all.
#pragma once
#include <filesystem>

#include "queue/journal/file.hpp"

namespace bannette::console {

// `.NAME.partial` beside `target`, mode 0700, held with flock(2) and removed at the end; what an earlier run
// left there (killed) is removed first. Throws std::runtime_error where another run is at it, and
// std::system_error.
class Staging {
 public:
  explicit Staging(const std::filesystem::path& target);
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // Moves `from` (this folder, or a file in it) to the target, durably, with all that a folder holds. A
  // target that is there is refused (EEXIST); only an empty folder gives way to a folder.
  void put(const std::filesystem::path& from);

 private:
  std::filesystem::path target_, path_;
  journal::File lock_;
};

}  // namespace bannette::console
