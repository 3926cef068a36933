// What people type while they listen, made comparable: clean UTF-8, folded words, numbers read as numbers.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/utf8.hpp"

namespace bannette::router {

// Longest text that is read, in bytes (as bannette::limits::note). What is beyond is not looked at.
inline constexpr std::size_t text_max = 20'000;

// Valid UTF-8 in NFC. Bytes that are not UTF-8 are read as Windows-1252; UTF-8 that was once read as
// Windows-1252
// ("Ã©") is repaired; control characters become spaces. Never fails.
[[nodiscard]] std::string clean(std::string_view text);

// Lower case without accents, ligatures opened; all that is not a letter or a digit becomes one space:
// "  Saint-André-lez-Lille " -> "saint andre lez lille".
[[nodiscard]] std::string fold(std::string_view text);

struct Word {
  std::string text;       // folded; a number in digits
  std::size_t begin = 0;  // bytes in the cleaned text
  std::size_t end = 0;
  int number = -1;             // 0..9999 where the word is a number ("dix-huit", "18"), else -1
  std::uint32_t clause = 0;    // grows at each comma, colon, slash ...
  std::uint32_t sentence = 0;  // grows at each full stop, question mark, new line ...
};

struct Words {
  std::string text;  // cleaned: what begin and end count in
  std::vector<Word> list;
};

// Words in order. "18a" is two words, "18" and "a"; "quatre-vingt-six" is one, "86"; "j'ai" is "j" and "ai".
[[nodiscard]] Words words_of(std::string_view text);

}  // namespace bannette::router
