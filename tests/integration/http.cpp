#include "tests/integration/http.hpp"

#include <algorithm>
#include <stdexcept>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/json.hpp>

namespace bannette::test {
namespace {

constexpr timeval kPatient{30, 0};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Sends all, reads until the other side closes. Empty where that failed.
std::string exchange(const std::string& address, int port, const std::string& request) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kPatient, sizeof kPatient);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kPatient, sizeof kPatient);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, address.c_str(), &where.sin_addr);
  std::string answer;
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0 &&
      ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
    char room[16'384];
    for (ssize_t got = 0; (got = ::recv(socket, room, sizeof room, 0)) > 0;)
      answer.append(room, static_cast<std::size_t>(got));
  }
  ::close(socket);
  return answer;
}

}  // namespace

std::string HttpAnswer::header(const std::string& name) const {
  const auto at = lower(head).find("\r\n" + lower(name) + ":");
  if (at == std::string::npos) return {};
  auto from = head.find_first_not_of(' ', at + 2 + name.size() + 1);
  return head.substr(from, head.find("\r\n", from) - from);
}

boost::json::object HttpAnswer::json() const {
  return boost::json::parse(body).as_object();
}

HttpSession::HttpSession(const std::string& url) {
  const std::string scheme = "http://";
  const auto colon = url.rfind(':');
  if (!url.starts_with(scheme) || colon <= scheme.size()) throw std::invalid_argument(url);
  address_ = url.substr(scheme.size(), colon - scheme.size());
  port_ = std::stoi(url.substr(colon + 1));
}

HttpAnswer HttpSession::send(const std::string& method, const std::string& path, const std::string& more,
                             const std::string& body) {
  std::string request = method + " " + path + " HTTP/1.1\r\nHost: " + address_ + ":" + std::to_string(port_) +
                        "\r\nConnection: close\r\n" + more;
  if (!cookie_.empty()) request += "Cookie: " + cookie_ + "\r\nX-CSRF-Token: " + csrf_ + "\r\n";
  if (!bearer_.empty()) request += "Authorization: Bearer " + bearer_ + "\r\n";
  const std::string text = exchange(address_, port_, request + "\r\n" + body);
  HttpAnswer answer;
  const auto end = text.find("\r\n\r\n");
  if (end == std::string::npos || !text.starts_with("HTTP/1.1 ")) return answer;
  answer.status = std::stoi(text.substr(9, 3));
  answer.head = text.substr(0, end + 2);
  answer.body = text.substr(end + 4);
  return answer;
}

HttpAnswer HttpSession::get(const std::string& path) {
  return send("GET", path, {}, {});
}

HttpAnswer HttpSession::ask(const std::string& method, const std::string& path,
                            const boost::json::object& body, const std::string& key) {
  const std::string text = boost::json::serialize(body);
  std::string more =
      "Content-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n";
  if (!key.empty()) more += "Idempotency-Key: " + key + "\r\n";
  return send(method, path, more, text);
}

int HttpSession::login(const std::string& name, const std::string& password) {
  const HttpAnswer answer = post("/api/v1/login", {{"name", name}, {"password", password}});
  if (answer.status != 200) return answer.status;
  const std::string cookie = answer.header("Set-Cookie");
  cookie_ = cookie.substr(0, cookie.find(';'));
  csrf_ = answer.json().at("csrf").as_string();
  return answer.status;
}

}  // namespace bannette::test
