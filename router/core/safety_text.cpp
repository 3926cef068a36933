#include "router/core/safety_text.hpp"

#include <algorithm>

namespace bannette::router {

SafetyText::SafetyText(const Words& words) {
  bytes_.reserve(words.text.size() + words.list.size());
  begins_.reserve(words.list.size());
  for (std::size_t i = 0; i < words.list.size(); ++i) {
    const auto& word = words.list[i];
    if (i > 0) bytes_ += ' ';
    begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    bytes_ += word.text;
    const bool last = i + 1 == words.list.size();
    if (last || words.list[i + 1].sentence != word.sentence)
      bytes_ += '.';
    else if (words.list[i + 1].clause != word.clause)
      bytes_ += ',';
  }
}

Span SafetyText::words_at(std::size_t begin, std::size_t end) const {
  const auto word_of = [&](std::size_t byte) {
    return static_cast<std::uint32_t>(std::upper_bound(begins_.begin(), begins_.end(), byte) -
                                      begins_.begin());
  };
  const auto first = std::max(word_of(begin), 1U) - 1;
  return {first, std::max(word_of(end - 1), first + 1)};
}

}  // namespace bannette::router
