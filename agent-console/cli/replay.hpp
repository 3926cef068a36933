// `bannette replay --config NEW --data DIR`: what another configuration would have made of past calls.
#pragma once
#include <filesystem>
#include <iosfwd>

#include "agent-console/cli/options.hpp"

namespace bannette::console {

struct ReplayOptions {
  std::filesystem::path config;
  std::filesystem::path against;  // empty: with what was recorded
  std::filesystem::path data;
  std::uint32_t days = 30;
  std::string day;  // "2027-01-01": sectors as they will be; empty: today
  bool json = false;
  bool show_notes = false;    // what people typed; otherwise nothing personal is shown
  bool accept_drops = false;  // lower urgencies are known and wanted
};

// Reads beside a running service, and writes nothing. 0: nothing to acknowledge; 1: urgencies or dangers that
// drop (and not --accept-drops), or the configuration has errors; 2: no configuration, no journal.
[[nodiscard]] int run_replay(const ReplayOptions& options, std::ostream& out, std::ostream& err);

void add_replay(CLI::App& app, Chosen& chosen);

}  // namespace bannette::console
