// The site's master key: from a systemd credential or from DATA/master.key. Without it nothing personal can
// be read.
#pragma once
#include <filesystem>
#include <stdexcept>

#include "queue/journal/seal.hpp"

namespace bannette::seal {

// The key is missing, badly kept or unreadable; the text (French) says what to do.
struct KeyRefused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// $CREDENTIALS_DIRECTORY/bannette-master-key, else data_dir/master.key: 64 hexadecimal digits and a newline.
// The file must be a regular one that its owner alone may read (no bit of 0077).
[[nodiscard]] Key load_master_key(const std::filesystem::path& data_dir);

// The same; on a first start it makes the folder (0700) and the key (0600), durably. Refuses where the folder
// holds a database already: a new key could read nothing of it.
[[nodiscard]] Key load_or_make_master_key(const std::filesystem::path& data_dir);

}  // namespace bannette::seal
