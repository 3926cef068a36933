// `bannette corrections`: where people decided otherwise than the machine, reviewed and exported to train on.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "agent-console/cli/options.hpp"

namespace bannette::console {

struct CorrectionsOptions {
  std::filesystem::path config;
  std::filesystem::path data;
  std::filesystem::path to;            // export; empty: standard output
  std::string reference;               // of the dossier: show, accept, reject
  std::string by;                      // who decides; empty: $USER
  std::string motif, urgency, danger;  // accept: what is right; empty: as proposed
  std::vector<std::string> hide;
  std::uint32_t days = 90;
  bool all = false;  // list: those that were decided upon, too
  bool json = false;
};

// 0; 1 where it is refused or something could not be read; 2: no configuration, no journal.
[[nodiscard]] int run_corrections_list(const CorrectionsOptions& options, std::ostream& out,
                                       std::ostream& err);
[[nodiscard]] int run_corrections_show(const CorrectionsOptions& options, std::ostream& out,
                                       std::ostream& err);
[[nodiscard]] int run_corrections_accept(const CorrectionsOptions& options, std::ostream& out,
                                         std::ostream& err);
[[nodiscard]] int run_corrections_reject(const CorrectionsOptions& options, std::ostream& out,
                                         std::ostream& err);
[[nodiscard]] int run_corrections_export(const CorrectionsOptions& options, std::ostream& out,
                                         std::ostream& err);

void add_corrections(CLI::App& app, Chosen& chosen);

}  // namespace bannette::console
