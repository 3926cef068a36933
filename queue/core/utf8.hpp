// Cutting text where it may be cut.
#pragma once
#include <string>
#include <string_view>

namespace bannette {

// At most `most` bytes, never within a character of UTF-8: what is not UTF-8 cannot travel.
[[nodiscard]] inline std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most));
}

}  // namespace bannette
