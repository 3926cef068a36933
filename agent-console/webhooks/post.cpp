#include "agent-console/webhooks/post.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/url.hpp>

#include "queue/async/moment.hpp"

namespace bannette::console::webhook {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Addresses = std::vector<tcp::endpoint>;
using Error = boost::system::error_code;

constexpr std::size_t kUrlMost = 2'048;
constexpr std::size_t kResolvers = 4;  // threads that the system's resolver may block

bool is_address(const std::string& host) {
  Error failed;
  asio::ip::make_address(host, failed);
  return !failed;
}

bool is_this_machine(const std::string& host) {
  Error failed;
  const auto address = asio::ip::make_address(host, failed);
  return failed ? host == "localhost" : address.is_loopback();
}

// Empty where none is written. Boost.URL 1.81 takes 99999 for 34463.
bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
  return text.empty() || (parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() && port > 0);
}

Refusal wrong_url(const std::string& detail) {
  return {Code::malformed, "url", detail};
}

Lane::Answer trouble(Verdict verdict, const std::string& doing, const Error& error) {
  Lane::Answer answer;
  answer.verdict = verdict;
  answer.error = doing + " : " + (error == beast::error::timeout ? "trop tard" : error.message());
  return answer;
}

// Delay in seconds (RFC 9110, 10.2.3); dates are not looked at.
std::int64_t retry_after_ms(std::string_view text) {
  std::int64_t seconds = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return 0;
  return std::clamp<std::int64_t>(seconds, 0, kLongestDelay / 1'000) * 1'000;
}

http::request<http::string_body> request_of(const Target& target, const Message& message,
                                            const std::string& agent) {
  http::request<http::string_body> request{http::verb::post, target.path, 11};
  request.set(http::field::host, target.authority);
  request.set(http::field::user_agent, agent);
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  request.set("webhook-id", message.id);
  request.set("webhook-timestamp", std::to_string(message.timestamp_s));
  request.set("webhook-signature", message.signature);
  request.body() = message.body;
  request.prepare_payload();
  return request;
}

template <class Stream>
asio::awaitable<Lane::Answer> exchange(Stream& stream, const http::request<http::string_body>& request,
                                       const PostOptions& options) {
  const auto [write_error, written] = co_await http::async_write(stream, request, with_error);
  if (write_error) co_return trouble(Verdict::failing, "envoi", write_error);
  beast::flat_buffer buffer(2 * options.header_most);
  http::response_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(options.header_most));
  parser.body_limit(options.body_most);
  const auto [read_error, read] = co_await http::async_read_header(stream, buffer, parser, with_error);
  if (read_error) co_return trouble(Verdict::failing, "réponse", read_error);
  Lane::Answer answer;
  answer.status = static_cast<int>(parser.get().result_int());
  answer.verdict = verdict_of(answer.status);
  if (answer.verdict != Verdict::delivered) answer.error = "réponse " + std::to_string(answer.status);
  if (const auto after = parser.get().find(http::field::retry_after); after != parser.get().end())
    answer.retry_after_ms = retry_after_ms(after->value());
  // So that a small answer is taken before the connection goes; whatever becomes of it changes nothing.
  beast::get_lowest_layer(stream).expires_after(options.rest);
  co_await http::async_read(stream, buffer, parser, with_error);
  co_return answer;
}

}  // namespace

Result<Target> parse_target(const std::string& url, bool insecure) {
  const auto parsed = boost::urls::parse_uri(url);
  if (url.size() > kUrlMost || !parsed)
    return wrong_url("Il faut une adresse comme https://hote.exemple/chemin.");
  const auto& parts = *parsed;
  Target target;
  target.tls = parts.scheme() == "https";
  target.insecure = insecure;
  if (!target.tls && parts.scheme() != "http")
    return wrong_url("L'adresse commence par https:// (ou http://).");
  if (parts.has_userinfo() || parts.has_fragment())
    return wrong_url("L'adresse n'a ni utilisateur ni « # » : la signature suffit.");
  target.host = parts.host_address();
  if (target.host.empty()) return wrong_url("L'adresse n'a pas d'hôte.");
  if (!is_port(parts.port())) return wrong_url("Le port va de 1 à 65535.");
  target.port = !parts.port().empty() ? std::string(parts.port()) : target.tls ? "443" : "80";
  target.authority = std::string(parts.encoded_host_and_port());
  target.path = std::string(parts.encoded_target());
  if (target.path.empty() || target.path.front() != '/') target.path.insert(0, "/");
  if (!target.tls && !insecure && !is_this_machine(target.host))
    return wrong_url("Hors de cette machine il faut https:// (ou --insecure-http, à vos risques).");
  return target;
}

struct Poster::Impl {
  Impl(std::shared_ptr<asio::io_context> its_context, PostOptions its_options)
      : context(std::move(its_context)), options(std::move(its_options)) {
    tls.set_options(asio::ssl::context::default_workarounds);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    tls.set_verify_mode(asio::ssl::verify_peer);
    if (options.authorities.empty())
      tls.set_default_verify_paths();
    else
      tls.load_verify_file(options.authorities.string());
  }

  std::shared_ptr<asio::io_context> context;
  PostOptions options;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  asio::thread_pool resolvers{kResolvers};

  struct Resolved {
    explicit Resolved(const asio::any_io_executor& executor) : done(executor) {}
    Moment done;
    Error error = asio::error::timed_out;
    Addresses addresses;
  };
  asio::awaitable<std::shared_ptr<Resolved>> resolve(Target target, Stop& stop);
  asio::awaitable<Lane::Answer> in_clear(Target target, http::request<http::string_body> request,
                                         Addresses addresses, Clock::time_point until, Stop& stop);
  asio::awaitable<Lane::Answer> over_tls(Target target, http::request<http::string_body> request,
                                         Addresses addresses, Clock::time_point until, Stop& stop);
};

// The system's resolver knows no limit: it blocks a thread of its own, and who waits for it goes on in time.
asio::awaitable<std::shared_ptr<Poster::Impl::Resolved>> Poster::Impl::resolve(Target target, Stop& stop) {
  const auto resolved = std::make_shared<Resolved>(context->get_executor());
  stop = [resolved] { resolved->done.come(); };
  asio::post(resolvers, [resolved, its_context = context, host = target.host, port = target.port] {
    asio::io_context here;
    Error error;
    Addresses addresses;
    for (const auto& each : tcp::resolver(here).resolve(host, port, error))
      addresses.push_back(each.endpoint());
    asio::post(*its_context, [resolved, error, addresses = std::move(addresses)] {
      resolved->error = error;
      resolved->addresses = addresses;
      resolved->done.come();
    });
  });
  co_await resolved->done.wait(options.whole);
  co_return resolved;
}

asio::awaitable<Lane::Answer> Poster::Impl::in_clear(Target target, http::request<http::string_body> request,
                                                     Addresses addresses, Clock::time_point until,
                                                     Stop& stop) {
  if (!target.insecure)
    std::erase_if(addresses, [](const tcp::endpoint& each) { return !each.address().is_loopback(); });
  beast::tcp_stream stream(*context);
  stop = [&stream] { stream.close(); };
  stream.expires_at(until);
  const auto [error, where] = co_await stream.async_connect(addresses, with_error);
  if (error) co_return trouble(Verdict::unreachable, "connexion", error);
  auto answer = co_await exchange(stream, request, options);
  co_return answer;
}

asio::awaitable<Lane::Answer> Poster::Impl::over_tls(Target target, http::request<http::string_body> request,
                                                     Addresses addresses, Clock::time_point until,
                                                     Stop& stop) {
  asio::ssl::stream<beast::tcp_stream> stream(*context, tls);
  beast::tcp_stream& lowest = stream.next_layer();
  stop = [&lowest] { lowest.close(); };
  stream.set_verify_callback(asio::ssl::host_name_verification(target.host));
  if (!is_address(target.host))  // RFC 6066, 3: a name only
    SSL_set_tlsext_host_name(stream.native_handle(), target.host.c_str());
  lowest.expires_at(until);
  const auto [error, where] = co_await lowest.async_connect(addresses, with_error);
  if (error) co_return trouble(Verdict::unreachable, "connexion", error);
  const auto [tls_error] = co_await stream.async_handshake(asio::ssl::stream_base::client, with_error);
  if (tls_error) co_return trouble(Verdict::unreachable, "TLS", tls_error);
  auto answer = co_await exchange(stream, request, options);
  co_return answer;
}

Poster::Poster(std::shared_ptr<asio::io_context> context, PostOptions options)
    : impl_(std::make_unique<Impl>(std::move(context), std::move(options))) {}
Poster::~Poster() {
  impl_->resolvers.join();
}

asio::awaitable<Lane::Answer> Poster::post(Target target, Message message, Stop& stop) {
  const auto until = Clock::now() + impl_->options.whole;
  auto request = request_of(target, message, impl_->options.agent);
  const auto resolved = co_await impl_->resolve(target, stop);
  Addresses addresses = resolved->addresses;
  Lane::Answer answer;
  if (resolved->error) {
    answer = trouble(Verdict::unreachable, "nom", resolved->error);
  } else if (target.tls) {
    auto over_tls = co_await impl_->over_tls(target, std::move(request), std::move(addresses), until, stop);
    answer = std::move(over_tls);
  } else {
    auto in_clear = co_await impl_->in_clear(target, std::move(request), std::move(addresses), until, stop);
    answer = std::move(in_clear);
  }
  stop = {};
  co_return answer;
}

}  // namespace bannette::console::webhook
