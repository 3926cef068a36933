// The words of a street's name, comparable however they are abbreviated: "12 bd Gal Leclerc" and "Boulevard
// du Général Leclerc".
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/core/text.hpp"

namespace bannette::router {

// "bd" -> "boulevard", "" where the word is no kind of street. `misspelt`: also "chausse", "boulvard".
[[nodiscard]] std::string_view street_kind(std::string_view word, bool misspelt = false);
// Kinds whose names of places are no places ("rue de Lens"), unlike "résidence de Lens".
[[nodiscard]] bool is_road(std::string_view word);
// "gal" -> "general", "st" -> "saint"; the word itself where it is no abbreviation.
[[nodiscard]] std::string_view in_full(std::string_view word);
[[nodiscard]] bool is_street_article(std::string_view word);  // de, du, des, d, la, l, le, les

// A street's name taken apart: its kind, and the words that are neither kind nor article, in full.
struct StreetName {
  std::string kind;
  std::vector<std::string> words;
};
[[nodiscard]] StreetName street_name(std::string_view written);

// What in a text may be the name of a street, and the number of the house.
struct StreetText {
  std::string kind;                // empty: none was typed
  std::vector<std::string> words;  // as in StreetName; more than the name may hold
  std::vector<std::size_t> ends;   // for each word, the word of the text behind it
  bool article = false;            // one stands before the first word: "rue de"
  bool before_kind = false;        // the name comes first: "gand rue de"
  std::size_t kind_at = 0;         // word of the text
  std::string typed;               // as it stands in the text, at most 60 bytes
};

// At most 8. In an address also misspelt kinds, kinds that are no roads, and names without a kind.
[[nodiscard]] std::vector<StreetText> streets_in(const Words& text, bool is_address);

// The number of the house: before the kind ("12 bis, rue", "12-14 rue": 12) or behind the name ("rue X n°
// 12"), of which `used` words are the street's.
[[nodiscard]] std::optional<int> house_number(const Words& text, const StreetText& street, std::size_t used);

}  // namespace bannette::router
