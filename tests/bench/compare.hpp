// The systems side by side in one run, and the ratios between them.
#pragma once
#include <filesystem>
#include <string>

#include <boost/json.hpp>

namespace bannette::bench {

struct Compare {
  int runs = 3;         // interleaved; medians are told
  double scale = 1;     // of the number of requests of a run
  std::string only;     // measures whose name contains this
  std::string systems;  // systems whose name contains this; empty: all
};

// Also writes a table to stderr.
[[nodiscard]] boost::json::object compare(const std::filesystem::path& folder, const Compare& how);

}  // namespace bannette::bench
