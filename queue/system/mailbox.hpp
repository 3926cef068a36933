// A bounded mailbox into a thread that polls file descriptors: many may put, one drains in batches.
#pragma once
#include <mutex>
#include <utility>
#include <vector>

#include "queue/system/wake.hpp"

namespace bannette::system {

template <class T>
class Mailbox {
 public:
  explicit Mailbox(std::size_t bound) : bound_(bound) {}

  // False when full: the letter was not taken.
  [[nodiscard]] bool put(T& letter) {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      if (letters_.size() >= bound_) return false;
      first = letters_.empty();
      letters_.push_back(std::move(letter));
    }
    if (first) wake_.signal();
    return true;
  }
  [[nodiscard]] std::vector<T> drain() {
    wake_.clear();
    const std::lock_guard lock(mutex_);
    return std::exchange(letters_, {});
  }
  [[nodiscard]] int fd() const { return wake_.fd(); }  // readable when there may be something
  void wake() { wake_.signal(); }

 private:
  std::mutex mutex_;
  std::vector<T> letters_;
  std::size_t bound_;
  Wake wake_;
};

}  // namespace bannette::system
