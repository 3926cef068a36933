// Many RE2 expressions over one text. A text is first looked through for the literals that the expressions
// cannot do without (RE2's own FilteredRE2), so that the few that can match run, and not all.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "queue/core/error.hpp"

namespace re2 {
class FilteredRE2;
}

namespace bannette::router {

// Bytes [begin, end) of the text.
struct ByteSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class RegexSet {
 public:
  explicit RegexSet(
      std::int64_t memory_each);  // bytes for one expression; beyond, it is refused or runs slower
  ~RegexSet();
  RegexSet(const RegexSet&) = delete;
  RegexSet& operator=(const RegexSet&) = delete;

  // Matches whole words. Numbers are handed out in order: 0, 1, 2 ... Refused (French): what RE2 does not
  // take, and what matches any text.
  [[nodiscard]] Result<std::uint32_t> add(std::string_view expression);
  void compile();  // once, after the last add() and before what follows

  // By number: may it match this text?
  [[nodiscard]] std::vector<bool> candidates(std::string_view text) const;
  // The first match at `from` or after; nothing: begin == end. Linear in the text.
  [[nodiscard]] ByteSpan find(std::uint32_t number, std::string_view text, std::size_t from) const;

 private:
  std::unique_ptr<re2::FilteredRE2> set_;
  std::int64_t memory_each_;
  std::uint32_t size_ = 0;
  std::vector<std::string> literals_;
  std::unordered_map<std::uint32_t, std::vector<int>> by_start_;  // three first bytes -> literals
};

}  // namespace bannette::router
