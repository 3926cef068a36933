#include "agent-console/server/wire.hpp"

#include <chrono>

#include <boost/beast/http/error.hpp>
#include <date/date.h>

namespace bannette::console {
namespace {

namespace http = beast::http;

// Pages run only what this server gave them, and are shown in no other site's frame (CSP level 3).
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src "
    "'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

Verb verb_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Verb::get;
    case http::verb::head:
      return Verb::head;
    case http::verb::post:
      return Verb::post;
    case http::verb::put:
      return Verb::put;
    case http::verb::delete_:
      return Verb::delete_;
    default:
      return Verb::other;
  }
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}
std::string text(const Parser& parser, http::field field) {
  return std::string(view(parser.get()[field]));
}
std::string text(const Parser& parser, const char* field) {
  return std::string(view(parser.get()[field]));
}

// "gzip" without "q=0", as in "gzip, deflate, br" (RFC 9110, 12.5.3).
bool accepts_gzip(std::string_view header) {
  const auto at = header.find("gzip");
  if (at == std::string_view::npos) return false;
  const std::string_view weight = header.substr(at + 4, header.find(',', at) - at - 4);
  return weight.find("q=0") == std::string_view::npos || weight.find("q=0.") != std::string_view::npos;
}

std::string last_of(std::string_view list) {
  const auto comma = list.rfind(',');
  if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  while (list.starts_with(' ')) list.remove_prefix(1);
  while (list.ends_with(' ')) list.remove_suffix(1);
  return std::string(list.substr(0, 64));
}

std::string http_date() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return date::format("%a, %d %b %Y %T GMT", now);
}

}  // namespace

std::optional<Problem> read_head(const Parser& parser, const std::string& peer, bool behind_proxy,
                                 HttpRequest& request) {
  const auto& head = parser.get();
  request.verb = verb_of(head.method());
  if (!parse_target(view(head.target()), request))
    return problem("malformed", "", "Cette adresse n’est pas valide.");
  if (head.count(http::field::host) != 1)
    return problem("malformed", "Host", "Un en-tête Host, un seul, est obligatoire.");
  for (const auto field :
       {http::field::origin, http::field::authorization, http::field::content_type, http::field::cookie}) {
    if (head.count(field) > 1) {
      const std::string name(view(http::to_string(field)));
      return problem("malformed", name, "L’en-tête " + name + " est donné deux fois.");
    }
  }
  if (head.count("Idempotency-Key") > 1) {
    return problem("malformed", "Idempotency-Key", "L’en-tête Idempotency-Key est donné deux fois.");
  }
  request.host = text(parser, http::field::host);
  request.origin = text(parser, http::field::origin);
  request.cookie = cookie_value(view(head[http::field::cookie]), "__Host-bannette");
  request.authorization = text(parser, http::field::authorization);
  request.content_type = text(parser, http::field::content_type);
  request.csrf = text(parser, "X-CSRF-Token");
  request.idempotency_key = text(parser, "Idempotency-Key");
  request.if_none_match = text(parser, http::field::if_none_match);
  request.fetch_site = text(parser, "Sec-Fetch-Site");
  request.gzip = accepts_gzip(view(head[http::field::accept_encoding]));
  const std::string forwarded = behind_proxy ? last_of(view(head["X-Forwarded-For"])) : std::string();
  request.address = forwarded.empty() ? peer : forwarded;
  return std::nullopt;
}

Message to_message(HttpResponse response, bool head_only, bool keep_alive, bool tls) {
  Message message(static_cast<http::status>(response.status), 11);
  bool cached = false;
  for (const auto& [name, value] : response.headers) {
    message.insert(name, value);
    cached = cached || name == "Cache-Control";
  }
  if (!cached) message.set(http::field::cache_control, "no-store");
  if (!response.type.empty()) message.set(http::field::content_type, response.type);
  message.set(http::field::date, http_date());
  message.set("Content-Security-Policy", kPolicy);
  message.set("X-Content-Type-Options", "nosniff");
  message.set("X-Frame-Options", "DENY");
  message.set("Referrer-Policy", "no-referrer");
  message.set("Cross-Origin-Opener-Policy", "same-origin");
  message.set("Cross-Origin-Resource-Policy", "same-origin");
  message.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  if (tls) message.set("Strict-Transport-Security", "max-age=31536000");
  message.keep_alive(keep_alive);
  const bool no_body = response.status == 204 || response.status == 304;
  if (!no_body) message.content_length(response.body.size());
  if (!no_body && !head_only) message.body() = std::move(response.body);
  return message;
}

std::optional<Problem> read_problem(const boost::system::error_code& why) {
  if (why == http::error::body_limit)
    return problem("too_large", "", "Le corps de la requête est trop grand.");
  if (why == http::error::header_limit || why == http::error::buffer_overflow) {
    return problem("header_too_large", "", "Les en-têtes de la requête sont trop grands.");
  }
  const bool from_parser = why.category() == http::make_error_code(http::error::bad_method).category();
  if (!from_parser || why == http::error::end_of_stream || why == http::error::partial_message)
    return std::nullopt;
  return problem("malformed", "", "Cette requête n’est pas du HTTP/1.1 valide.");
}

}  // namespace bannette::console
