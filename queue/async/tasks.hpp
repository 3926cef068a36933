// Starts every coroutine of a service: named, counted, and its exception told. Nothing runs unseen. One
// thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bannette {

namespace asio = boost::asio;

// Operations give (error_code, ...) in place of throwing: `const auto [ec, n] = co_await x.async_read(b,
// with_error);`
inline constexpr auto with_error = asio::as_tuple(asio::use_awaitable);

class Tasks {
 public:
  using Failed = std::function<void(const std::string& why)>;
  Tasks(asio::any_io_executor executor, Failed failed)
      : executor_(std::move(executor)), failed_(std::move(failed)) {}

  // An exception that ends the task is told to `failed`, with the task's name: the program should stop.
  void start(std::string name, asio::awaitable<void> task);
  [[nodiscard]] std::size_t running() const { return running_; }
  // Waits, unless the service stops meanwhile (false). For pauses inside a request.
  [[nodiscard]] asio::awaitable<bool> pause(std::chrono::milliseconds time);
  // Ends every pause, now and from now on.
  void end_pauses();
  // Called once, when none runs any more; at once where none does.
  void when_idle(std::function<void()> idle);

 private:
  void ended(const std::string& name, std::exception_ptr error);

  asio::any_io_executor executor_;
  Failed failed_;
  std::size_t running_ = 0;
  std::set<asio::steady_timer*> pauses_;
  bool ending_ = false;
  std::function<void()> idle_;
};

}  // namespace bannette
