// TCP or TLS behind one type. Beast makes a great deal of code of each kind of stream that it is given; so it
// is given one, and only single reads and writes know which it is.
#pragma once
#include <array>
#include <variant>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace bannette::console {

namespace asio = boost::asio;
namespace beast = boost::beast;

// The first of a sequence's buffers, at most kMost: what one reading or writing moves at once. Partial
// transfers are the caller's to go on with, as always with ..._some.
template <class Buffer>
class Pieces {
 public:
  static constexpr std::size_t kMost = 16;
  using value_type = Buffer;
  using const_iterator = const Buffer*;

  template <class Buffers>
  explicit Pieces(const Buffers& buffers) {
    const auto end = asio::buffer_sequence_end(buffers);
    for (auto at = asio::buffer_sequence_begin(buffers); at != end && count_ < kMost; ++at) {
      const Buffer piece(*at);
      if (piece.size() > 0) pieces_[count_++] = piece;
    }
  }
  [[nodiscard]] const_iterator begin() const { return pieces_.data(); }
  [[nodiscard]] const_iterator end() const { return pieces_.data() + count_; }

 private:
  std::array<Buffer, kMost> pieces_{};
  std::size_t count_ = 0;
};

// Meets Beast's AsyncReadStream and AsyncWriteStream. One thread.
class Stream {
 public:
  using executor_type = beast::tcp_stream::executor_type;
  using next_layer_type = beast::tcp_stream;  // what beast::get_lowest_layer gives: deadlines, closing
  using Transferred = asio::any_completion_handler<void(boost::system::error_code, std::size_t)>;
  using Ended = asio::any_completion_handler<void(boost::system::error_code)>;

  explicit Stream(beast::tcp_stream plain);
  Stream(beast::tcp_stream plain, asio::ssl::context& tls);

  [[nodiscard]] executor_type get_executor() noexcept { return next_layer().get_executor(); }
  [[nodiscard]] next_layer_type& next_layer() noexcept;
  [[nodiscard]] const next_layer_type& next_layer() const noexcept;

  // Of TLS; in clear there is nothing to do.
  [[nodiscard]] asio::awaitable<boost::system::error_code> handshake();
  [[nodiscard]] asio::awaitable<void> say_goodbye();  // close_notify (RFC 8446, 6.1)

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const Pieces<asio::mutable_buffer>& pieces) {
          read(pieces, Transferred(std::move(handler)));
        },
        token, Pieces<asio::mutable_buffer>(buffers));
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const Pieces<asio::const_buffer>& pieces) {
          write(pieces, Transferred(std::move(handler)));
        },
        token, Pieces<asio::const_buffer>(buffers));
  }
  // How a WebSocket ends it (found by Beast through the argument's namespace).
  template <class Handler>
  friend void async_teardown(beast::role_type role, Stream& stream, Handler&& handler) {
    stream.tear_down(role, Ended(std::forward<Handler>(handler)));
  }

 private:
  using Plain = beast::tcp_stream;
  using Tls = beast::ssl_stream<beast::tcp_stream>;

  void read(const Pieces<asio::mutable_buffer>& pieces, Transferred handler);
  void write(const Pieces<asio::const_buffer>& pieces, Transferred handler);
  void tear_down(beast::role_type role, Ended handler);

  std::variant<Plain, Tls> stream_;
};

}  // namespace bannette::console
