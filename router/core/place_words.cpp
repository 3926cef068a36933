#include "router/core/place_words.hpp"

#include <algorithm>

#include "router/core/spelling.hpp"

namespace bannette::router {

std::vector<std::string> split_words(std::string_view folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += word;
  return out;
}

void spell_out(std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool inner = i > 0 && i + 1 < words.size();
    if (words[i] == "st")
      words[i] = "saint";
    else if (words[i] == "ste")
      words[i] = "sainte";
    else if (inner && (words[i] == "s" || words[i] == "sr"))
      words[i] = "sur";
    else if (inner && (words[i] == "les" || words[i] == "le" || words[i] == "lz"))
      words[i] = "lez";
  }
}

bool is_article(std::string_view word) {
  return word == "le" || word == "la" || word == "les" || word == "l";
}

bool is_place_link(std::string_view word) {
  return word == "sur" || word == "lez" || word == "en" || word == "sous" || word == "d" || word == "au";
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string sound_by_word(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += sound_of(word);
  return out;
}

std::uint32_t letters_of(std::string_view folded) {
  std::uint32_t letters = 0;
  for (const char c : folded)
    if (c >= 'a' && c <= 'z') letters |= 1U << (c - 'a');
  return letters;
}

}  // namespace bannette::router
