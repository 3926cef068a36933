// Patterns over words: what the lexicon is written in.
//
//   aide menag*            two words in a row, the second one by its beginning
//   rien|plus ?a manger    one of two words, then perhaps "a", then "manger"
//   frapp* ~3 @enfant      at most three words between, within one sentence; @enfant is a class of words
//   #0-17 an|ans|a         a number from 0 to 17, in digits or in words
//   maman|#65-110          a word or a number
//
// Accents, case and hyphens do not count. Spaces part the elements.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "queue/core/error.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

inline constexpr std::size_t pattern_elements_max = 16;
inline constexpr int pattern_gap_max = 12;

// One of several words, or beginnings of words, or numbers in a range.
struct Element {
  std::vector<std::string> words;     // folded
  std::vector<std::string> prefixes;  // folded
  int low = -1;                       // -1: not a number
  int high = -1;
  int gap_before = 0;  // words that may stand between the element before and this one
  bool optional = false;
  bool operator==(const Element&) const = default;
};

struct Pattern {
  std::string source;  // as written
  std::vector<Element> elements;
};

// Classes of words by name, each written as the alternatives of one element: "enfant*|fille|garcon*".
using Classes = std::map<std::string, std::string, std::less<>>;

// The pattern, or what is wrong with it (Code::malformed, in French).
[[nodiscard]] Result<Pattern> parse_pattern(std::string_view text, const Classes& classes);

[[nodiscard]] bool matches(const Element& element, const Word& word);
// Does `general` match every text that `special` matches? Elements side by side; cautious: false where it is
// not plain.
[[nodiscard]] bool covers(const Pattern& general, const Pattern& special);

// A pattern found: words [first, last) of the text.
struct Match {
  std::uint32_t pattern = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// All patterns of a lexicon, indexed by their first element.
class PatternSet {
 public:
  // Numbers are handed out in order: 0, 1, 2 ... The same pattern written twice gets one number.
  std::uint32_t add(const Pattern& pattern);
  [[nodiscard]] std::size_t size() const { return patterns_.size(); }
  [[nodiscard]] const Pattern& at(std::uint32_t number) const { return patterns_[number]; }

  // Every place where a pattern stands, at most `most`, in order of first word.
  [[nodiscard]] std::vector<Match> find(const Words& words, std::size_t most = 4'096) const;

 private:
  std::vector<Pattern> patterns_;
  std::unordered_map<std::string, std::uint32_t> by_source_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_word_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_start_;  // two first letters of a prefix
  std::vector<std::uint32_t> by_number_;
};

}  // namespace bannette::router
