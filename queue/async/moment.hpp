// What a coroutine waits for: something that happens on its own thread, or the end of a time.
#pragma once
#include <chrono>
#include <utility>

#include "queue/async/tasks.hpp"

namespace bannette {

class Moment {
 public:
  explicit Moment(const asio::any_io_executor& executor) : timer_(executor) {}
  void come() {
    come_ = true;
    timer_.cancel();
  }
  // True: it came, and counts as not come from now on.
  [[nodiscard]] asio::awaitable<bool> wait(std::chrono::milliseconds most) {
    if (!come_) {
      timer_.expires_after(most);
      co_await timer_.async_wait(with_error);
    }
    co_return std::exchange(come_, false);
  }

 private:
  asio::steady_timer timer_;
  bool come_ = false;
};

}  // namespace bannette
