// One service a data folder: DATA/lock, held with flock(2) as long as this lives. The file holds the process
// id.
#pragma once
#include <filesystem>

#include "queue/journal/file.hpp"

namespace bannette::journal {

class DataLock {
 public:
  // Throws CannotOpen that names the holder, std::system_error where the file cannot be made.
  explicit DataLock(const std::filesystem::path& data_dir);

 private:
  File file_;
};

}  // namespace bannette::journal
