// A TCP connection's way through this process, so that it can be cut in the middle of a message.
#pragma once
#include <atomic>
#include <cstdint>
#include <list>
#include <string>
#include <thread>

#include "queue/system/wake.hpp"
#include "tests/integration/messages.hpp"

namespace bannette::test {

class Cable {
 public:
  // To tcp://127.0.0.1:PORT.
  explicit Cable(const std::string& endpoint);
  ~Cable();
  Cable(const Cable&) = delete;
  Cable& operator=(const Cable&) = delete;

  [[nodiscard]] std::string endpoint() const { return endpoint_; }
  // Each time that so many bytes have passed, both ways together, all connections are reset. 0: never.
  void cut_each(std::uint64_t bytes) { cut_each_ = bytes; }
  // The next connection that passes exactly so many bytes in this direction is cut there; the later ones
  // hold.
  enum class Way { to_server, to_client };
  void cut_once(Way way, std::uint64_t bytes);
  void cut_now();  // soon: on the cable's thread
  [[nodiscard]] std::uint64_t cuts() const { return cuts_; }
  // False when the patience is over.
  [[nodiscard]] bool wait_connections(std::uint64_t made);  // since the beginning
  [[nodiscard]] bool wait_bytes_to_client(std::uint64_t total);

 private:
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};
  struct Connection {
    int client, server;
    std::uint64_t to_server = 0, to_client = 0;  // bytes
  };
  void run();
  void accept_one();
  bool serve(Connection& connection, short from_client, short from_server);
  bool forward(Connection& connection, Way way);  // false: the connection has ended

  std::uint16_t to_port_;
  int listener_ = -1;
  std::string endpoint_;
  std::list<Connection> connections_;
  std::atomic<std::uint64_t> cut_each_{0}, cuts_{0};
  std::atomic<std::uint64_t> once_to_server_{kNever}, once_to_client_{kNever};
  std::uint64_t passed_ = 0;
  Signal signal_;
  std::uint64_t made_ = 0, bytes_to_client_ = 0;
  std::atomic<bool> stopping_{false}, cut_now_{false};
  system::Wake wake_;
  std::thread thread_;
};

}  // namespace bannette::test
