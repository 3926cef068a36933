// How alike two notes are, told without keeping their words: a sketch is the smallest keyed hashes of a
// note's words and of the letters in them (MinHash: A. Broder, "On the resemblance and containment of
// documents", 1997; of each hash one byte is kept: P. Li and A. C. König, "b-bit minwise hashing", 2010).
// Without the secret it says nothing about a note, and nobody can try words on it.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bannette::router {

inline constexpr std::size_t sketch_hashes = 128;
inline constexpr std::size_t sketch_features = 1'000;  // of a longer note the first ones

struct Sketch {
  std::array<std::uint8_t, sketch_hashes> least{};
  std::uint16_t features = 0;  // 0: nothing to compare
  bool operator==(const Sketch&) const = default;
};

// Case, accents, order and small words do not count; a word that is shortened or has a slip in it counts in
// part.
[[nodiscard]] Sketch sketch_of(std::string_view note, std::uint64_t secret);

// Of the features of both, how many they share: 0 to 1, right within about 0.04 (one standard deviation). 0
// where one of them has fewer than `features_least`: too little was said to compare.
inline constexpr std::uint16_t features_least = 12;
[[nodiscard]] double resemblance(const Sketch& a, const Sketch& b);

}  // namespace bannette::router
