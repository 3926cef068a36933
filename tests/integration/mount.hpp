// File systems of a test's own, in a mount namespace that nobody else sees: they end with the test's process.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/integration/service.hpp"

namespace bannette::test {

// Enters the namespace, for this thread and the processes that it makes; to be called before there is another
// thread. Without root a tmpfs can be mounted in a user namespace, where the kernel allows these. Why there
// can be no mounts; empty where there can.
[[nodiscard]] std::string private_mounts();

class SmallDisk {
 public:
  explicit SmallDisk(std::uint64_t mebibytes);  // tmpfs
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "disk"; }
  // Writes one file until `left` bytes are free, or until nothing more fits.
  void fill(std::uint64_t left = 0);
  void free();  // and removes it

 private:
  TemporaryFolder folder_;
};

// An ext4 file system in a file. Cutting its power: the kernel forgets what no sync had written.
class CutDisk {
 public:
  [[nodiscard]] static std::string obstacle();  // why there can be none here
  explicit CutDisk(std::uint64_t mebibytes);
  ~CutDisk();
  CutDisk(const CutDisk&) = delete;
  CutDisk& operator=(const CutDisk&) = delete;

  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "disk"; }
  void settle();   // all that was written reaches the disk
  void cut();      // from now on nothing does, and nothing can be written
  void restore();  // mounted again, as after power came back; whoever used it must have ended

 private:
  void mount();
  TemporaryFolder folder_;
};

}  // namespace bannette::test
