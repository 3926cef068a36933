// The ZeroMQ shell that obeys the desk: one thread owns the sockets and the state machine, another the
// journal.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <zmq.hpp>

#include "queue/broker/new_rules.hpp"
#include "queue/core/rules.hpp"
#include "queue/desk/desk.hpp"
#include "queue/journal/journal.hpp"

namespace bannette::broker {

struct Options {
  std::filesystem::path data;  // keys, server.key; its free space is watched
  std::string console = "inproc://queue-console";
  std::string router = "inproc://queue-router";
  std::string tcp;     // tcp://ADDRESS:PORT, port 0 allowed; empty: none
  std::string intake;  // where the router listens, for relayed requests; empty: none
  std::uint64_t free_space_mark = 64ULL * 1024 * 1024;  // bytes; below it new dossiers are refused
};

// A copy of what /metrics and /readyz show. Nothing personal.
struct Health {
  bool disk_full = false;  // the last commit found no room
  bool low_space = false;
  bool damaged = false;  // a record is not what was written; the log names it
  std::uint64_t durable_seq = 0;
  std::uint64_t sessions = 0;
  std::uint64_t dossiers = 0;
  std::uint64_t loop_boot_ms = 0;  // when the broker's thread last came round
  desk::Tally tally;
};

class Broker {
 public:
  // Loads the journal. `broken` ends the process (see Committer). Throws what the journal and the sockets
  // throw.
  Broker(zmq::context_t& context, Options options, const Rules& rules, journal::Journal& journal,
         std::function<void(const std::string&)> broken);
  ~Broker();  // stop()
  void start();
  // Refuses what is new, finishes what was accepted, closes the sockets in their thread. Twice is harmless.
  void stop();

  // Other rules of the same site; when the answer is there they are in force. It names the bannettes that
  // they have lost and that hold open dossiers; `leaving` says what then. It breaks where the broker has
  // stopped.
  [[nodiscard]] std::future<std::vector<Leftover>> use(Rules rules, Leaving leaving);

  [[nodiscard]] std::string tcp_endpoint() const;  // with the real port
  [[nodiscard]] std::string server_key() const;    // public, Z85
  [[nodiscard]] Health health() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::broker
