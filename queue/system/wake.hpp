// An eventfd: wakes a thread that polls.
#pragma once

namespace bannette::system {

class Wake {
 public:
  Wake();  // throws std::system_error
  ~Wake();
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  void signal();  // any thread
  void clear();   // the polling thread, before it looks at what it was woken for
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace bannette::system
