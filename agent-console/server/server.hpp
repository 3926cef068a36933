// The console's HTTP server: pages, sessions, REST and live updates. One thread of its own runs everything
// but password hashing.
#pragma once
#include <cstdint>
#include <memory>

#include "agent-console/server/backend.hpp"
#include "agent-console/server/options.hpp"

namespace bannette::console {

class Server {
 public:
  Server(Options options, std::unique_ptr<Backend> backend);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Opens the accounts, binds, starts the backend and the thread. Throws std::runtime_error with a message
  // for people (exposure refused, certificate not readable) or std::system_error (address in use).
  void start();
  // Refuses new work, finishes what is under way within limits.drain, closes, joins. Also when never started,
  // and twice.
  void stop();
  // Topics, units and labels as configured anew; any thread, after start(). Pages see them when they ask
  // again.
  void use(Catalogue catalogue);
  [[nodiscard]] std::uint16_t local_port() const;  // after start()
  [[nodiscard]] bool tls() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::console
