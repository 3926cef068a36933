// Strings that repeat, kept once. Index 0 is the empty string.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bannette {

class Interned {
 public:
  std::uint32_t index(std::string_view text) {
    if (auto found = indexes_.find(text); found != indexes_.end()) return found->second;
    texts_.emplace_back(text);
    const auto index = static_cast<std::uint32_t>(texts_.size() - 1);
    indexes_.emplace(texts_.back(), index);  // a deque never moves its elements
    return index;
  }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const {
    const auto found = indexes_.find(text);
    return found == indexes_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] const std::string& text(std::uint32_t index) const { return texts_[index]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

  // The views point into the deque: a copy would point into the original.
  Interned() = default;
  Interned(Interned&&) = default;
  Interned& operator=(Interned&&) = default;

 private:
  std::deque<std::string> texts_{std::string{}};
  std::unordered_map<std::string_view, std::uint32_t> indexes_{{std::string_view{}, 0}};
};

}  // namespace bannette
