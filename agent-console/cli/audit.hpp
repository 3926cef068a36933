// `bannette audit`: who read what, when and why.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {

struct AuditOptions {
  QueueConnectionOptions connection;
  std::string dossier, person;  // empty: all
  std::string in_unit;          // code of a unit, "service:CODE"; empty: all
  std::string from, to;         // as when() reads them; empty: without a bound
  std::uint64_t after = 0;      // a change's number
};

int run_audit(const AuditOptions& options, std::ostream& out);

}  // namespace bannette::console
