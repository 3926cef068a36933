#include "router/core/streets.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "router/core/spelling.hpp"

namespace bannette::router {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kinds{{
    {"r", "rue"},         {"rue", "rue"},         {"av", "avenue"},           {"ave", "avenue"},
    {"avenue", "avenue"}, {"bd", "boulevard"},    {"bld", "boulevard"},       {"blvd", "boulevard"},
    {"bvd", "boulevard"}, {"boul", "boulevard"},  {"boulevard", "boulevard"}, {"pl", "place"},
    {"place", "place"},   {"ch", "chaussee"},     {"chee", "chaussee"},       {"chaussee", "chaussee"},
    {"q", "quai"},        {"quai", "quai"},       {"rte", "route"},           {"route", "route"},
    {"imp", "impasse"},   {"impasse", "impasse"}, {"all", "allee"},           {"allee", "allee"},
    {"sq", "square"},     {"square", "square"},
}};

std::string_view kind_of(std::string_view word) {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == word; });
  return found == kinds.end() ? std::string_view{} : found->second;
}

bool is_link(std::string_view word) {
  return word == "de" || word == "du" || word == "des" || word == "d" || word == "la" || word == "l" ||
         word == "le" || word == "les";
}

bool same_word(std::string_view typed, std::string_view wanted) {
  const int slips = wanted.size() < 5 ? 0 : wanted.size() < 8 ? 1 : 2;
  return distance(typed, wanted, slips) <= slips;
}

// The number before the kind of street: "12 bis, rue", "n° 12 rue".
std::optional<int> number_before(const std::vector<Word>& words, std::size_t kind) {
  for (std::size_t back = 1; back <= 2 && back <= kind; ++back) {
    const auto& word = words[kind - back];
    if (word.number > 0) return word.number;
    const bool suffix = word.text == "bis" || word.text == "ter" || word.text == "b" || word.text == "a" ||
                        word.text == "quater";
    if (!suffix) return std::nullopt;
  }
  return std::nullopt;
}

// The number after the name: "rue de Beaumont 56", "rue de Gand n° 12", "rue de Gand au 12".
std::optional<int> number_after(const std::vector<Word>& words, std::size_t last) {
  for (auto at = last; at < words.size() && at < last + 3; ++at) {
    const auto& word = words[at];
    if (word.number > 0) {
      const bool counts_something =
          at + 1 < words.size() && (words[at + 1].text == "ans" || words[at + 1].text == "a" ||
                                    words[at + 1].text == "h" || words[at + 1].text == "e");
      return counts_something ? std::nullopt : std::optional(word.number);
    }
    if (word.text != "n" && word.text != "no" && word.text != "numero" && word.text != "au")
      return std::nullopt;
  }
  return std::nullopt;
}

bool applies(const Sector& row, int number) {
  if (row.parity != Sector::Parity::both && (number % 2 == 0) != (row.parity == Sector::Parity::even))
    return false;
  return (!row.from || number >= *row.from) && (!row.to || number <= *row.to);
}
bool is_whole(const Sector& row) {
  return row.parity == Sector::Parity::both && !row.from && !row.to;
}

}  // namespace

Streets::Streets(std::vector<Sector> sectors) {
  for (auto& sector : sectors) {
    if (sector.street.empty()) {
      defaults_.push_back(std::move(sector));
      continue;
    }
    auto known = std::find_if(streets_.begin(), streets_.end(), [&](const Street& s) {
      return s.insee == sector.insee && fold(s.name) == fold(sector.street);
    });
    if (known == streets_.end()) {
      Street street{sector.insee, sector.street, {}, {}};
      for (const auto& word : words_of(sector.street).list)
        if (!is_link(word.text)) street.words.push_back(word.text);
      if (!street.words.empty() && !kind_of(street.words[0]).empty())
        street.words[0] = kind_of(street.words[0]);
      known = streets_.insert(streets_.end(), std::move(street));
    }
    known->rows.push_back(std::move(sector));
  }
}

std::string Streets::default_unit(std::string_view insee) const {
  const auto found =
      std::find_if(defaults_.begin(), defaults_.end(), [&](const Sector& s) { return s.insee == insee; });
  return found == defaults_.end() ? std::string() : found->unit;
}

bool Streets::names_street(const std::vector<Word>& words, std::size_t at) {
  auto back = at;
  while (back > 0 && is_link(words[back - 1].text)) --back;
  if (back == 0) return false;
  if (!kind_of(words[back - 1].text).empty()) return true;
  // "rue Pierre de Roubaix", "rue du Pont de Neuville"
  return back < at && back >= 2 && words[back - 1].clause == words[at].clause &&
         (!kind_of(words[back - 2].text).empty() ||
          (back >= 3 && is_link(words[back - 2].text) && !kind_of(words[back - 3].text).empty()));
}

bool Streets::begins_street(const std::vector<Word>& words, std::size_t at) {
  return words[at].number > 0 || !kind_of(words[at].text).empty();
}

std::optional<Address> Streets::find(const Street& street, const Words& text) const {
  const auto& words = text.list;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto kind = kind_of(words[at].text);
    const bool typed_kind = !kind.empty() && kind == street.words[0];
    if (!typed_kind) continue;
    std::size_t wanted = 1;
    auto next = at + 1;
    while (next < words.size() && wanted < street.words.size()) {
      if (is_link(words[next].text) && words[next].text != street.words[wanted]) {
        ++next;
      } else if (same_word(words[next].text, street.words[wanted])) {
        ++next;
        ++wanted;
      } else {
        break;
      }
    }
    if (wanted < street.words.size()) continue;
    auto number = number_before(words, at);
    if (!number) number = number_after(words, next);
    return Address{street.name, number};
  }
  return std::nullopt;
}

Side Streets::unit_of(std::string_view insee, const Words& text) const {
  Side side{.unit = default_unit(insee), .address = std::nullopt, .other_unit = {}};
  for (const auto& street : streets_) {
    if (street.insee != insee) continue;
    const auto address = find(street, text);
    if (!address) continue;
    side.address = address;
    for (const auto& row : street.rows) {
      if (is_whole(row) || (address->number && applies(row, *address->number))) {
        side.unit = row.unit;
        side.uncertain = false;
        side.other_unit.clear();
        return side;
      }
      if (!address->number && row.unit != side.unit) {
        side.uncertain = true;
        side.other_unit = row.unit;
      }
    }
    return side;
  }
  return side;
}

}  // namespace bannette::router
