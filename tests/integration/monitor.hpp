// What becomes of a ZeroMQ socket's connections, as libzmq tells it.
#pragma once
#include <chrono>
#include <functional>

#include <zmq.hpp>

#include "tests/integration/process.hpp"

namespace bannette::test {

// Made before connect(); lives shorter than the socket.
class Monitor : public zmq::monitor_t {
 public:
  explicit Monitor(zmq::socket_t& socket) {
    constexpr int refusals = ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                             ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL;
    init(socket, "inproc://monitor", ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED | refusals);
  }
  // False when the patience is over.
  [[nodiscard]] bool wait(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!holds() && std::chrono::steady_clock::now() < until) check_event(100);
    return holds();
  }
  int opened = 0;   // handshakes that succeeded
  int refused = 0;  // and that did not
  int closed = 0;   // connections that ended, whether before or after their handshake

 private:
  void on_event_handshake_succeeded(const zmq_event_t&, const char*) override { ++opened; }
  void on_event_handshake_failed_auth(const zmq_event_t&, const char*) override { ++refused; }
  void on_event_handshake_failed_protocol(const zmq_event_t&, const char*) override { ++refused; }
  void on_event_handshake_failed_no_detail(const zmq_event_t&, const char*) override { ++refused; }
  void on_event_disconnected(const zmq_event_t&, const char*) override { ++closed; }
};

}  // namespace bannette::test
