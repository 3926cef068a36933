#include "router/core/pattern.hpp"

#include <algorithm>
#include <charconv>

namespace bannette::router {
namespace {

using Parsed = Result<Element>;

Refusal wrong(std::string what) {
  return {Code::malformed, "pattern", std::move(what)};
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 9999)
    return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(by);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// "0-17" or "5", into the element.
bool read_range(std::string_view text, Element& element) {
  const auto parts = split(text, '-');
  const auto low = number(parts[0]);
  const auto high = parts.size() == 2 ? number(parts[1]) : parts.size() == 1 ? low : std::nullopt;
  if (!low || !high || *low > *high || element.low >= 0) return false;
  element.low = *low;
  element.high = *high;
  return true;
}

Parsed parse_words(std::string_view text) {
  Element element;
  for (auto part : split(text, '|')) {
    if (part.starts_with('#')) {
      if (!read_range(part.substr(1), element))
        return wrong("« " + std::string(part) + " » n'est pas un intervalle de nombres");
      continue;
    }
    const bool prefix = part.ends_with('*');
    if (prefix) part.remove_suffix(1);
    const auto folded = words_of(part).list;
    if (folded.size() != 1) return wrong("« " + std::string(part) + " » n'est pas un mot seul");
    if (prefix && folded[0].text.size() < 2)
      return wrong("« " + std::string(part) + "* » : il faut deux lettres avant « * »");
    (prefix ? element.prefixes : element.words).push_back(folded[0].text);
  }
  std::sort(element.words.begin(), element.words.end());
  std::sort(element.prefixes.begin(), element.prefixes.end());
  return element;
}

// Alternatives with their classes written out.
Parsed parse_element(std::string_view text, const Classes& classes) {
  std::string all;
  for (const auto part : split(text, '|')) {
    if (!all.empty()) all += '|';
    if (!part.starts_with('@')) {
      all += part;
      continue;
    }
    const auto found = classes.find(part.substr(1));
    if (found == classes.end()) return wrong("la classe de mots « " + std::string(part) + " » n'existe pas");
    all += found->second;
  }
  return parse_words(all);
}

// "sage-femme" and "upe2a" are written as one word and read as several.
std::vector<std::string> written_words(std::string_view part) {
  std::vector<std::string> words;
  if (part.find_first_of("|@#") == std::string_view::npos)
    for (auto& word : words_of(part).list) words.push_back(std::move(word.text));
  if (words.size() < 2) return {std::string(part)};
  if (part.ends_with('*')) words.back() += '*';
  return words;
}

std::string start_of(std::string_view word) {
  return std::string(word.substr(0, 2));
}

// Depth first over gaps and optional elements; patterns are short, so this is too.
bool match_from(const Pattern& pattern, const std::vector<Word>& words, std::size_t element, std::size_t at,
                std::uint32_t sentence, std::size_t& last) {
  if (element == pattern.elements.size()) {
    last = at;
    return true;
  }
  const auto& wanted = pattern.elements[element];
  const auto reach = std::min(words.size(), at + static_cast<std::size_t>(wanted.gap_before) + 1);
  for (auto i = at; i < reach; ++i) {
    if (i > at && words[i].sentence != sentence) break;
    if (matches(wanted, words[i]) && match_from(pattern, words, element + 1, i + 1, words[i].sentence, last))
      return true;
  }
  return wanted.optional && match_from(pattern, words, element + 1, at, sentence, last);
}

bool covers(const Element& general, const Element& special) {
  if (special.low >= 0 && (general.low < 0 || special.low < general.low || special.high > general.high))
    return false;
  const auto starts = [&](const std::string& word) {
    return std::any_of(general.prefixes.begin(), general.prefixes.end(),
                       [&](const auto& p) { return word.starts_with(p); });
  };
  return std::all_of(special.prefixes.begin(), special.prefixes.end(), starts) &&
         std::all_of(special.words.begin(), special.words.end(), [&](const auto& w) {
           return starts(w) ||
                  std::find(general.words.begin(), general.words.end(), w) != general.words.end();
         });
}

}  // namespace

Result<Pattern> parse_pattern(std::string_view text, const Classes& classes) {
  Pattern pattern{std::string(text), {}};
  int gap = 0;
  for (auto part : split(text, ' ')) {
    if (part.empty()) continue;
    if (part.starts_with('~')) {
      const auto most = number(part.substr(1));
      if (!most || *most == 0 || *most > pattern_gap_max || pattern.elements.empty())
        return wrong("« " + std::string(part) + " » n'est pas un écart de 1 à 12 mots entre deux éléments");
      gap = *most;
      continue;
    }
    const bool optional = part.starts_with('?');
    if (optional) part.remove_prefix(1);
    for (const auto& word : written_words(part)) {
      auto element = parse_element(word, classes);
      if (!element) return element.error();
      element->optional = optional;
      element->gap_before = std::exchange(gap, 0);
      pattern.elements.push_back(std::move(*element));
    }
  }
  if (pattern.elements.empty() || pattern.elements[0].optional || gap != 0)
    return wrong("le motif doit commencer et finir par un mot");
  if (pattern.elements.size() > pattern_elements_max) return wrong("le motif a plus de 16 éléments");
  return pattern;
}

bool matches(const Element& element, const Word& word) {
  if (element.low >= 0 && word.number >= element.low && word.number <= element.high) return true;
  for (const auto& w : element.words)
    if (w == word.text) return true;
  for (const auto& p : element.prefixes)
    if (word.text.starts_with(p)) return true;
  return false;
}

bool covers(const Pattern& general, const Pattern& special) {
  if (general.elements.size() != special.elements.size()) return false;
  for (std::size_t i = 0; i < general.elements.size(); ++i) {
    const auto& g = general.elements[i];
    const auto& s = special.elements[i];
    if (g.gap_before < s.gap_before || (s.optional && !g.optional) || !covers(g, s)) return false;
  }
  return true;
}

std::uint32_t PatternSet::add(const Pattern& pattern) {
  const auto [known, fresh] =
      by_source_.try_emplace(pattern.source, static_cast<std::uint32_t>(patterns_.size()));
  if (!fresh) return known->second;
  const auto number = known->second;
  patterns_.push_back(pattern);
  const auto& first = pattern.elements.front();
  if (first.low >= 0) by_number_.push_back(number);
  for (const auto& word : first.words) by_word_[word].push_back(number);
  for (const auto& prefix : first.prefixes) {
    auto& list = by_start_[start_of(prefix)];
    if (list.empty() || list.back() != number) list.push_back(number);
  }
  return number;
}

std::vector<Match> PatternSet::find(const Words& words, std::size_t most) const {
  std::vector<Match> found;
  for (std::size_t at = 0; at < words.list.size() && found.size() < most; ++at) {
    const auto& word = words.list[at];
    const auto attempt = [&](const std::vector<std::uint32_t>& candidates) {
      for (const auto number : candidates) {
        std::size_t last = 0;
        if (!matches(patterns_[number].elements[0], word)) continue;
        if (match_from(patterns_[number], words.list, 1, at + 1, word.sentence, last) && found.size() < most)
          found.push_back({number, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(last)});
      }
    };
    if (word.number >= 0) attempt(by_number_);
    if (const auto exact = by_word_.find(word.text); exact != by_word_.end()) attempt(exact->second);
    if (const auto start = by_start_.find(start_of(word.text)); start != by_start_.end())
      attempt(start->second);
  }
  return found;
}

}  // namespace bannette::router
