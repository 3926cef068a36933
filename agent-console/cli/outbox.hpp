// `bannette outbox`: what the router keeps and the queue has not confirmed; retry and discard settle what was
// set aside.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {

struct OutboxOptions {
  QueueConnectionOptions connection;
  std::uint64_t after = 0;  // a place
  bool trace = false;       // what became of those set aside, instead
  std::uint64_t place = 0;  // to settle
  std::string text;         // why
};

int run_outbox(const OutboxOptions& options, std::ostream& out);
int run_outbox_retry(const OutboxOptions& options, std::ostream& out);
int run_outbox_discard(const OutboxOptions& options, std::ostream& out);

}  // namespace bannette::console
