#include "router/core/text.hpp"

#include <optional>

#include "router/core/numbers.hpp"
#include "router/core/unicode.hpp"

namespace bannette::router {
namespace {

// Two to four characters that are UTF-8 read as Windows-1252: what was meant, and where it ends.
std::optional<char32_t> mojibake(std::string_view text, char32_t first, std::size_t& at) {
  const int lead = windows_1252_byte(first);
  if (lead < 0xC2 || lead > 0xF4) return std::nullopt;
  std::string bytes(1, static_cast<char>(lead));
  const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  auto next = at;
  while (bytes.size() < wanted) {
    if (next >= text.size()) return std::nullopt;
    const auto c = next_code_point(text, next);
    if (lead == 0xC3 && c == U' ') {  // "Ã " is "à" whose no-break space was lost
      bytes += static_cast<char>(0xA0);
      if (next >= text.size() || text[next] != ' ') --next;  // the one space also parts two words
      break;
    }
    const int byte = windows_1252_byte(c);
    if (byte < 0x80 || byte > 0xBF) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  std::size_t read = 0;
  const auto meant = next_code_point(bytes, read);
  if (read != bytes.size()) return std::nullopt;
  at = next;
  return meant;
}

bool ends_sentence(std::string_view text, std::size_t after, char32_t mark) {
  if (mark == U'!' || mark == U'?' || mark == U';' || mark == U'\n') return true;
  if (mark != U'.' && mark != U'…') return false;
  while (after < text.size() && text[after] == ' ') ++after;  // an abbreviation's point is no end
  return after >= text.size() || is_upper(next_code_point(text, after));
}

bool ends_clause(char32_t mark) {
  switch (mark) {
    case U',':
    case U':':
    case U'/':
    case U'(':
    case U')':
    case U'–':
    case U'—':
    case U'.':
    case U'…':
    case U'«':
    case U'»':
    case U'"':
    case U'+':
    case U'=':
    case U'>':
      return true;
    default:
      return false;
  }
}

struct Splitter {
  Words words;
  Word current;
  std::uint32_t clause = 0;
  std::uint32_t sentence = 0;

  void close(std::size_t at) {
    if (current.text.empty()) return;
    current.end = at;
    words.list.push_back(std::move(current));
    current = {};
  }
  void add(std::string_view letters, std::size_t from) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!current.text.empty() && digit(current.text.back()) != digit(letters.front())) close(from);
    if (current.text.empty()) {
      current.begin = from;
      current.clause = clause;
      current.sentence = sentence;
    }
    current.text += letters;
  }
  void mark(std::string_view text, std::size_t from, std::size_t after, char32_t c) {
    close(from);
    const bool spaced_hyphen = c == U'-' && from > 0 && text[from - 1] == ' ';
    if (ends_sentence(text, after, c)) {
      ++sentence;
      ++clause;
    } else if (ends_clause(c) || spaced_hyphen) {
      ++clause;
    }
  }
};

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  text = text.substr(0, text_max);
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto c = next_code_point(text, at);
    if (c >= 0x80)
      if (const auto meant = mojibake(text, c, at)) c = *meant;
    if (c == U'\n' || c == U'\r')
      c = U'\n';
    else if (c < 0x20 || c == 0x7F || (c >= 0x80 && is_control(c)) || c == 0xA0 || c == 0x202F)
      c = U' ';
    append_utf8(out, c);
  }
  return nfc(out);
}

std::string fold(std::string_view text) {
  std::string out;
  const auto cleaned = clean(text);
  bool gap = false;
  for (std::size_t at = 0; at < cleaned.size();) {
    std::string letters;
    if (!append_folded(letters, next_code_point(cleaned, at))) {
      gap = true;
    } else if (!letters.empty()) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out += letters;
    }
  }
  return out;
}

Words words_of(std::string_view text) {
  Splitter split;
  split.words.text = clean(text);
  const std::string_view cleaned = split.words.text;
  std::string letters;
  for (std::size_t at = 0; at < cleaned.size();) {
    const auto from = at;
    const auto c = next_code_point(cleaned, at);
    letters.clear();
    if (!append_folded(letters, c))
      split.mark(cleaned, from, at, c);
    else if (!letters.empty())
      split.add(letters, from);
  }
  split.close(cleaned.size());
  read_numbers(split.words.list);
  return std::move(split.words);
}

}  // namespace bannette::router
