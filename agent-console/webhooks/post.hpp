// One event posted to one endpoint over HTTP/1.1: https with its certificate verified, within one bounded
// time. Redirections are not followed, and of what is answered only the status counts.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "agent-console/core/webhook.hpp"
#include "queue/async/tasks.hpp"
#include "queue/core/error.hpp"

namespace bannette::console::webhook {

struct Target {
  bool tls = true;
  bool insecure = false;  // http in clear may leave this machine
  std::string host;       // without brackets
  std::string port;
  std::string authority;  // the header Host
  std::string path;       // with its query; at least "/"
};

// Refused, naming `url`: no http(s) address, or one with a user, a fragment or more than 2,048 bytes; and
// http to a host that is not this machine, unless `insecure`.
[[nodiscard]] Result<Target> parse_target(const std::string& url, bool insecure);

struct PostOptions {
  std::chrono::milliseconds whole{10'000};  // from the name's resolution to the status
  std::chrono::milliseconds rest{1'000};    // for the body of the answer, which is not looked at
  std::size_t header_most = 16 * 1024;      // bytes
  std::size_t body_most = 64 * 1024;
  std::filesystem::path authorities;  // PEM; empty: the system's (SSL_CERT_FILE, SSL_CERT_DIR)
  std::string agent = "bannette";     // the header User-Agent
};

struct Message {
  std::string id;
  std::int64_t timestamp_s = 0;
  std::string signature;
  std::string body;
};

// Set while a post is under way: closes it. On the context's thread.
using Stop = std::function<void()>;

class Poster {
 public:
  // Throws boost::system::system_error where the authorities cannot be read.
  Poster(std::shared_ptr<asio::io_context> context, PostOptions options);
  ~Poster();  // waits for the system's resolver
  Poster(const Poster&) = delete;
  Poster& operator=(const Poster&) = delete;

  // Never throws for what the other side does. `stop` must outlive it.
  [[nodiscard]] asio::awaitable<Lane::Answer> post(Target target, Message message, Stop& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::console::webhook
