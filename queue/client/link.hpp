// A session with the queue (or with the router: same wire). One thread of its own owns the socket; any thread
// may ask. Used by router, console and command line alike.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "bannette/v1/envelope.pb.h"

namespace zmq {
class context_t;
}

namespace bannette::client {

// CURVE key pair and the server's public key, Z85 text of 40 characters (ZeroMQ RFC 32). Not used on inproc.
struct Curve {
  std::string public_key;
  std::string secret_key;
  std::string server_key;
};

struct Options {
  std::string endpoint;        // tcp://127.0.0.1:5570 or inproc://queue-console
  std::optional<Curve> curve;  // required on tcp
  std::string program = "bannette";
  std::chrono::milliseconds request_timeout{
      5'000};                       // then the answer is Error{timed_out}: unknown, not refused
  std::size_t outstanding = 4'096;  // requests without an answer; beyond: Error{busy} at once
};

class Link {
 public:
  // Exactly one call per request: the reply, or an Envelope with `error` (timed_out, unavailable, busy).
  // Called on the link's thread: must be short and must not throw.
  using Answer = std::function<void(v1::Envelope&&)>;
  using Delivery = std::function<void(v1::Envelope&&)>;  // Deliver messages
  using Changed = std::function<void(bool up)>;          // session opened (after WELCOME) or lost

  // Without a context, one is made. Throws std::system_error where the socket cannot be made.
  explicit Link(Options options, zmq::context_t* context = nullptr);
  ~Link();  // answers what is outstanding with Error{unavailable}, then joins
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  void on_delivery(Delivery);  // set both before start()
  void on_change(Changed);
  void start();  // throws std::invalid_argument for an address that ZeroMQ refuses

  // Sets request_id. A changing request must carry an idempotency_key. Thread safe.
  void ask(v1::Envelope request, Answer answer);
  [[nodiscard]] std::future<v1::Envelope> ask(v1::Envelope request);
  // Waits for WELCOME: true, or false when the time is over.
  [[nodiscard]] bool wait_up(std::chrono::milliseconds most);
  [[nodiscard]] bool up() const;
  [[nodiscard]] v1::Welcome welcome() const;  // of the current session

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::client
