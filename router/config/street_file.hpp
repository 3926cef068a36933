// voies.csv: the streets that exist, as `bannette import-addresses` writes them and the site reads them.
//
//   insee;voie
//   59512;Rue du Pile
//
// Sorted, each once, UTF-8, "\n" behind each line, no quotes: a name holds no semicolon.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/config/finding.hpp"
#include "router/core/street_index.hpp"

namespace bannette::router {

inline constexpr std::string_view street_file = "voies.csv";
inline constexpr std::size_t street_file_max = 32 * 1024 * 1024;  // bytes

// A name that may stand in the file: no separator, no control character, at most street_name_max bytes.
[[nodiscard]] bool good_street_name(std::string_view name);

// Sorts, drops doubles.
[[nodiscard]] std::string write_streets(std::vector<KnownStreet> streets);

// What is wrong is reported with its line, at most ten lines; nothing where anything is.
[[nodiscard]] std::optional<std::vector<KnownStreet>> read_streets(std::string_view text, Findings& findings);

}  // namespace bannette::router
