#include "router/core/street_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "router/core/spelling.hpp"

namespace bannette::router {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 26> roads{
    {{"r", "rue"},         {"rue", "rue"},         {"av", "avenue"},           {"ave", "avenue"},
     {"avenue", "avenue"}, {"bd", "boulevard"},    {"bld", "boulevard"},       {"blvd", "boulevard"},
     {"bvd", "boulevard"}, {"boul", "boulevard"},  {"boulevard", "boulevard"}, {"pl", "place"},
     {"place", "place"},   {"ch", "chaussee"},     {"chee", "chaussee"},       {"chaussee", "chaussee"},
     {"q", "quai"},        {"quai", "quai"},       {"rte", "route"},           {"route", "route"},
     {"imp", "impasse"},   {"impasse", "impasse"}, {"all", "allee"},           {"allee", "allee"},
     {"sq", "square"},     {"square", "square"}}};
constexpr std::array<Pair, 36> other_kinds{{{"allees", "allee"},
                                            {"chem", "chemin"},
                                            {"che", "chemin"},
                                            {"chemin", "chemin"},
                                            {"sent", "sentier"},
                                            {"sentier", "sentier"},
                                            {"ruelle", "ruelle"},
                                            {"passage", "passage"},
                                            {"pass", "passage"},
                                            {"res", "residence"},
                                            {"resid", "residence"},
                                            {"residence", "residence"},
                                            {"cite", "cite"},
                                            {"cour", "cour"},
                                            {"crs", "cours"},
                                            {"cours", "cours"},
                                            {"clos", "clos"},
                                            {"lot", "lotissement"},
                                            {"lotissement", "lotissement"},
                                            {"fg", "faubourg"},
                                            {"fbg", "faubourg"},
                                            {"faubourg", "faubourg"},
                                            {"drève", "dreve"},
                                            {"dreve", "dreve"},
                                            {"carriere", "carriere"},
                                            {"esplanade", "esplanade"},
                                            {"espl", "esplanade"},
                                            {"parvis", "parvis"},
                                            {"venelle", "venelle"},
                                            {"villa", "villa"},
                                            {"voie", "voie"},
                                            {"domaine", "domaine"},
                                            {"hameau", "hameau"},
                                            {"ham", "hameau"},
                                            {"mail", "mail"},
                                            {"promenade", "promenade"}}};
constexpr std::array<Pair, 40> abbreviations{
    {{"gal", "general"},    {"gl", "general"},     {"gen", "general"},     {"genl", "general"},
     {"mal", "marechal"},   {"mar", "marechal"},   {"cdt", "commandant"},  {"cmdt", "commandant"},
     {"cne", "capitaine"},  {"cap", "capitaine"},  {"cpt", "capitaine"},   {"lt", "lieutenant"},
     {"col", "colonel"},    {"sgt", "sergent"},    {"adj", "adjudant"},    {"dr", "docteur"},
     {"doc", "docteur"},    {"pr", "professeur"},  {"prof", "professeur"}, {"pdt", "president"},
     {"pres", "president"}, {"prdt", "president"}, {"st", "saint"},        {"ste", "sainte"},
     {"sts", "saints"},     {"stes", "saintes"},   {"mgr", "monseigneur"}, {"gd", "grand"},
     {"gde", "grande"},     {"grd", "grand"},      {"pt", "petit"},        {"pte", "petite"},
     {"vx", "vieux"},       {"rep", "republique"}, {"repu", "republique"}, {"lib", "liberation"},
     {"fbg", "faubourg"},   {"fg", "faubourg"},    {"nd", "notre"},        {"univ", "universite"}}};

template <class Table>
std::string_view look_up(const Table& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Pair& p) { return p.first == word; });
  return found == table.end() ? std::string_view{} : found->second;
}

bool is_suffix(std::string_view word) {
  return word == "bis" || word == "ter" || word == "quater" || word == "a" || word == "b" || word == "c" ||
         word == "d";
}

// "12-14", "12/14": the house where the two meet is the first.
bool is_range(const Words& text, std::size_t first) {
  const auto& [a, b] = std::pair{text.list[first], text.list[first + 1]};
  if (a.number <= 0 || b.number <= a.number) return false;
  const auto between = text.text.substr(a.end, b.begin - a.end);
  return between.find('-') != std::string::npos || between.find('/') != std::string::npos;
}

std::optional<int> number_before(const Words& text, std::size_t kind) {
  for (std::size_t back = 1; back <= 2 && back <= kind; ++back) {
    const auto at = kind - back;
    if (text.list[at].number > 0)
      return at > 0 && is_range(text, at - 1) ? text.list[at - 1].number : text.list[at].number;
    if (!is_suffix(text.list[at].text)) return std::nullopt;
  }
  return std::nullopt;
}

// "rue de Beaumont 56", "rue de Gand n° 12", "rue de Gand au 12".
std::optional<int> number_after(const std::vector<Word>& words, std::size_t last) {
  for (auto at = last; at < words.size() && at < last + 3; ++at) {
    const auto& word = words[at];
    if (word.number > 0) {
      const bool counts_something =
          at + 1 < words.size() && (words[at + 1].text == "ans" || words[at + 1].text == "h" ||
                                    words[at + 1].text == "e" || words[at + 1].text == "enfants");
      const bool years =
          at + 1 < words.size() && words[at + 1].text == "a" && words[at + 1].begin == word.end;
      return counts_something || years ? std::nullopt : std::optional(word.number);
    }
    if (word.text != "n" && word.text != "no" && word.text != "num" && word.text != "numero" &&
        word.text != "au")
      return std::nullopt;
  }
  return std::nullopt;
}

constexpr std::size_t words_most = 6;

// A comma stands between two neighbours, or the like; the point of an abbreviation ("rés. les Lilas") parts
// nothing.
bool parted(const Words& text, std::size_t at) {
  const auto& [before, here] = std::pair{text.list[at - 1], text.list[at]};
  if (before.clause == here.clause) return false;
  constexpr std::size_t abbreviation_max = 5;
  const auto between = text.text.substr(before.end, here.begin - before.end);
  return before.text.size() > abbreviation_max || between.find_first_not_of(". ") != std::string::npos;
}

void take_after(StreetText& street, const Words& text) {
  const auto& words = text.list;
  auto at = street.kind_at + 1;
  for (; at < words.size() && is_street_article(words[at].text); ++at) street.article = true;
  for (; at < words.size() && street.words.size() < words_most; ++at) {
    if (parted(text, at)) break;
    if (is_street_article(words[at].text)) continue;
    if (!street.words.empty() && !street_kind(words[at].text).empty() && is_road(words[at].text) &&
        words[at].text.size() > 2)
      break;
    street.words.emplace_back(in_full(words[at].text));
    street.ends.push_back(at + 1);
  }
}

void take_before(StreetText& street, const std::vector<Word>& words) {
  street.before_kind = true;
  std::size_t first = street.kind_at;
  while (first > 0 && street.kind_at - first < words_most && words[first - 1].number < 0 &&
         words[first - 1].clause == words[street.kind_at].clause)
    --first;
  for (auto at = first; at < street.kind_at; ++at)
    if (!is_street_article(words[at].text)) street.words.emplace_back(in_full(words[at].text));
  street.ends.assign(street.words.size(), street.kind_at + 1);
}

bool only_a_number(const StreetText& street, const std::vector<Word>& words) {
  return street.words.empty() || (street.words.size() == 1 && words[street.ends[0] - 1].number > 0);
}

std::string typed_text(const StreetText& street, const Words& text) {
  const auto begin = text.list[street.kind_at].begin;
  const auto last = street.ends.empty() ? street.kind_at : std::max(street.ends.back() - 1, street.kind_at);
  return cut(text.text.substr(begin, text.list[last].end - begin), 60);
}

}  // namespace

std::string_view street_kind(std::string_view word, bool misspelt) {
  auto kind = look_up(roads, word);
  if (kind.empty()) kind = look_up(other_kinds, word);
  if (!kind.empty() || !misspelt || word.size() < 5) return kind;
  for (const auto& [written, meant] : roads)
    if (written == meant && meant.size() > 4 && distance(word, meant, 1) <= 1) return meant;
  return {};
}

bool is_road(std::string_view word) {
  return !look_up(roads, word).empty();
}

std::string_view in_full(std::string_view word) {
  const auto full = look_up(abbreviations, word);
  return full.empty() ? word : full;
}

bool is_street_article(std::string_view word) {
  return word == "de" || word == "du" || word == "des" || word == "d" || word == "la" || word == "l" ||
         word == "le" || word == "les";
}

StreetName street_name(std::string_view written) {
  StreetName name;
  for (const auto& word : words_of(written).list) {
    if (name.kind.empty() && name.words.empty() && !street_kind(word.text).empty())
      name.kind = street_kind(word.text);
    else if (!is_street_article(word.text))
      name.words.emplace_back(in_full(word.text));
  }
  if (name.words.empty() && !name.kind.empty())
    std::swap(name.words.emplace_back(), name.kind);  // "La Place"
  return name;
}

std::vector<StreetText> streets_in(const Words& text, bool is_address) {
  constexpr std::size_t most = 8;
  std::vector<StreetText> found;
  const auto& words = text.list;
  for (std::size_t at = 0; at < words.size() && found.size() < most; ++at) {
    const auto kind = street_kind(words[at].text, is_address);
    if (kind.empty() || (!is_address && !is_road(words[at].text)))
      continue;  // "en cours", "cité" say nothing
    StreetText street;
    street.kind = kind;
    street.kind_at = at;
    take_after(street, text);
    if (is_address && only_a_number(street, words)) {
      street.words.clear();
      take_before(street, words);
    }
    if (street.words.empty()) continue;
    street.typed = typed_text(street, text);
    found.push_back(std::move(street));
  }
  if (!found.empty() || !is_address) return found;
  std::size_t first = 0;  // no kind at all: the words of the first clause that has some
  while (first < words.size() &&
         (words[first].number >= 0 || is_suffix(words[first].text) || words[first].text == "n"))
    ++first;
  const bool numbered = std::any_of(words.begin(), words.end(), [](const Word& w) { return w.number > 0; });
  if (first == words.size() || !numbered) return found;
  StreetText street;
  street.kind_at = first;
  for (auto at = first;
       at < words.size() && street.words.size() < words_most && words[at].clause == words[first].clause; ++at)
    if (!is_street_article(words[at].text)) {
      street.words.emplace_back(in_full(words[at].text));
      street.ends.push_back(at + 1);
    }
  street.typed = typed_text(street, text);
  if (!street.words.empty()) found.push_back(std::move(street));
  return found;
}

std::optional<int> house_number(const Words& text, const StreetText& street, std::size_t used) {
  if (auto number = number_before(text, street.kind_at)) return number;
  if (used == 0 || street.ends.empty()) return std::nullopt;
  auto last = street.ends[std::min(used, street.ends.size()) - 1];
  while (street.before_kind && last < text.list.size() && is_street_article(text.list[last].text)) ++last;
  return number_after(text.list, last);
}

}  // namespace bannette::router
