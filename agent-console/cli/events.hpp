// `bannette events`: what supervisors, on-call people and webhooks are told of, by cursor.
#pragma once
#include <cstdint>
#include <iosfwd>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {

struct EventsOptions {
  QueueConnectionOptions connection;
  std::uint64_t after = 0;  // a change's number
  bool follow = false;      // ask again every second, until stopped
};

int run_events(const EventsOptions& options, std::ostream& out);

}  // namespace bannette::console
