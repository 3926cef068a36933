// Code points one by one: the only file that speaks to ICU, besides unicode.cpp.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace bannette::router {

// The next code point; a byte that is not UTF-8 is read as Windows-1252. Advances `at`.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

// The Windows-1252 byte of a character, or -1.
[[nodiscard]] int windows_1252_byte(char32_t code_point);

// Appends the folded letters or digits of a character ("É" -> "e", "œ" -> "oe"), nothing for a mark.
// False where it is neither letter, digit nor mark: it separates.
[[nodiscard]] bool append_folded(std::string& out, char32_t code_point);

[[nodiscard]] bool is_control(char32_t code_point);
[[nodiscard]] bool is_upper(char32_t code_point);
[[nodiscard]] std::string nfc(std::string_view valid_utf8);

}  // namespace bannette::router
