#include "tests/bench/pop_screen.hpp"

#include <chrono>
#include <stdexcept>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include "agent-console/server/accounts.hpp"

namespace bannette::bench {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;

constexpr const char* kName = "olga";
constexpr const char* kPassword = "un mot de passe long";
constexpr std::chrono::seconds kPatient{10};
constexpr std::chrono::milliseconds kQuiet{50};

}  // namespace

void add_operator(const std::filesystem::path& data) {
  console::Accounts accounts(data);
  const auto hash = console::hash_new_password(kPassword);
  if (!hash || !accounts.add_user({kName, Role::operator_, {}}, *hash))
    throw std::runtime_error("no account was made");
}

struct Screen::Impl {
  boost::asio::io_context io;
  std::string host, cookie, csrf;
  beast::tcp_stream wire{io};
  beast::websocket::stream<beast::tcp_stream> live{io};
  beast::flat_buffer buffer;
  bool rings = false, reading = false, came = false;

  http::response<http::string_body> send(http::verb verb, const std::string& target,
                                         const std::string& body) {
    http::request<http::string_body> request(verb, target, 11);
    request.set(http::field::host, host);
    request.set(http::field::origin, "http://" + host);
    request.set(http::field::content_type, "application/json");
    if (!cookie.empty()) request.set(http::field::cookie, cookie);
    if (!csrf.empty()) request.set("X-CSRF-Token", csrf);
    request.body() = body;
    request.prepare_payload();
    http::write(wire, request);
    http::response<http::string_body> answer;
    beast::flat_buffer read;
    http::read(wire, read, answer);
    if (answer.result_int() >= 300) throw std::runtime_error(target + ": " + answer.body());
    return answer;
  }
  // One message, or nothing within this time.
  bool next(std::chrono::milliseconds most) {
    if (!reading) {
      reading = true;
      live.async_read(buffer, [this](beast::error_code error, std::size_t) {
        if (error) throw beast::system_error(error);
        reading = false;
        came = true;
      });
    }
    io.restart();
    came = false;
    const auto until = std::chrono::steady_clock::now() + most;
    while (!came && std::chrono::steady_clock::now() < until) io.run_one_until(until);
    if (!came) return false;
    const auto message = boost::json::parse(beast::buffers_to_string(buffer.data())).as_object();
    buffer.clear();
    if (message.at("type") == "call")
      rings = !message.at("call").is_null() && message.at("call").at("state") == "presented";
    return true;
  }
};

Screen::Screen(std::uint16_t port) : impl_(std::make_unique<Impl>()) {
  Impl& my = *impl_;
  const tcp::endpoint where(boost::asio::ip::address_v4::loopback(), port);
  my.host = "127.0.0.1:" + std::to_string(port);
  my.wire.connect(where);
  const auto in =
      my.send(http::verb::post, "/api/v1/login",
              boost::json::serialize(boost::json::object{{"name", kName}, {"password", kPassword}}));
  const std::string set(in[http::field::set_cookie]);
  my.cookie = set.substr(0, set.find(';'));
  my.csrf = boost::json::parse(in.body()).at("csrf").as_string().c_str();
  my.live.next_layer().connect(where);
  my.live.next_layer().socket().set_option(tcp::no_delay(true));
  my.live.set_option(beast::websocket::stream_base::decorator([&](beast::websocket::request_type& request) {
    request.set(http::field::cookie, my.cookie);
    request.set(http::field::origin, "http://" + my.host);
  }));
  my.live.handshake(my.host, "/api/v1/live");
}

Screen::~Screen() = default;

void Screen::sit_down(const std::string& post) {
  (void)impl_->send(http::verb::put, "/api/v1/me/post",
                    boost::json::serialize(boost::json::object{{"post", post}}));
  drop_rest_until_quiet();
}

bool Screen::rings() const {
  return impl_->rings;
}

void Screen::wait_for_call() {
  while (!impl_->rings)
    if (!impl_->next(kPatient))
      throw std::runtime_error("no call that rings came to the screen: " +
                               impl_->send(http::verb::get, "/api/v1/calls/now", "").body());
}

void Screen::drop_rest_until_quiet() {
  while (impl_->next(kQuiet)) {
  }
}

}  // namespace bannette::bench
