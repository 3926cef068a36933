// How near two names are: by letters, and by sound.
#pragma once
#include <string>
#include <string_view>

namespace bannette::router {

// Damerau-Levenshtein distance (optimal string alignment) in bytes of folded text, or `most` + 1 where it is
// more.
[[nodiscard]] int distance(std::string_view a, std::string_view b, int most);

// How many slips a name of this length may hold and still be taken for another: none up to 3 letters, 1 up to
// 5, then 2.
[[nodiscard]] int slips_allowed(std::size_t letters);

// Is `typed` what is left of `name` where some letters behind the first are left out? "wasqhal", "hm".
[[nodiscard]] bool abridges(std::string_view typed, std::string_view name);

// A rough key of how a French word sounds, from folded letters without spaces: "ouasquehal" and "wasquehal"
// share one.
[[nodiscard]] std::string sound_of(std::string_view folded);

}  // namespace bannette::router
