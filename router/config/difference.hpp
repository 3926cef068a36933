// What is different between two configurations of a site, for people.
#pragma once
#include <string>
#include <vector>

#include "router/core/site.hpp"

namespace bannette::router {

inline constexpr std::size_t differences_max = 200;  // lines; a last one tells that there are more

// French, a line each: units, bannettes, topics, communes and streets, safety rules, hours and delays,
// telephony. Empty
// where nothing that people configure by name is different.
[[nodiscard]] std::vector<std::string> differences(const Site& before, const Site& after);

}  // namespace bannette::router
