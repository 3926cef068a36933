// The router's shell: intake over ZeroMQ, the outbox, the connection to the queue, on one thread; and the
// desk of calls, which has its own (call_desk.hpp).
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>

#include <zmq.hpp>

#include "queue/journal/seal.hpp"
#include "router/core/site.hpp"
#include "router/switchboard/call_desk.hpp"

namespace bannette::router {

struct ServiceOptions {
  std::filesystem::path data;  // outbox.db
  seal::Key master;
  std::string listen = "inproc://intake";  // the console's sessions, and what the broker relays
  std::string queue = "inproc://queue-router";
  // Bytes; above the queue's own mark, so that what is recorded can still leave.
  std::uint64_t free_space_mark = 128ULL * 1024 * 1024;
  std::int64_t patience_ms = 700;  // without the queue's confirmation for so long: into the outbox
};

// What /readyz and /metrics show.
struct ServiceHealth {
  bool queue_up = false;
  std::uint64_t outbox_waiting = 0;
  std::uint64_t outbox_aside = 0;     // refused for good, kept for a human
  std::uint64_t outbox_danger = 0;    // in danger, waiting
  std::int64_t outbox_oldest_ms = 0;  // Unix time; 0: none
  std::uint64_t classified = 0;
  std::uint64_t logged = 0;
  CallDeskHealth calls;
};

class RouterService {
 public:
  // `site` is prepared. `broken` ends the process: the outbox's disk answered an error. Binds before it
  // returns.
  RouterService(zmq::context_t& context, ServiceOptions options, std::shared_ptr<const Site> site,
                std::function<void(const std::string&)> broken);
  ~RouterService();
  void start();
  void stop();  // twice is harmless
  // Another version of the same site (prepared). A call is decided by one version from beginning to end; the
  // future is there when nothing that an earlier one decided is under way any more. It breaks where the
  // service has stopped.
  [[nodiscard]] std::future<void> use(std::shared_ptr<const Site> site);
  [[nodiscard]] ServiceHealth health() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::router
