// DATA/NAME.head: how far the chain in NAME.db reached (queue: the journal; calls), told apart from it, so
// that a shortened one is found out. One line, "seq hash": 20 decimal digits, a space, 64 hexadecimal digits.
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "queue/journal/file.hpp"
#include "queue/journal/journal.hpp"

namespace bannette::journal {

// Nothing where there is no file; throws Damaged where it cannot be read as such.
[[nodiscard]] std::optional<Head> read_head_file(const std::filesystem::path& data_dir,
                                                 const std::string& name = "queue");

// Does a journal that ends with `head` reach what the file told (read before it: a running service only makes
// it longer)? Nothing: it does; else what is wrong, in French. `hash_at`: the journal's stored checksum of a
// record, genesis for 0.
[[nodiscard]] std::optional<std::string> head_disagreement(
    const Head& head, const std::optional<Head>& told,
    const std::function<std::optional<Hash>(std::uint64_t)>& hash_at, const std::string& name = "queue");

class HeadFile {
 public:
  // Makes or rewrites it, durably. Throws std::system_error.
  HeadFile(const std::filesystem::path& data_dir, const Head& head, const std::string& name = "queue");
  // After each commit, never before it. Not synced. No room (a copy-on-write file system) leaves the older
  // line, which is true as well. Throws Broken on another error.
  void write(const Head& head);
  // Once a second, from any thread. Throws Broken.
  void sync();

 private:
  std::string name_;
  File file_;
  std::atomic<bool> changed_ = false;
};

}  // namespace bannette::journal
