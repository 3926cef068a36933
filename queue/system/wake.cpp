#include "queue/system/wake.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <sys/eventfd.h>
#include <unistd.h>

namespace bannette::system {

Wake::Wake() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Wake::~Wake() {
  ::close(fd_);
}

void Wake::signal() {
  const std::uint64_t one = 1;
  // Full means that it is signalled already.
  [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
}

void Wake::clear() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(fd_, &count, sizeof count);
}

}  // namespace bannette::system
