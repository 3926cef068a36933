#include "tests/integration/mount.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <linux/fs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace bannette::test {
namespace {

namespace fs = std::filesystem;

// Of fs/ext4/ext4.h; not among the headers for programs.
constexpr unsigned long kShutdown = _IOR('X', 125, std::uint32_t);
constexpr std::uint32_t kNoLogFlush = 2;
constexpr unsigned kBlock = 1024 * 1024;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void must(const Command& command) {
  const Ran ran = run(command);
  if (ran.code != 0) throw std::runtime_error(command.program + ": " + ran.err);
}

class Folder {
 public:
  explicit Folder(const fs::path& path) : fd_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (fd_ < 0) fail(path.string());
  }
  ~Folder() { ::close(fd_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

void keep_own_id(const char* map, unsigned id) {
  std::ofstream(map) << id << " " << id << " 1";
}

bool enter() {
  if (::unshare(CLONE_NEWNS) == 0) return true;
  const unsigned user = ::getuid(), group = ::getgid();
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny";
  keep_own_id("/proc/self/uid_map", user);
  keep_own_id("/proc/self/gid_map", group);
  return true;
}

}  // namespace

std::string private_mounts() {
  static const std::string why = []() -> std::string {
    if (!enter()) return std::string("no mount namespace of one's own (unshare): ") + std::strerror(errno);
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
      return std::string("mounts cannot be made private: ") + std::strerror(errno);
    return {};
  }();
  return why;
}

SmallDisk::SmallDisk(std::uint64_t mebibytes) {
  fs::create_directory(path());
  const std::string size = "size=" + std::to_string(mebibytes) + "m,mode=0700";
  if (::mount("bannette-test", path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV, size.c_str()) != 0)
    fail("tmpfs");
}

SmallDisk::~SmallDisk() {
  ::umount2(path().c_str(), MNT_DETACH);
}

void SmallDisk::fill(std::uint64_t left) {
  const int fd = ::open((path() / "filler").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) fail("filler");
  const std::string block(kBlock, 'x');
  for (;;) {
    const std::uint64_t room = fs::space(path()).available;
    if (room <= left) break;
    if (::write(fd, block.data(), std::min<std::uint64_t>(room - left, block.size())) <= 0) break;
  }
  ::close(fd);
}

void SmallDisk::free() {
  fs::remove(path() / "filler");
}

std::string CutDisk::obstacle() {
  if (::geteuid() != 0) return "mounting a loop device needs root";
  if (found("mkfs.ext4").empty()) return "mkfs.ext4 is not installed";
  if (const auto why = private_mounts(); !why.empty()) return why;
  try {
    CutDisk disk(16);
    disk.cut();
    disk.restore();
  } catch (const std::exception& error) {
    return std::string("no ext4 on a loop device that can be shut down: ") + error.what();
  }
  return {};
}

CutDisk::CutDisk(std::uint64_t mebibytes) {
  const fs::path image = folder_.path() / "image";
  std::ofstream(image).close();
  fs::resize_file(image, mebibytes * kBlock);
  must({"mkfs.ext4", {"-q", "-F", image.string()}});
  fs::create_directory(path());
  mount();
}

CutDisk::~CutDisk() {
  ::umount2(path().c_str(), MNT_DETACH);
}

void CutDisk::mount() {
  must({"mount", {"-t", "ext4", "-o", "loop", (folder_.path() / "image").string(), path().string()}});
}

void CutDisk::settle() {
  if (::syncfs(Folder(path()).fd()) != 0) fail("syncfs");
}

void CutDisk::cut() {
  std::uint32_t how = kNoLogFlush;
  if (::ioctl(Folder(path()).fd(), kShutdown, &how) != 0) fail("EXT4_IOC_SHUTDOWN");
}

void CutDisk::restore() {
  if (::umount(path().c_str()) != 0) fail("umount");
  mount();
}

}  // namespace bannette::test
