// The line to a PBX: TCP, in clear or within TLS. One thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "queue/async/tasks.hpp"

namespace bannette::telephony {

struct AmiAddress {
  std::string host;  // a name or an address
  std::uint16_t port = 5038;
  bool tls = false;
  // In clear, only an address of this machine is talked to; a secret and callers' numbers go over the line.
  bool clear_off_loopback = false;
  // Of TLS 1.2 and above. The certificate must be the pinned one; or, without a pin, be signed by an
  // authority of these (PEM; empty: the system's) for the host's name.
  std::string authorities;
  std::string pin;  // SHA-256 of the certificate, 64 small hexadecimal digits; or empty
};

class AmiWire {
 public:
  // Throws boost::system::system_error where the authorities cannot be read.
  AmiWire(const asio::any_io_executor& executor, AmiAddress address);

  // "" when the line is open, else why not: French, for people.
  [[nodiscard]] asio::awaitable<std::string> open();
  // Bytes read; nothing: the line is closed.
  [[nodiscard]] asio::awaitable<std::size_t> read(char* into, std::size_t most);
  // False: the line is closed.
  [[nodiscard]] asio::awaitable<bool> write(const std::string& bytes);
  // What is under way ends. Twice is harmless.
  void close();
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  asio::awaitable<std::string> secure();
  AmiAddress address_;
  asio::ip::tcp::resolver resolver_;
  asio::ip::tcp::socket socket_;
  asio::ssl::context context_{asio::ssl::context::tls_client};
  std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
  bool closed_ = false;
};

}  // namespace bannette::telephony
