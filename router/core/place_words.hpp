// The words of a place's name, as the official names write them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::router {

// Folded text at its spaces.
[[nodiscard]] std::vector<std::string> split_words(std::string_view folded);
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

// "st" and "ste", "s/" and "les" as the official names write them.
void spell_out(std::vector<std::string>& words);

[[nodiscard]] bool is_article(std::string_view word);     // le, la, les, l
[[nodiscard]] bool is_place_link(std::string_view word);  // sur, lez, en, sous, d, au
[[nodiscard]] bool all_digits(std::string_view text);

// sound_of() word by word: "tout flers" and "toufflers" differ by less than letter by letter.
[[nodiscard]] std::string sound_by_word(const std::vector<std::string>& words);

// Which letters a..z stand in it, a bit each: two names that share few need not be compared.
[[nodiscard]] std::uint32_t letters_of(std::string_view folded);

}  // namespace bannette::router
