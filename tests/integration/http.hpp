// HTTP/1.1 over a plain loopback socket, one connection a request: apart from what is tested.
#pragma once
#include <string>

#include <boost/json/object.hpp>

namespace bannette::test {

struct HttpAnswer {
  int status = 0;
  std::string head;
  std::string body;
  [[nodiscard]] std::string header(const std::string& name) const;  // empty where there is none
  [[nodiscard]] boost::json::object json() const;
};

class HttpSession {
 public:
  explicit HttpSession(const std::string& url);  // http://127.0.0.1:PORT

  // Status 0: the connection could not be made or broke.
  [[nodiscard]] HttpAnswer get(const std::string& path);
  // `key` becomes the Idempotency-Key where it is not empty.
  [[nodiscard]] HttpAnswer post(const std::string& path, const boost::json::object& body,
                                const std::string& key = {}) {
    return ask("POST", path, body, key);
  }
  [[nodiscard]] HttpAnswer ask(const std::string& method, const std::string& path,
                               const boost::json::object& body, const std::string& key = {});
  // Keeps the cookie and the csrf token. The answer's status.
  [[nodiscard]] int login(const std::string& name, const std::string& password);
  void bear(const std::string& token) { bearer_ = token; }

 private:
  HttpAnswer send(const std::string& method, const std::string& path, const std::string& more,
                  const std::string& body);
  std::string address_;
  int port_;
  std::string cookie_, csrf_, bearer_;
};

}  // namespace bannette::test
