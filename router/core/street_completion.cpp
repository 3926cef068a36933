// Streets completed while one types.
#include <algorithm>
#include <bit>

#include "router/core/place_words.hpp"
#include "router/core/spelling.hpp"
#include "router/core/street_index.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t tokens_max = 8;
constexpr std::size_t shown_max = 50;
constexpr std::size_t ways_max = 8;  // by which one street may be reached: its words
constexpr int inside_cost = 1, begun_cost = 1, slip_cost = 8, kind_cost = 2;

bool begins_nearly(std::string_view typed, std::string_view word) {
  for (const std::size_t size : {typed.size(), typed.size() + 1, typed.size() - 1})
    if (size <= word.size() && distance(typed, word.substr(0, size), 1) <= 1) return true;
  return false;
}

// "12 bis rue": the number of the house is none of the street's.
std::vector<std::string> tokens_of(std::string_view typed) {
  constexpr std::size_t longest = 200;
  auto words = split_words(fold(cut(typed, longest)));
  const auto is_house = [](const std::string& w) { return all_digits(w) || w == "bis" || w == "ter"; };
  auto first = words.begin();
  if (words.size() > 1 && all_digits(words[0]))
    first = std::find_if_not(words.begin(), words.end() - 1, is_house);
  std::vector<std::string> tokens;
  for (auto at = first; at != words.end() && tokens.size() < tokens_max; ++at) {
    const bool last = at + 1 == words.end();
    if (is_street_article(*at) && !last) continue;
    const auto kind = tokens.empty() && !last ? street_kind(*at) : std::string_view{};
    tokens.emplace_back(!kind.empty() ? kind : last ? std::string_view(*at) : in_full(*at));
  }
  return tokens;
}

}  // namespace

StreetIndex::Wanted StreetIndex::wanted(std::string token) const {
  constexpr std::size_t shortest_with_slip = 4;
  Wanted one;
  const auto count = static_cast<WordId>(word_letters_.size());
  const auto first_not = [&](auto&& below) {
    WordId low = 0, high = count;
    while (low < high) {
      const auto middle = low + (high - low) / 2;
      if (below(word(middle)))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  };
  one.first = first_not([&](std::string_view each) { return each < token; });
  one.last = first_not([&](std::string_view each) { return each.substr(0, token.size()) <= token; });
  one.streets = postings_at_[one.last] - postings_at_[one.first];
  if (one.streets == 0 && token.size() >= shortest_with_slip) {
    const auto letters = letters_of(token);
    for (WordId id = 0; id < count; ++id)
      if (std::popcount(letters & ~word_letters_[id]) <= 1 && begins_nearly(token, word(id))) {
        one.with_slip.push_back(id);
        one.streets += postings_at_[id + 1] - postings_at_[id];
      }
  }
  one.token = std::move(token);
  return one;
}

int StreetIndex::cost(Id street, const Wanted& one, std::size_t place, bool alone) const {
  const auto& entry = streets_[street];
  int best = -1;
  for (std::uint32_t i = 0; i < entry.word_count; ++i) {
    const auto id = words_[entry.words_at + i];
    int now = -1;
    if (id >= one.first && id < one.last)
      now = word(id).size() == one.token.size() ? 0 : begun_cost;
    else if (std::binary_search(one.with_slip.begin(), one.with_slip.end(), id))
      now = slip_cost;
    if (now < 0) continue;
    if (i == 0 && alone) now += kind_cost;  // "pla": Rue Plateau before Place ...
    if (i > place + 1) now += inside_cost;
    if (best < 0 || now < best) best = now;
  }
  return best;
}

int StreetIndex::cost(Id street, const std::vector<Wanted>& all) const {
  int sum = 0;
  for (std::size_t place = 0; place < all.size(); ++place) {
    const int one = cost(street, all[place], place, all.size() == 1);
    if (one < 0) return -1;
    sum += one;
  }
  return sum;
}

std::vector<StreetIndex::Completion> StreetIndex::complete(std::string_view insee, std::string_view typed,
                                                           std::size_t most) const {
  most = std::min(most, shown_max);
  const Range among = insee.empty() ? Range{0, static_cast<Id>(streets_.size())} : range(insee);
  std::vector<Wanted> all;
  for (auto& token : tokens_of(typed)) {
    all.push_back(wanted(std::move(token)));
    if (all.back().streets == 0) return {};
  }
  if (all.empty() || most == 0 || among.first == among.last) return {};
  const auto& rarest = *std::min_element(
      all.begin(), all.end(), [](const Wanted& a, const Wanted& b) { return a.streets < b.streets; });
  std::vector<Completion> found;
  const auto consider = [&](Id street) {
    if (const int sum = cost(street, all); sum >= 0) found.push_back({street, sum});
  };
  for (WordId id = rarest.first; id < rarest.last; ++id) streets_with(id, among, consider);
  for (const auto id : rarest.with_slip) streets_with(id, among, consider);
  const auto better = [&](const Completion& a, const Completion& b) {
    if (a.cost != b.cost) return a.cost < b.cost;
    const auto words_a = streets_[a.street].word_count, words_b = streets_[b.street].word_count;
    return words_a != words_b ? words_a < words_b : a.street < b.street;
  };
  const auto enough = std::min(most * ways_max, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(enough), found.end(), better);
  found.resize(enough);
  const auto same = [](const Completion& a, const Completion& b) { return a.street == b.street; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace bannette::router
