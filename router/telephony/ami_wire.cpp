#include "router/telephony/ami_wire.hpp"

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "router/telephony/hexadecimal.hpp"

namespace bannette::telephony {
namespace {

using asio::ip::tcp;
using Error = boost::system::error_code;

// SHA-256 of the peer's certificate in hexadecimal digits; "" where there is none.
std::string fingerprint(SSL* tls) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(tls), &X509_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  if (!certificate || X509_digest(certificate.get(), EVP_sha256(), sum.data(), &size) != 1) return {};
  return hexadecimal({sum.data(), size});
}

bool is_address(const std::string& host) {
  Error failed;
  asio::ip::make_address(host, failed);
  return !failed;
}

}  // namespace

AmiWire::AmiWire(const asio::any_io_executor& executor, AmiAddress address)
    : address_(std::move(address)), resolver_(executor), socket_(executor) {
  if (!address_.tls) return;
  SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
  if (!address_.pin.empty()) {
    context_.set_verify_mode(asio::ssl::verify_none);  // compared after the handshake, before a byte is said
  } else {
    context_.set_verify_mode(asio::ssl::verify_peer);
    if (address_.authorities.empty())
      context_.set_default_verify_paths();
    else
      context_.add_certificate_authority(asio::buffer(address_.authorities));
  }
  tls_.emplace(socket_, context_);
}

asio::awaitable<std::string> AmiWire::open() {
  const std::string port = std::to_string(address_.port);
  const auto [lookup_error, found] = co_await resolver_.async_resolve(address_.host, port, with_error);
  if (lookup_error) co_return "nom introuvable (" + lookup_error.message() + ")";
  std::vector<tcp::endpoint> endpoints;
  for (const auto& each : found)
    if (address_.tls || address_.clear_off_loopback || each.endpoint().address().is_loopback())
      endpoints.push_back(each.endpoint());
  if (endpoints.empty()) co_return "sans chiffrement, seule cette machine est jointe (tls = true)";
  if (closed_) co_return "arrêté";
  const auto [error, where] = co_await asio::async_connect(socket_, endpoints, with_error);
  if (error) co_return closed_ ? "pas de réponse" : error.message();
  Error ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  if (!tls_) co_return "";
  auto trouble = co_await secure();
  co_return trouble;
}

asio::awaitable<std::string> AmiWire::secure() {
  if (address_.pin.empty()) tls_->set_verify_callback(asio::ssl::host_name_verification(address_.host));
  if (!is_address(address_.host))  // RFC 6066, 3: a name only
    SSL_set_tlsext_host_name(tls_->native_handle(), address_.host.c_str());
  const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::client, with_error);
  if (error) co_return "TLS : " + (closed_ ? std::string("pas de réponse") : error.message());
  if (!address_.pin.empty() && fingerprint(tls_->native_handle()) != address_.pin)
    co_return "TLS : le certificat n'est pas celui dont l'empreinte est configurée";
  co_return "";
}

asio::awaitable<std::size_t> AmiWire::read(char* into, std::size_t most) {
  if (closed_) co_return 0;
  const asio::mutable_buffer buffer(into, most);
  if (tls_) {
    const auto [error, size] = co_await tls_->async_read_some(buffer, with_error);
    co_return error ? 0 : size;
  }
  const auto [error, size] = co_await socket_.async_read_some(buffer, with_error);
  co_return error ? 0 : size;
}

asio::awaitable<bool> AmiWire::write(const std::string& bytes) {
  if (closed_) co_return false;
  const asio::const_buffer buffer = asio::buffer(bytes);
  if (tls_) {
    const auto [error, size] = co_await asio::async_write(*tls_, buffer, with_error);
    co_return !error;
  }
  const auto [error, size] = co_await asio::async_write(socket_, buffer, with_error);
  co_return !error;
}

void AmiWire::close() {
  if (std::exchange(closed_, true)) return;
  resolver_.cancel();
  Error ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

}  // namespace bannette::telephony
