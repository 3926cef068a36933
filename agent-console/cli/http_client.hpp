// A small HTTP client for the demo: one request at a time, loopback only, with the session's cookie and
// token.
#pragma once
#include <memory>
#include <string>

#include <boost/json/object.hpp>

namespace bannette::console {

class HttpClient {
 public:
  struct Answer {
    int status = 0;
    std::string body;
  };
  // `url`: http://ADDRESS:PORT. Throws WrongUse for another form or an address that is not loopback.
  explicit HttpClient(const std::string& url);
  ~HttpClient();
  // JSON in, JSON out. `key` becomes the Idempotency-Key when not empty. Throws boost::system::system_error.
  Answer post(const std::string& path, const boost::json::object& body, const std::string& key);
  // What login told: changes of a session need it.
  void page_token(std::string csrf);
  [[nodiscard]] bool logged_out() const { return last_status_ == 401; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  int last_status_ = 0;
};

}  // namespace bannette::console
