#include "tests/unit/console_webhooks/receiver.hpp"

#include <cstdio>
#include <stdexcept>

#include <poll.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace bannette::test {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr std::chrono::seconds kTold{30};

template <class Stream>
void say(Stream& stream, const std::string& text, Error& error) {
  asio::write(stream, asio::buffer(text), error);
}

// True when the other side has gone within that time.
bool gone(tcp::socket& socket, int most_ms) {
  pollfd item{socket.native_handle(), POLLIN, 0};
  if (::poll(&item, 1, most_ms) <= 0) return false;
  char byte = 0;
  const auto n = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n <= 0;
}

template <class Stream>
void behave(Stream& stream, tcp::socket& socket, Manner manner, int status, const std::string& url) {
  Error error;
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
  switch (manner) {
    case Manner::answer:
      return say(
          stream,
          "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
          error);
    case Manner::redirect:
      return say(stream, "HTTP/1.1 307 x\r\nLocation: " + url + "/ailleurs\r\nContent-Length: 0\r\n\r\n",
                 error);
    case Manner::garbage:
      return say(stream, std::string("\x16\x03 pas du HTTP\r\n\r\n"), error);
    case Manner::close:
      return;
    case Manner::hang:
      while (!gone(socket, 1'000)) continue;
      return;
    case Manner::drip:
      for (std::size_t i = 0; !error && !gone(socket, 20); ++i)
        say(stream, i < head.size() ? head.substr(i, 1) : "X", error);
      return;
    case Manner::flood_head:
      say(stream, head, error);
      while (!error) say(stream, "X-Encore: " + std::string(1'000, 'x') + "\r\n", error);
      return;
    case Manner::flood_body:
      say(stream, head + "Transfer-Encoding: chunked\r\n\r\n", error);
      while (!error) say(stream, "1000\r\n" + std::string(4'096, 'x') + "\r\n", error);
      return;
  }
}

Received read_request(const http::request<http::string_body>& request) {
  Received received{std::string(request.target()), {}, request.body()};
  for (const auto& field : request) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    received.headers[name] = std::string(field.value());
  }
  return received;
}

}  // namespace

struct Receiver::Impl {
  asio::io_context context;
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  std::unique_ptr<asio::ssl::context> tls;

  template <class Stream, class Next>
  void serve(Stream& stream, tcp::socket& socket, Next&& next) {
    boost::beast::flat_buffer buffer(64 * 1'024);
    http::request<http::string_body> request;
    Error error;
    http::read(stream, buffer, request, error);
    if (error) return;
    next(stream, socket, read_request(request));
  }
};

Receiver::Receiver(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : impl_(std::make_unique<Impl>()), port_(impl_->acceptor.local_endpoint().port()) {
  if (!certificate.empty()) {
    impl_->tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    impl_->tls->use_certificate_chain_file(certificate.string());
    impl_->tls->use_private_key_file(key.string(), asio::ssl::context::pem);
  }
  thread_ = std::thread([this] { run(); });
}

Receiver::~Receiver() {
  stopping_ = true;
  Error ignored;
  tcp::socket wake(impl_->context);
  wake.connect({asio::ip::address_v4::loopback(), port_}, ignored);
  wake.close(ignored);
  thread_.join();
}

std::string Receiver::url() const {
  return (impl_->tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + "/crochet?a=1";
}

void Receiver::run() {
  const auto next = [this](auto& stream, tcp::socket& socket, Received received) {
    std::pair<Manner, int> manner{Manner::answer, 204};
    {
      const std::lock_guard lock(mutex_);
      received_.push_back(std::move(received));
      if (!script_.empty()) {
        manner = script_.front();
        script_.erase(script_.begin());
      }
    }
    came_.notify_all();
    behave(stream, socket, manner.first, manner.second, "http://127.0.0.1:" + std::to_string(port_));
  };
  while (!stopping_) {
    Error error;
    tcp::socket socket(impl_->context);
    impl_->acceptor.accept(socket, error);
    if (error || stopping_) return;
    if (!impl_->tls) {
      impl_->serve(socket, socket, next);
      continue;
    }
    asio::ssl::stream<tcp::socket&> stream(socket, *impl_->tls);
    stream.handshake(asio::ssl::stream_base::server, error);
    if (!error) impl_->serve(stream, socket, next);
  }
}

void Receiver::script(std::vector<std::pair<Manner, int>> manners) {
  const std::lock_guard lock(mutex_);
  script_ = std::move(manners);
}

std::vector<Received> Receiver::wait(std::size_t at_least) {
  std::unique_lock lock(mutex_);
  if (!came_.wait_for(lock, kTold, [&] { return received_.size() >= at_least; }))
    throw std::runtime_error("only " + std::to_string(received_.size()) + " requests came");
  return received_;
}

std::vector<Received> Receiver::all() {
  const std::lock_guard lock(mutex_);
  return received_;
}

}  // namespace bannette::test
