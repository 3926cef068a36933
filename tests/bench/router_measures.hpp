// What `./dev bench router` measures, one file a measure. JSON; what is short is told on stderr too.
#pragma once
#include <filesystem>

#include <boost/json.hpp>

namespace bannette::bench {

// Decisions of every sample note, one after the other on one core: the whole, and what its parts take.
[[nodiscard]] boost::json::object measure_decisions(const std::filesystem::path& site, int rounds);

// The territory with 100,000 streets: start, memory, completion while one types, placing a call.
[[nodiscard]] boost::json::object measure_territory(const std::filesystem::path& site,
                                                    const std::filesystem::path& scratch);

}  // namespace bannette::bench
