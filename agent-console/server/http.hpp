// A request and an answer without the library that carries them, so that handlers compile fast and test
// easily.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent-console/core/problem.hpp"

namespace bannette::console {

enum class Verb { get, head, post, put, delete_, other };

struct HttpRequest {
  Verb verb = Verb::get;
  std::string path;  // percent-decoded
  std::vector<std::pair<std::string, std::string>> query;
  std::string address;  // of the person, for slowing down logins; never logged
  // Headers; empty: absent.
  std::string host;
  std::string origin;
  std::string cookie;  // value of __Host-bannette
  std::string authorization;
  std::string content_type;
  std::string csrf;  // X-CSRF-Token
  std::string idempotency_key;
  std::string if_none_match;
  std::string fetch_site;  // Sec-Fetch-Site
  bool gzip = false;       // Accept-Encoding allows it
  std::string body;
};

struct HttpResponse {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

[[nodiscard]] HttpResponse json_response(int status, std::string body);
[[nodiscard]] HttpResponse problem_response(const Problem& problem);
// 204
[[nodiscard]] HttpResponse empty_response();

// "/a/%C3%A9?x=1&x=2" -> path and query. False where it is not an origin-form target of RFC 9112, or holds a
// NUL.
[[nodiscard]] bool parse_target(std::string_view target, HttpRequest& request);
// The value of one cookie in a Cookie header, or empty.
[[nodiscard]] std::string cookie_value(std::string_view header, std::string_view name);
// Does the Origin name the host that was asked? "null" and other forms do not.
[[nodiscard]] bool same_origin(std::string_view origin, std::string_view host);

}  // namespace bannette::console
