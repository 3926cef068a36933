#include "agent-console/server/stream.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include "agent-console/server/api.hpp"

namespace bannette::console {
namespace {

// On the stream's own executor: the erased handler's is one that Boost 1.81 cannot post to.
template <class Handler>
auto on(const Stream::executor_type& executor, Handler handler) {
  return asio::bind_executor(
      executor, [handler = std::move(handler)](auto... what) mutable { std::move(handler)(what...); });
}

}  // namespace

Stream::Stream(beast::tcp_stream plain) : stream_(std::in_place_type<Plain>, std::move(plain)) {}

Stream::Stream(beast::tcp_stream plain, asio::ssl::context& tls)
    : stream_(std::in_place_type<Tls>, std::move(plain), tls) {}

Stream::next_layer_type& Stream::next_layer() noexcept {
  if (auto* tls = std::get_if<Tls>(&stream_)) return tls->next_layer();
  return *std::get_if<Plain>(&stream_);
}

const Stream::next_layer_type& Stream::next_layer() const noexcept {
  if (const auto* tls = std::get_if<Tls>(&stream_)) return tls->next_layer();
  return *std::get_if<Plain>(&stream_);
}

asio::awaitable<boost::system::error_code> Stream::handshake() {
  auto* tls = std::get_if<Tls>(&stream_);
  if (tls == nullptr) co_return boost::system::error_code{};
  const auto [error] = co_await tls->async_handshake(asio::ssl::stream_base::server, with_error);
  co_return error;
}

asio::awaitable<void> Stream::say_goodbye() {
  auto* tls = std::get_if<Tls>(&stream_);
  if (tls != nullptr) co_await tls->async_shutdown(with_error);
}

void Stream::read(const Pieces<asio::mutable_buffer>& pieces, Transferred handler) {
  std::visit([&](auto& stream) { stream.async_read_some(pieces, on(get_executor(), std::move(handler))); },
             stream_);
}

void Stream::write(const Pieces<asio::const_buffer>& pieces, Transferred handler) {
  std::visit([&](auto& stream) { stream.async_write_some(pieces, on(get_executor(), std::move(handler))); },
             stream_);
}

void Stream::tear_down(beast::role_type role, Ended handler) {
  using beast::websocket::async_teardown;
  std::visit([&](auto& stream) { async_teardown(role, stream, on(get_executor(), std::move(handler))); },
             stream_);
}

}  // namespace bannette::console
