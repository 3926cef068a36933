#include "agent-console/server/live_socket.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/json/parse.hpp>

namespace bannette::console {
namespace {

class LiveSocket : public std::enable_shared_from_this<LiveSocket> {
 public:
  LiveSocket(Serving& serving, Stream stream, Client client)
      : serving_(serving),
        socket_(std::move(stream)),
        woken_(socket_.get_executor()),
        written_(socket_.get_executor(), std::chrono::steady_clock::time_point::max()),
        client_(std::make_shared<LiveClient>(client.person, client.session, serving.api.options.limits)) {}

  // Until the browser or the server ends it.
  asio::awaitable<void> run(Parser::value_type request, Connections::Place place) {
    auto self = shared_from_this();
    place->second.idle = false;
    if (!configure(place)) co_return;
    const auto [refused] = co_await socket_.async_accept(request, with_error);
    if (refused) co_return;
    Api& api = serving_.api;
    client_->wake = [this] { woken_.cancel(); };
    client_->abort = [this] { beast::get_lowest_layer(socket_).close(); };
    // Also a hidden page, whose own timers its browser slows down, answers our pings.
    socket_.control_callback(
        [session = client_->session()](beast::websocket::frame_type, beast::string_view) {
          session->seen = std::chrono::steady_clock::now();
        });
    api.live.add(client_);
    api.live.hello(*client_, api.last_seq, api.options.demo, api.backend.queue_up());
    if (api.stopping) client_->close("server stops");
    writing_ = true;
    serving_.tasks.start("live writer", write(self));
    co_await read();
    api.live.remove(client_);
    client_->close("");
    if (writing_) co_await written_.async_wait(with_error);
  }

 private:
  bool configure(Connections::Place place) {
    namespace ws = beast::websocket;
    const Limits& limits = serving_.api.options.limits;
    auto& lowest = beast::get_lowest_layer(socket_);
    lowest.expires_never();
    place->second.abort = [&lowest] { lowest.close(); };
    socket_.set_option(ws::stream_base::timeout{limits.write_time, limits.live_idle, true});
    socket_.read_message_max(limits.live_message);
    socket_.text(true);
    return lowest.socket().is_open();
  }

  asio::awaitable<void> read() {
    beast::flat_buffer buffer(
        2 * serving_.api.options.limits.live_message);  // the message's own bound is told first
    for (;;) {
      const auto [error, size] = co_await socket_.async_read(buffer, with_error);
      if (error) co_return;
      const std::string_view text(static_cast<const char*>(buffer.data().data()), size);
      if (!socket_.got_text() || parse_live(text) == LiveWord::unknown) {
        client_->close("unknown message");
        co_return;
      }
      buffer.clear();
      client_->session()->seen = std::chrono::steady_clock::now();
      client_->push(pong(), serving_.api.metrics);
    }
  }

  static LiveClient::Message pong() {
    static const auto text = std::make_shared<const std::string>(R"({"type":"pong"})");
    return text;
  }

  // Keeps this object alive until the last byte is out.
  asio::awaitable<void> write([[maybe_unused]] std::shared_ptr<LiveSocket> self) {
    for (;;) {
      const LiveClient::Message text = client_->next();
      if (text) {
        const auto bytes = asio::buffer(*text);
        const auto [error, size] = co_await socket_.async_write(bytes, with_error);
        if (error) break;
      } else if (client_->closing()) {
        break;
      } else {
        woken_.expires_at(std::chrono::steady_clock::time_point::max());
        co_await woken_.async_wait(with_error);
      }
    }
    beast::websocket::close_reason why(beast::websocket::close_code::policy_error, client_->reason());
    if (serving_.api.stopping) why.code = beast::websocket::close_code::going_away;
    co_await socket_.async_close(why, with_error);
    client_->wake = nullptr;
    client_->abort = nullptr;
    writing_ = false;
    written_.cancel();
  }

  Serving& serving_;
  beast::websocket::stream<Stream, false> socket_;
  asio::steady_timer woken_;    // never expires: cancelled when there is something to write
  asio::steady_timer written_;  // never expires: cancelled when the writing side has ended
  bool writing_ = false;
  std::shared_ptr<LiveClient> client_;
};

}  // namespace

LiveWord parse_live(std::string_view text) {
  boost::system::error_code error;
  const auto value = boost::json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) return LiveWord::unknown;
  const auto* type = value.get_object().if_contains("type");
  return type && type->is_string() && type->get_string() == "ping" ? LiveWord::ping : LiveWord::unknown;
}

asio::awaitable<void> serve_live(Serving& serving, Stream stream, Client client, Parser::value_type request,
                                 Connections::Place place) {
  const auto live = std::make_shared<LiveSocket>(serving, std::move(stream), std::move(client));
  co_await live->run(std::move(request), place);
}

}  // namespace bannette::console
