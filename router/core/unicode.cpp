#include "router/core/unicode.hpp"

#include <array>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace bannette::router {
namespace {

// 0x80..0x9f of Windows-1252; 0 where the code page has no character.
constexpr std::array<char32_t, 32> high_1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                             0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

const icu::Normalizer2& form(bool compatible) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found =
      compatible ? icu::Normalizer2::getNFKDInstance(status) : icu::Normalizer2::getNFCInstance(status);
  return *found;
}

bool append_simple(std::string& out, char32_t c) {
  switch (c) {
    case U'œ':
    case U'Œ':
      out += "oe";
      return true;
    case U'æ':
    case U'Æ':
      out += "ae";
      return true;
    case U'ß':
    case U'ẞ':
      out += "ss";
      return true;
    case U'ø':
    case U'Ø':
      out += 'o';
      return true;
    case U'ł':
    case U'Ł':
      out += 'l';
      return true;
    default:
      break;
  }
  const auto u = static_cast<UChar32>(c);
  if (u_charType(u) == U_NON_SPACING_MARK || u_charType(u) == U_ENCLOSING_MARK) return true;
  if (u_isalpha(u)) {
    append_utf8(out, static_cast<char32_t>(u_foldCase(u, U_FOLD_CASE_DEFAULT)));
    return true;
  }
  if (const auto digit = u_charDigitValue(u); u_isdigit(u) && digit >= 0) {
    out += static_cast<char>('0' + digit);
    return true;
  }
  return false;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    return byte;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  auto next = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(bytes, next, size, c);
  if (c >= 0) {
    at = static_cast<std::size_t>(next);
    return static_cast<char32_t>(c);
  }
  ++at;
  if (byte >= 0xA0) return byte;
  const auto mapped = high_1252[byte - 0x80U];
  return mapped != 0 ? mapped : U' ';
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

int windows_1252_byte(char32_t c) {
  if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) return static_cast<int>(c);
  if (c >= 0x80 && c < 0xA0) return static_cast<int>(c);  // C1 controls: Latin-1 taken for Windows-1252
  for (std::size_t i = 0; i < high_1252.size(); ++i)
    if (high_1252[i] == c) return static_cast<int>(0x80 + i);
  return -1;
}

bool append_folded(std::string& out, char32_t c) {
  if (c < 0x80) {
    if (c >= 'A' && c <= 'Z') return out += static_cast<char>(c + 32), true;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return out += static_cast<char>(c), true;
    return false;
  }
  icu::UnicodeString parts;
  if (!form(true).getDecomposition(static_cast<UChar32>(c), parts)) return append_simple(out, c);
  bool any = false;
  for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const auto part = static_cast<char32_t>(parts.char32At(i));
    any = (part < 0x80 ? append_folded(out, part) : append_simple(out, part)) || any;
  }
  return any;
}

bool is_control(char32_t c) {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return true;
    default:
      return false;
  }
}

bool is_upper(char32_t c) {
  return u_isupper(static_cast<UChar32>(c)) != 0;
}

std::string nfc(std::string_view valid_utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(valid_utf8.data(), static_cast<std::int32_t>(valid_utf8.size())));
  const auto normal = form(false).normalize(text, status);
  if (U_FAILURE(status) != 0) return std::string(valid_utf8);
  std::string out;
  return normal.toUTF8String(out);
}

}  // namespace bannette::router
