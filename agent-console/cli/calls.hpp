// `bannette calls`: the ledger of calls, of a data folder or of a captured stream of a PBX; against the PBX's
// own log.
#pragma once
#include <filesystem>
#include <iosfwd>

#include "agent-console/cli/options.hpp"

namespace bannette::console {

struct CallsOptions {
  std::filesystem::path replay;     // a captured stream (.ami); or
  std::filesystem::path data;       // a data folder, also while the service runs
  std::filesystem::path reconcile;  // a queue_log
  std::string pbx = "main";
  bool json = false;
};

// 0; with `reconcile` 1 where a difference is unexplained or a line of the log cannot be read. Throws
// WrongUse.
int run_calls(const CallsOptions& options, std::ostream& out, std::ostream& err);
void add_calls(CLI::App& app, Chosen& chosen);

}  // namespace bannette::console
