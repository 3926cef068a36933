// Communes and streets completed while one types.
#include <algorithm>
#include <tuple>

#include "router/core/place_words.hpp"
#include "router/core/places.hpp"
#include "router/core/spelling.hpp"
#include "router/core/territory.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t shown_max = 50;
constexpr std::size_t typed_max = 200;         // bytes
constexpr std::size_t shortest_with_slip = 4;  // letters
constexpr int with_slip = 8, of_alias = 1;

// Each typed word begins a word of the name, whatever the order: "ascq ville".
bool begin_words(const std::vector<std::string>& typed, const std::vector<std::string>& name) {
  return std::all_of(typed.begin(), typed.end(), [&](const std::string& word) {
    return std::any_of(name.begin(), name.end(),
                       [&](const std::string& own) { return own.starts_with(word); });
  });
}

bool begins_nearly(std::string_view typed, std::string_view name) {
  if (typed.size() < shortest_with_slip || name.empty() || typed[0] != name[0]) return false;
  for (const std::size_t size : {typed.size(), typed.size() + 1, typed.size() - 1})
    if (size <= name.size() && distance(typed, name.substr(0, size), 1) <= 1) return true;
  return false;
}

// 0: the name itself; -1: another one.
int cost_of(const std::vector<std::string>& typed, const std::string& compact,
            const std::vector<std::string>& words, const std::string& name) {
  if (name == compact) return 0;
  if (name.starts_with(compact)) return 1;
  if (begin_words(typed, words)) return 2;
  return begins_nearly(compact, name) ? with_slip : -1;
}

}  // namespace

std::vector<std::uint32_t> Places::complete(std::string_view typed, std::size_t most) const {
  most = std::min(most, shown_max);
  auto words = split_words(fold(cut(typed, typed_max)));
  if (words.empty() || most == 0) return {};
  constexpr int other = 1'000;
  std::vector<int> costs(communes_.size(), other);
  const auto offer = [&](std::uint32_t commune, int cost) {
    costs[commune] = std::min(costs[commune], cost);
  };
  if (all_digits(words[0])) {
    for (std::uint32_t i = 0; i < communes_.size(); ++i) {
      const auto& postal = communes_[i].postal_codes;
      if (std::any_of(postal.begin(), postal.end(),
                      [&](const auto& code) { return code.starts_with(words[0]); }))
        offer(i, 0);
      else if (communes_[i].insee.starts_with(words[0]))
        offer(i, 1);
    }
    words.erase(words.begin());
  }
  if (!words.empty()) {
    spell_out(words);
    const auto compact = joined(words);
    const bool by_code = std::any_of(costs.begin(), costs.end(), [](int cost) { return cost < other; });
    for (const auto& name : names_) {
      if (name.elsewhere || (by_code && costs[name.target] == other)) continue;
      const int cost = cost_of(words, compact, name.words, name.compact);
      if (cost >= 0) offer(name.target, by_code ? -with_slip + cost : cost + (name.alias ? of_alias : 0));
    }
  }
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < costs.size(); ++i)
    if (costs[i] < other) found.push_back(i);
  const auto rank = [&](std::uint32_t i) {
    return std::tuple(costs[i], !serves(i), -static_cast<std::int64_t>(communes_[i].population), i);
  };
  most = std::min(most, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end(),
                    [&](auto a, auto b) { return rank(a) < rank(b); });
  found.resize(most);
  return found;
}

std::vector<Suggestion> Territory::communes_like(std::string_view typed, date::local_days day,
                                                 std::size_t most) const {
  std::vector<Suggestion> found;
  for (const auto commune : places_.complete(typed, most)) {
    const auto& c = places_.at(commune);
    found.push_back({c.insee, c.name, c.postal_codes, {}, streets_.default_unit(c.insee, day)});
  }
  return found;
}

std::vector<Suggestion> Territory::streets_like(std::string_view insee, std::string_view typed,
                                                date::local_days day, std::size_t most) const {
  std::vector<Suggestion> found;
  const auto& index = streets_.all();
  for (const auto& completion : index.complete(insee, typed, most)) {
    const auto& code = index.insee(completion.street);
    const std::string street(index.name(completion.street));
    const auto commune = places_.by_insee(code);
    if (!commune) continue;
    const auto side = streets_.unit_of(code, words_of(street), day);
    const auto& c = places_.at(*commune);
    found.push_back({code, c.name, c.postal_codes, street, side.uncertain() ? std::string() : side.unit});
  }
  return found;
}

}  // namespace bannette::router
