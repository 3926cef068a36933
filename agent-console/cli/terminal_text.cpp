#include "agent-console/cli/terminal_text.hpp"

#include <algorithm>
#include <ctime>
#include <ostream>

#include "agent-console/cli/connection.hpp"

namespace bannette::console {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

unsigned char byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Bytes of the character at `at`, or 0 where it is not UTF-8 (RFC 3629: neither overlong nor surrogate).
std::size_t length_at(std::string_view text, std::size_t at) {
  const unsigned char lead = byte(text, at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(text, at + i) & 0xC0) != 0x80) return 0;
  const unsigned char second = byte(text, at + 1);
  const bool wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                     (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

bool is_control(std::string_view text, std::size_t at, std::size_t length) {
  if (length == 1) return byte(text, at) < 0x20 || byte(text, at) == 0x7F;
  return length == 2 && byte(text, at) == 0xC2 && byte(text, at + 1) < 0xA0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void require_utf8(const std::string& field, std::string_view text) {
  if (!is_utf8(text)) throw Refused("malformed", field, "Ce texte n'est pas de l'UTF-8.");
}

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = length_at(text, at);
    if (length == 0 || is_control(text, at, length))
      out += kReplacement;
    else
      out += text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::string visible_lines(std::string_view text, std::string_view indent) {
  std::string out;
  for (;;) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    out += visible(line);
    if (end == std::string_view::npos) return out;
    out += '\n';
    out += indent;
    text.remove_prefix(end + 1);
  }
}

void put_column(std::ostream& out, std::string_view text, std::size_t width) {
  const std::string shown = visible(text);
  const auto characters = static_cast<std::size_t>(std::count_if(
      shown.begin(), shown.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  out << shown << std::string(width > characters ? width - characters : 0, ' ') << "  ";
}

std::string local_time(std::int64_t at_ms) {
  if (at_ms == 0) return "-";
  const auto at = static_cast<std::time_t>(at_ms / 1000);
  std::tm parts{};
  char text[16];
  if (localtime_r(&at, &parts) == nullptr) return "-";
  return {text, std::strftime(text, sizeof text, "%d/%m %H:%M", &parts)};
}

}  // namespace bannette::console
