#include "tests/bench/http_wire.hpp"

#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace bannette::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

// 4 KiB at a time, over space that is there; none without a file.
class Synced {
 public:
  explicit Synced(const std::filesystem::path& file) {
    if (file.empty()) return;
    fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (int i = 0; i < kPages; ++i) put(i);
    if (fd_ < 0 || ::fsync(fd_) != 0) throw std::system_error(errno, std::generic_category(), file.string());
  }
  ~Synced() {
    if (fd_ >= 0) ::close(fd_);
  }
  Synced(const Synced&) = delete;
  Synced& operator=(const Synced&) = delete;
  void write() {
    if (fd_ < 0) return;
    put(next_++ % kPages);
    if (::fdatasync(fd_) != 0) throw std::system_error(errno, std::generic_category(), "fdatasync");
  }

 private:
  static constexpr int kPages = 256;
  void put(int which) {
    static const std::string page(4096, 'p');
    if (::pwrite(fd_, page.data(), page.size(), static_cast<off_t>(which) * 4096) < 0)
      throw std::system_error(errno, std::generic_category(), "pwrite");
  }
  int fd_ = -1;
  int next_ = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Synced& synced) : socket_(std::move(socket)), synced_(synced) {
    socket_.set_option(tcp::no_delay(true));
  }
  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_, [self = shared_from_this()](auto error, std::size_t) {
      if (!error) self->write();  // else the client has gone
    });
  }

 private:
  void write() {
    synced_.write();
    response_ = {http::status::ok, 11};
    response_.set(http::field::content_type, "application/json");
    response_.body() = std::move(request_.body());
    response_.prepare_payload();
    http::async_write(socket_, response_, [self = shared_from_this()](auto error, std::size_t) {
      if (!error) self->read();
    });
  }

  tcp::socket socket_;
  Synced& synced_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

void accept(tcp::acceptor& acceptor, Synced& synced) {
  acceptor.async_accept([&acceptor, &synced](auto error, tcp::socket socket) {
    if (error) return;
    std::make_shared<Connection>(std::move(socket), synced)->read();
    accept(acceptor, synced);
  });
}

}  // namespace

HttpWire::HttpWire(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::system_error(errno, std::generic_category(), "connect");
}

HttpWire::~HttpWire() {
  ::close(fd_);
}

int HttpWire::post(const std::string& path, const std::string& headers, const std::string& body) {
  const std::string request = "POST " + path +
                              " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers +
                              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  for (std::size_t sent = 0; sent < request.size();) {
    const auto count = ::send(fd_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) throw std::system_error(errno, std::generic_category(), "send");
    sent += static_cast<std::size_t>(count);
  }
  std::size_t whole = 0;
  char part[16 * 1024];
  for (read_.clear(); whole == 0 || read_.size() < whole;) {
    const auto count = ::recv(fd_, part, sizeof part, 0);
    if (count <= 0) throw std::runtime_error("the connection was closed");
    read_.append(part, static_cast<std::size_t>(count));
    const auto end = read_.find("\r\n\r\n");
    if (whole != 0 || end == std::string::npos) continue;
    const auto length = read_.find("Content-Length: ");
    whole = end + 4 + (length < end ? std::stoul(read_.substr(length + 16)) : 0);
  }
  return std::stoi(read_.substr(9, 3));
}

struct BareBeast::Impl {
  explicit Impl(const std::filesystem::path& file) : synced(file) {}
  Synced synced;
  asio::io_context io{1};
  tcp::acceptor acceptor{io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::thread thread;
};

BareBeast::BareBeast(const std::filesystem::path& synced) : impl_(std::make_unique<Impl>(synced)) {
  accept(impl_->acceptor, impl_->synced);
  impl_->thread = std::thread([this] { impl_->io.run(); });
}

BareBeast::~BareBeast() {
  impl_->io.stop();
  impl_->thread.join();
}

std::uint16_t BareBeast::port() const {
  return impl_->acceptor.local_endpoint().port();
}

}  // namespace bannette::bench
