#include "agent-console/server/http.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace bannette::console {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

HttpResponse json_response(int status, std::string body) {
  return {status, "application/json", std::move(body), {}};
}

HttpResponse empty_response() {
  return {204, "", "", {}};
}

HttpResponse problem_response(const Problem& problem) {
  const boost::json::object body{{"type", "about:blank"},    {"title", reason_phrase(problem.status)},
                                 {"status", problem.status}, {"code", problem.code},
                                 {"field", problem.field},   {"detail", problem.detail}};
  HttpResponse response{problem.status, "application/problem+json", boost::json::serialize(body), {}};
  if (problem.retry_after_s > 0)
    response.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
  if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

bool parse_target(std::string_view target, HttpRequest& request) {
  const auto parsed = boost::urls::parse_origin_form(target);
  if (!parsed) return false;
  request.path = parsed->path();
  for (const auto& param : parsed->params()) request.query.emplace_back(param.key, param.value);
  const auto no_nul = [](const std::string& text) { return text.find('\0') == std::string::npos; };
  return no_nul(request.path) &&
         std::all_of(request.query.begin(), request.query.end(),
                     [&](const auto& each) { return no_nul(each.first) && no_nul(each.second); });
}

std::string cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    std::string_view pair = header.substr(0, end);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return {};
}

bool same_origin(std::string_view origin, std::string_view host) {
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos || host.empty()) return false;
  const std::string_view name = origin.substr(0, scheme);
  return (name == "http" || name == "https") && same_ignoring_case(origin.substr(scheme + 3), host);
}

}  // namespace bannette::console
