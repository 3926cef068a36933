// `bannette reload --data DIR`: asks the running service to load its configuration's folder anew.
#pragma once
#include <filesystem>
#include <iosfwd>

#include "agent-console/cli/options.hpp"

namespace bannette::console {

struct ReloadOptions {
  std::filesystem::path data;
  bool check_only = false;
  bool json = false;
};

// 0: in force (or could be); 1: nothing changed, and why. Throws Refused where no service runs.
[[nodiscard]] int run_reload(const ReloadOptions& options, std::ostream& out, std::ostream& err);

void add_reload(CLI::App& app, Chosen& chosen);

}  // namespace bannette::console
