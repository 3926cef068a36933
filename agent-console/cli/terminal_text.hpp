// Text of people on a terminal: what could steer the terminal is made visible, and columns never run
// together.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace bannette::console {

[[nodiscard]] bool is_utf8(std::string_view text);
// Throws Refused (malformed, naming the field) where it is not UTF-8: protobuf would not carry it.
void require_utf8(const std::string& field, std::string_view text);

// Control characters (C0, DEL, C1: ECMA-48) and bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string visible(std::string_view text);
// The same, but lines stay lines; each but the first begins with `indent`.
[[nodiscard]] std::string visible_lines(std::string_view text, std::string_view indent = {});

// `text`, made visible, padded to `width` characters, and two spaces.
void put_column(std::ostream& out, std::string_view text, std::size_t width);

// "25/11 21:02", in the machine's time zone; "-" for 0. Unix time, milliseconds.
[[nodiscard]] std::string local_time(std::int64_t at_ms);

}  // namespace bannette::console
