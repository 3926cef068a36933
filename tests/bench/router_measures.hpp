// What `./dev bench router` measures, one file a measure. Each prints its row to stderr and gives it as JSON.
#pragma once
#include <filesystem>

#include <boost/json.hpp>

namespace bannette::bench {

// Decisions of every sample note, one after the other on one core: the whole, and what its parts take.
[[nodiscard]] boost::json::object measure_decisions(const std::filesystem::path& site, int rounds);

}  // namespace bannette::bench
