// A function that answers through a callback, as something to wait for.
#pragma once
#include <memory>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bannette {

namespace asio = boost::asio;

// Calls `start(done)`; what `done(T)` is given, once and on any thread, also before `start` returns. The
// coroutine goes on on its own executor.
template <class T, class Start>
asio::awaitable<T> answer_of(Start start) {
  auto begin = [&start](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    start([shared](T given) {
      const auto executor = asio::get_associated_executor(*shared);
      asio::post(executor,
                 [shared, given = std::move(given)]() mutable { std::move (*shared)(std::move(given)); });
    });
  };
  auto given =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(begin, asio::use_awaitable);
  co_return given;
}

}  // namespace bannette
