#include <cstdio>
#include <memory>

#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "tests/unit/console_server/harness.hpp"

using namespace bannette;
using namespace bannette::console;
using namespace bannette::console::testing;

namespace {

namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using boost::asio::ip::tcp;

// A certificate for this test alone, of ten minutes.
void write_certificate(const std::filesystem::path& cert, const std::filesystem::path& key) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
  REQUIRE(pair);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(x509.get()), 600);
  X509_NAME* name = X509_get_subject_name(x509.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("127.0.0.1"),
                             -1, -1, 0);
  X509_set_issuer_name(x509.get(), name);
  X509_set_pubkey(x509.get(), pair.get());
  REQUIRE(X509_sign(x509.get(), pair.get(), EVP_sha256()) > 0);
  const std::unique_ptr<FILE, int (*)(FILE*)> cert_file(std::fopen(cert.c_str(), "w"), std::fclose);
  const std::unique_ptr<FILE, int (*)(FILE*)> key_file(std::fopen(key.c_str(), "w"), std::fclose);
  REQUIRE(PEM_write_X509(cert_file.get(), x509.get()) == 1);
  REQUIRE(PEM_write_PrivateKey(key_file.get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

struct TlsSite {
  Folder keys;
  std::unique_ptr<Site> site;
  TlsSite() {
    write_certificate(keys.path / "cert.pem", keys.path / "key.pem");
    site = std::make_unique<Site>([this](Options& options) {
      options.tls_cert = keys.path / "cert.pem";
      options.tls_key = keys.path / "key.pem";
      options.limits.handshake = std::chrono::milliseconds(200);
    });
  }
};

// One connection of a browser that trusts the site's certificate.
class SecureWire {
 public:
  using Live = boost::beast::websocket::stream<ssl::stream<tcp::socket>&>;
  using Response = http::response<http::string_body>;

  explicit SecureWire(TlsSite& tls) : tls_(tls) {
    context_.load_verify_file((tls.keys.path / "cert.pem").string());
    context_.set_verify_mode(ssl::verify_peer);
    stream_.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), tls.site->port()});
    stream_.handshake(ssl::stream_base::client);
  }
  Response get(const std::string& target) { return ask(http::verb::get, target, {}); }
  // The session's cookie.
  std::string login(const std::string& name) {
    const boost::json::object body{{"name", name}, {"password", kPassword}};
    const auto response = ask(http::verb::post, "/api/v1/login", boost::json::serialize(body));
    REQUIRE(response.result_int() == 200);
    const std::string cookie(response["Set-Cookie"]);
    CHECK(cookie.starts_with("__Host-"));
    CHECK(cookie.find("; Secure") != std::string::npos);
    return cookie.substr(0, cookie.find(';'));
  }
  // The connection as a live one, from now on.
  Live live(const std::string& cookie) {
    Live socket(stream_);
    socket.set_option(boost::beast::websocket::stream_base::decorator(
        [cookie, this](boost::beast::websocket::request_type& request) {
          request.set(http::field::cookie, cookie);
          request.set(http::field::origin, "https://" + tls_.site->host());
        }));
    socket.handshake(tls_.site->host(), "/api/v1/live");
    return socket;
  }
  void drop() { stream_.next_layer().close(); }

 private:
  Response ask(http::verb verb, const std::string& target, const std::string& body) {
    http::request<http::string_body> request(verb, target, 11, body);
    request.set(http::field::host, tls_.site->host());
    if (!body.empty()) {
      request.set(http::field::content_type, "application/json");
      request.set(http::field::origin, "https://" + tls_.site->host());
    }
    request.prepare_payload();
    http::write(stream_, request);
    Response response;
    http::read(stream_, buffer_, response);
    return response;
  }

  TlsSite& tls_;
  boost::asio::io_context io_;
  ssl::context context_{ssl::context::tls_client};
  ssl::stream<tcp::socket> stream_{io_, context_};
  boost::beast::flat_buffer buffer_;
};

}  // namespace

TEST_CASE("TLS: pages over 1.2 and later, told to stay with it") {
  TlsSite tls;
  SecureWire wire(tls);
  const auto response = wire.get("/livez");
  CHECK(response.result_int() == 200);
  CHECK(response["Strict-Transport-Security"] == "max-age=31536000");
}

TEST_CASE("TLS: a live connection ends, and others are served on") {
  TlsSite tls;
  SecureWire wire(tls);
  auto live = wire.live(wire.login("agathe"));
  boost::beast::flat_buffer hello;
  live.read(hello);
  SECTION("the browser says goodbye") {
    live.close(boost::beast::websocket::close_code::normal);
  }
  SECTION("the browser is gone") {
    wire.drop();
  }
  CHECK(SecureWire(tls).get("/livez").result_int() == 200);
}

TEST_CASE("TLS: what is in clear, too old or silent is closed, and others are served") {
  TlsSite tls;
  SECTION("in clear") {
    Wire wire(tls.site->port());
    wire.write("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(wire.closed());
  }
  SECTION("silent") {
    Wire wire(tls.site->port());
    CHECK(wire.closed());
  }
  SECTION("TLS 1.1") {
    boost::asio::io_context io;
    ssl::context context(ssl::context::tls_client);
    SSL_CTX_set_security_level(context.native_handle(), 0);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_1_VERSION);
    ssl::stream<tcp::socket> stream(io, context);
    stream.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), tls.site->port()});
    CHECK_THROWS(stream.handshake(ssl::stream_base::client));
  }
  tls.site->server->stop();
}
