#include "agent-console/cli/http_client.hpp"

#include <charconv>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/serialize.hpp>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t kBodyMax = 1024 * 1024;

asio::ip::tcp::endpoint endpoint_of(const std::string& url) {
  constexpr std::string_view scheme = "http://";
  const auto colon = url.rfind(':');
  std::uint16_t port = 0;
  const bool formed =
      url.starts_with(scheme) && colon > scheme.size() &&
      std::from_chars(url.data() + colon + 1, url.data() + url.size(), port).ec == std::errc{};
  if (!formed) throw WrongUse("--http : écrire plutôt http://127.0.0.1:8080");
  boost::system::error_code error;
  const auto address = asio::ip::make_address(url.substr(scheme.size(), colon - scheme.size()), error);
  if (error || !address.is_loopback())
    throw WrongUse("--http : la démonstration ne parle qu'à cette machine");
  return {address, port};
}

}  // namespace

struct HttpClient::Impl {
  asio::io_context context;
  asio::ip::tcp::endpoint endpoint;
  std::string cookie, csrf;
};

HttpClient::HttpClient(const std::string& url) : impl_(std::make_unique<Impl>()) {
  impl_->endpoint = endpoint_of(url);
}
HttpClient::~HttpClient() = default;

void HttpClient::page_token(std::string csrf) {
  impl_->csrf = std::move(csrf);
}

HttpClient::Answer HttpClient::post(const std::string& path, const boost::json::object& body,
                                    const std::string& key) {
  http::request<http::string_body> request{http::verb::post, path, 11};
  request.set(http::field::host,
              impl_->endpoint.address().to_string() + ":" + std::to_string(impl_->endpoint.port()));
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  if (!impl_->cookie.empty()) request.set(http::field::cookie, impl_->cookie);
  if (!impl_->csrf.empty()) request.set("X-CSRF-Token", impl_->csrf);
  if (!key.empty()) request.set("Idempotency-Key", key);
  request.body() = boost::json::serialize(body);
  request.prepare_payload();

  beast::tcp_stream stream(impl_->context);
  stream.connect(impl_->endpoint);
  http::write(stream, request);
  beast::flat_buffer buffer(64 * 1024);
  http::response_parser<http::string_body> parser;
  parser.body_limit(kBodyMax);
  http::read(stream, buffer, parser);
  const auto& response = parser.get();
  if (const auto set = response.find(http::field::set_cookie); set != response.end())
    impl_->cookie = std::string(set->value().substr(0, set->value().find(';')));
  last_status_ = static_cast<int>(response.result_int());
  return {last_status_, response.body()};
}

}  // namespace bannette::console
