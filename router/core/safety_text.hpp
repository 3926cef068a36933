// A note as the safety rules read it: folded words with one space between them, a comma after the last word
// of a clause and a full stop after the last of a sentence: "il la frappe, hier encore. elle a 5 ans.". RE2
// runs over it byte by byte; places in it are turned into words of the note.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "router/core/text.hpp"

namespace bannette::router {

// Words [first, last).
struct Span {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool operator==(const Span&) const = default;
};

class SafetyText {
 public:
  explicit SafetyText(const Words& words);
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  // Bytes [begin, end) as words; a word that is touched is counted. `begin` < `end`.
  [[nodiscard]] Span words_at(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::size_t begin_of(std::uint32_t word) const { return begins_[word]; }
  [[nodiscard]] std::size_t size() const { return begins_.size(); }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> begins_;  // by word
};

}  // namespace bannette::router
