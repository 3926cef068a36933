// What a safety rule is written in: RE2 over a note's normalised text (safety_text.hpp), with
//
//   {enfant}        a class of words: the alternatives that the file lists under that name
//   {age 0-12}      "12 ans", "5 a", "un an"
//   {2..90}         a number of that range
//   A ~3 B          at most three words between A and B, in one sentence
//
// A pattern stands for whole words: "frapp\w*", not "frapp". Ages and numbers are digits in the text
// ("dix-huit" is 18), letters are small and without accents.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/error.hpp"
#include "router/core/spot.hpp"

namespace bannette::router {

inline constexpr std::size_t safety_pattern_max = 8'192;   // bytes, written out
inline constexpr std::size_t safety_patterns_max = 5'000;  // in one file
inline constexpr std::int64_t safety_memory = 1'048'576;   // bytes that RE2 may take for one pattern
inline constexpr int safety_gap_max = 30;                  // words between two parts

using WordClasses = std::map<std::string, std::vector<Spot>, std::less<>>;

// The pattern as RE2 reads it, or what is wrong with it (Code::malformed, in French). Says nothing of what
// RE2 itself refuses.
[[nodiscard]] Result<std::string> write_out(std::string_view pattern, const WordClasses& classes);

// Does the pattern deny by itself ("ne repond plus")? Then a denial around it is its own.
[[nodiscard]] bool denies(std::string_view written_out);

}  // namespace bannette::router
