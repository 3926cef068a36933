// What a PBX or its log says, as text that can travel.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "queue/core/utf8.hpp"
#include "router/core/unicode.hpp"

namespace bannette::telephony {

// At most `most` bytes of UTF-8. What is none is read as Windows-1252, as older telephones and dialplans
// write names: one byte of it would make every answer unreadable that it stands in. So the same bytes give
// the same text wherever they are met.
[[nodiscard]] inline std::string readable(std::string_view text, std::size_t most) {
  bool plain = true;
  for (const char c : text) plain &= static_cast<unsigned char>(c) < 0x80;
  if (plain) return std::string(text.substr(0, most));
  std::string valid;
  for (std::size_t at = 0; at < text.size() && valid.size() <= most;)
    router::append_utf8(valid, router::next_code_point(text, at));
  return cut(valid, most);
}

}  // namespace bannette::telephony
