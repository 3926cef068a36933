// The subcommands of units, managers and supervisors, over ZeroMQ.
#pragma once
#include "agent-console/cli/options.hpp"

namespace bannette::console {

void add_work(CLI::App& app, Chosen& chosen);

}  // namespace bannette::console
