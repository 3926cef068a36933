// `webhook ...` on the command line.
#pragma once
#include "agent-console/cli/options.hpp"

namespace bannette::console {

void add_webhooks(CLI::App& app, Chosen& chosen);

}  // namespace bannette::console
