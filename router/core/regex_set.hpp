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

  // Matches whole words. Gives its number, the same one for the same expression. Refused (French): what RE2
  // does not take, and what matches any text.
  [[nodiscard]] Result<std::uint32_t> add(std::string_view expression);
  void compile();  // once, after the last add() and before what follows

  // By number: may it match this text?
  [[nodiscard]] std::vector<bool> candidates(std::string_view text) const;
  // The first match at `from` or after; nothing: begin == end. Linear in the text.
  [[nodiscard]] ByteSpan find(std::uint32_t number, std::string_view text, std::size_t from) const;

 private:
  // The literals that are looked up by their `length` first bytes (the last such table: by that many, and
  // longer), in order of a hash of these; those of hash h are [first[h], first[h + 1]).
  struct Starts {
    std::size_t length = 0;
    std::vector<bool> some;  // by a longer hash: most places of a text are passed over by it
    std::vector<std::uint32_t> first;
    std::vector<int> literals;
  };
  void look_up(const Starts& starts, std::uint64_t key, std::string_view rest, std::vector<bool>& seen,
               std::vector<int>& present) const;

  std::unique_ptr<re2::FilteredRE2> set_;
  std::int64_t memory_each_;
  std::uint32_t size_ = 0;
  std::unordered_map<std::string, std::uint32_t> known_;  // the same expression gets one number
  std::vector<std::string> literals_;
  std::vector<Starts> starts_;
};

}  // namespace bannette::router
