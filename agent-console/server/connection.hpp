// One browser's or program's connection: HTTP/1.1 with every bound, and the live WebSocket.
#pragma once
#include <functional>
#include <map>
#include <memory>

#include <boost/asio/ip/tcp.hpp>

#include "agent-console/server/api.hpp"

namespace boost::asio::ssl {
class context;
}

namespace bannette::console {

// Which connections are open, so that stopping can close those that wait for nothing.
class Connections {
 public:
  struct Open {
    bool idle = true;             // between two requests
    std::function<void()> abort;  // closes the socket
  };
  using Place = std::map<std::uint64_t, Open>::iterator;

  Place add() { return open_.emplace(++last_, Open{}).first; }
  void remove(Place place) { open_.erase(place); }
  [[nodiscard]] std::size_t size() const { return open_.size(); }
  void abort_idle();
  void abort_all();

 private:
  std::map<std::uint64_t, Open> open_;
  std::uint64_t last_ = 0;
};

struct Serving {
  Api& api;
  Tasks& tasks;
  Connections& connections;
  asio::ssl::context* tls = nullptr;  // nothing: in clear
};

// From accepting to closing. Never throws for what a peer does.
[[nodiscard]] asio::awaitable<void> serve_connection(Serving& serving, asio::ip::tcp::socket socket);

}  // namespace bannette::console
