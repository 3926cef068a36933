// A timerfd: wakes a thread that polls, after microseconds, where poll itself counts milliseconds.
#pragma once
#include <cstdint>

namespace bannette::system {

class Alarm {
 public:
  Alarm();  // throws std::system_error
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  void set(std::int64_t us);                    // at least 1; replaces what was set
  void clear();                                 // not set, and not readable
  [[nodiscard]] int fd() const { return fd_; }  // readable when it is over

 private:
  int fd_;
};

}  // namespace bannette::system
