#include "queue/async/tasks.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>

namespace bannette {

void Tasks::start(std::string name, asio::awaitable<void> task) {
  ++running_;
  asio::co_spawn(executor_, std::move(task),
                 [this, name = std::move(name)](std::exception_ptr error) { ended(name, error); });
}

void Tasks::ended(const std::string& name, std::exception_ptr error) {
  --running_;
  if (error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& e) {
      failed_(name + ": " + e.what());
    } catch (...) {
      failed_(name + ": unknown exception");
    }
  }
  if (running_ == 0 && idle_) std::exchange(idle_, nullptr)();
}

asio::awaitable<bool> Tasks::pause(std::chrono::milliseconds time) {
  if (ending_) co_return false;
  asio::steady_timer timer(executor_, time);
  const auto place = pauses_.insert(&timer).first;
  co_await timer.async_wait(with_error);
  pauses_.erase(place);
  co_return !ending_;
}

void Tasks::end_pauses() {
  ending_ = true;
  for (asio::steady_timer* each : pauses_) each->cancel();
}

void Tasks::when_idle(std::function<void()> idle) {
  idle_ = std::move(idle);
  if (running_ == 0) std::exchange(idle_, nullptr)();
}

}  // namespace bannette
