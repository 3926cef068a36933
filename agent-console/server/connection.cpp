#include "agent-console/server/connection.hpp"

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "agent-console/server/live_socket.hpp"
#include "agent-console/server/stream.hpp"
#include "agent-console/server/wire.hpp"

namespace bannette::console {
namespace {

namespace http = beast::http;

constexpr std::string_view kLivePath = "/api/v1/live";
constexpr std::size_t kLinger = 1024 * 1024;  // what is read and dropped so that a refusal reaches its sender
constexpr std::chrono::seconds kLingerTime{2};

class Connection {
 public:
  Connection(Serving& serving, Stream stream, std::string peer, Connections::Place place)
      : serving_(serving),
        limits_(serving.api.options.limits),
        stream_(std::move(stream)),
        buffer_(limits_.buffer),
        peer_(std::move(peer)),
        place_(place) {
    place_->second.abort = [this] { lowest().close(); };
  }

  asio::awaitable<void> run() {
    for (bool more = true; more;) {
      place_->second.idle = true;
      const bool arrived = co_await wait_for_request();
      if (!arrived) co_return;
      place_->second.idle = false;
      const bool again = co_await one_request();
      more = again && !serving_.api.stopping;
    }
    if (!handed_over_) co_await close();
  }

 private:
  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  // An idle connection may wait long; once a request has begun, its head has its own deadline.
  asio::awaitable<bool> wait_for_request() {
    if (buffer_.size() > 0) co_return true;
    if (serving_.api.stopping) co_return false;
    lowest().expires_after(limits_.idle);
    const auto room = buffer_.prepare(limits_.header / 4);
    const auto [error, size] = co_await stream_.async_read_some(room, with_error);
    buffer_.commit(size);
    co_return !error;
  }

  // True: another request may follow.
  asio::awaitable<bool> one_request() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits_.header));
    parser.body_limit(limits_.body);
    lowest().expires_after(limits_.header_time);
    const auto [head_error, head_size] =
        co_await http::async_read_header(stream_, buffer_, parser, with_error);
    HttpRequest request;
    std::optional<Problem> wrong = head_error ? read_problem(head_error) : std::nullopt;
    if (head_error && !wrong) co_return false;
    if (!wrong) wrong = read_head(parser, peer_, serving_.api.options.behind_proxy, request);
    if (!wrong && beast::websocket::is_upgrade(parser.get()) && request.path == kLivePath) {
      const bool again = co_await upgrade(parser, request);
      co_return again;
    }
    if (!wrong) {
      const auto failed = co_await read_body(parser);
      if (failed && !(wrong = read_problem(failed))) co_return false;
    }
    if (wrong) {
      co_await refuse(*wrong);
      co_return false;
    }
    request.body = std::move(parser.get().body());
    auto response = co_await respond(serving_.api, request);
    const bool keep = parser.keep_alive() && !serving_.api.stopping;
    const bool written = co_await write(std::move(response), request.verb == Verb::head, keep);
    co_return written&& keep;
  }

  asio::awaitable<boost::system::error_code> read_body(Parser& parser) {
    lowest().expires_after(limits_.body_time);
    if (!parser.is_done() && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      const auto [error, size] = co_await http::async_write(stream_, go_on, with_error);
      if (error) co_return error;
    }
    const auto [error, size] = co_await http::async_read(stream_, buffer_, parser, with_error);
    co_return error;
  }

  asio::awaitable<bool> write(HttpResponse response, bool head_only, bool keep) {
    const bool tls = serving_.tls != nullptr;
    auto message = to_message(std::move(response), head_only, keep, tls);
    http::response_serializer<http::string_body> serializer(message);
    lowest().expires_after(limits_.write_time);
    if (head_only || message.result_int() == 204 || message.result_int() == 304) {
      serializer.split(true);
      const auto [error, size] = co_await http::async_write_header(stream_, serializer, with_error);
      co_return !error;
    }
    const auto [error, size] = co_await http::async_write(stream_, serializer, with_error);
    co_return !error;
  }

  // Tells why, then reads on for a moment: closing with unread input would destroy the answer on its way (RFC
  // 9112, 9.6).
  asio::awaitable<void> refuse(const Problem& why) {
    serving_.api.metrics.request("unreadable", why.status, std::chrono::nanoseconds::zero());
    auto response = problem_response(why);
    const bool written = co_await write(std::move(response), false, false);
    if (!written) co_return;
    co_await close();
    lowest().expires_after(kLingerTime);
    buffer_.clear();
    const auto room = buffer_.prepare(buffer_.max_size());
    auto& stream = lowest();
    for (std::size_t dropped = 0; dropped < kLinger;) {
      const auto [error, size] = co_await stream.async_read_some(room, with_error);
      if (error) co_return;
      dropped += size;
    }
  }

  asio::awaitable<void> close() {
    lowest().expires_after(kLingerTime);
    co_await stream_.say_goodbye();
    boost::system::error_code ignored;
    lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  }

  // True: refused, and the connection goes on. After a live connection there is nothing more.
  asio::awaitable<bool> upgrade(Parser& parser, const HttpRequest& request) {
    auto who = authorise_live(serving_.api, request);
    if (auto* refusal = std::get_if<HttpResponse>(&who)) {
      serving_.api.metrics.request(kLivePath, refusal->status, std::chrono::nanoseconds::zero());
      const bool written = co_await write(std::move(*refusal), false, false);
      co_return written && false;
    }
    serving_.api.metrics.request(kLivePath, 101, std::chrono::nanoseconds::zero());
    auto opening = parser.release();
    auto client = std::move(std::get<Client>(who));
    handed_over_ = true;
    auto stream = std::move(stream_);
    co_await serve_live(serving_, std::move(stream), std::move(client), std::move(opening), place_);
    co_return false;
  }

  Serving& serving_;
  const Limits& limits_;
  Stream stream_;
  bool handed_over_ = false;  // the stream is the live socket's, which closes it; nothing may touch ours
  beast::flat_buffer buffer_;
  std::string peer_;
  Connections::Place place_;
};

// Takes its place among the connections, also when the coroutine is destroyed.
class Seat {
 public:
  explicit Seat(Serving& serving) : serving_(serving), place_(serving.connections.add()) {
    serving_.api.connections = serving_.connections.size();
  }
  ~Seat() {
    serving_.connections.remove(place_);
    serving_.api.connections = serving_.connections.size();
  }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  [[nodiscard]] Connections::Place place() const { return place_; }

 private:
  Serving& serving_;
  Connections::Place place_;
};

}  // namespace

void Connections::abort_idle() {
  for (auto& [number, open] : open_) {
    if (open.idle && open.abort) open.abort();
  }
}

void Connections::abort_all() {
  for (auto& [number, open] : open_) {
    if (open.abort) open.abort();
  }
}

asio::awaitable<void> serve_connection(Serving& serving, asio::ip::tcp::socket socket) {
  boost::system::error_code gone;
  const auto peer = socket.remote_endpoint(gone);
  if (gone) co_return;
  socket.set_option(asio::ip::tcp::no_delay(true), gone);
  const Seat seat(serving);
  const auto place = seat.place();
  Stream stream = serving.tls != nullptr ? Stream(beast::tcp_stream(std::move(socket)), *serving.tls)
                                         : Stream(beast::tcp_stream(std::move(socket)));
  auto& lowest = stream.next_layer();
  place->second.abort = [&lowest] { lowest.close(); };
  lowest.expires_after(serving.api.options.limits.handshake);
  const auto error = co_await stream.handshake();
  if (error) co_return;
  std::string address = peer.address().to_string();
  Connection connection(serving, std::move(stream), std::move(address), place);
  co_await connection.run();
}

}  // namespace bannette::console
