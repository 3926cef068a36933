#include "queue/system/alarm.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/timerfd.h>
#include <unistd.h>

namespace bannette::system {

Alarm::Alarm() : fd_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
}

Alarm::~Alarm() {
  ::close(fd_);
}

void Alarm::set(std::int64_t us) {
  const std::int64_t left = std::max<std::int64_t>(1, us);
  const itimerspec at{{}, {left / 1'000'000, left % 1'000'000 * 1'000}};
  ::timerfd_settime(fd_, 0, &at, nullptr);
}

void Alarm::clear() {
  const itimerspec never{};
  ::timerfd_settime(fd_, 0, &never, nullptr);  // an expiry that nobody read goes with it
}

}  // namespace bannette::system
