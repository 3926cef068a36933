#include "router/core/scrub.hpp"

#include <algorithm>

#include "router/core/scrub_words.hpp"
#include "router/core/unicode.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t start_least = 4;  // letters that must agree for another form of a known word

// "expulsions", "expulsoin" begin like "expulsion"; the last two letters may differ.
std::size_t start_of(std::size_t letters) {
  return std::max(start_least, letters < 2 ? letters : letters - 2);
}

// Not the "à" of "Pont-à-Marcq".
void add_words(std::unordered_set<std::string>& into, std::string_view text) {
  for (const auto& word : words_of(text).list)
    if (word.text.size() > 2 && !scrubbing::is_link(word.text)) into.insert(word.text);
}

bool is_letters(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Overlapping ones become one, the first's kind; so do names and numbers that only a space or a hyphen parts.
std::vector<Mark> joined(std::vector<Mark> marks, std::string_view text) {
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Mark> out;
  for (const auto& mark : marks) {
    if (!out.empty()) {
      Mark& last = out.back();
      const bool overlap = mark.begin < last.end;
      const auto between = overlap ? std::string_view{} : text.substr(last.end, mark.begin - last.end);
      const bool beside = mark.instead == last.instead &&
                          between.find_first_not_of(" -'.") == std::string_view::npos && between.size() <= 2;
      if (overlap || beside) {
        last.end = std::max(last.end, mark.end);
        continue;
      }
    }
    out.push_back(mark);
  }
  return out;
}

}  // namespace

Scrubber::Scrubber(const Site& site) {
  for (const auto& commune : site.communes) {
    add_words(places_, commune.name);
    places_.insert(commune.insee);
    for (const auto& code : commune.postal_codes) places_.insert(code);
  }
  for (const auto& alias : site.aliases) add_words(places_, alias.name);
  for (const auto& place : site.elsewhere) {
    add_words(places_, place.name);
    add_words(places_, place.where);
  }
  for (const auto& unit : site.units) add_words(terms_, unit.name);
  for (const auto& service : site.unit_services) add_words(terms_, service.name);
  for (const auto& service : site.services) add_words(terms_, service.name + " " + service.code);
  for (const auto& topic : site.topics) add_words(terms_, topic.label + " " + topic.definition);
  const auto add_start = [this](std::string_view word) {
    if (word.size() > start_least) starts_.emplace(word.substr(0, start_of(word.size())));
    if (word.size() >= start_least) starts_.emplace(word.substr(0, start_of(word.size() + 1)));
  };
  for (const auto word : ordinary_words()) add_start(word);
  for (const auto& word : terms_) add_start(word);
}

bool Scrubber::is_known(std::string_view word) const {
  if (!is_letters(word) || word.size() < 2) return true;
  if (ordinary_words().contains(word) || terms_.contains(std::string(word)) || is_place(word)) return true;
  if (given_names().contains(word) || word.size() < start_least) return false;
  return starts_.contains(std::string(word.substr(0, start_of(word.size()))));
}

bool scrubbing::is_capitalised(const Words& words, std::size_t at) {
  std::size_t byte = words.list[at].begin;
  return is_upper(next_code_point(words.text, byte));
}

bool scrubbing::is_link(std::string_view word) {
  static const WordSet links{"de",  "du",  "des", "d",   "la", "le", "les", "l",   "van", "vande", "vander",
                             "der", "den", "von", "ben", "el", "al", "da",  "dos", "di",  "ould",  "ait"};
  return links.contains(word);
}

std::string Scrubber::scrub(std::string_view text, const std::vector<std::string>& hidden) const {
  const Words words = words_of(text);
  std::vector<Mark> marks;
  scrubbing::find_mails(words, marks);
  scrubbing::find_numbers(words, *this, marks);
  scrubbing::find_addresses(words, *this, marks);
  scrubbing::find_names(words, *this, marks);
  for (const auto& word : words.list)
    if (std::find(hidden.begin(), hidden.end(), word.text) != hidden.end())
      marks.push_back({word.begin, word.end, scrubbing::name});
  std::string out;
  std::size_t at = 0;
  for (const auto& mark : joined(std::move(marks), words.text)) {
    out.append(words.text, at, mark.begin - at);
    out += mark.instead;
    at = mark.end;
  }
  return out.append(words.text, at, std::string::npos);
}

}  // namespace bannette::router
