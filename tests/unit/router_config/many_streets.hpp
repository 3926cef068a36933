// As many streets as a large département has, made up: more where more people live, names as streets have
// them.
#pragma once
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "router/core/site.hpp"
#include "router/core/street_index.hpp"

namespace bannette::router::test {

// `count` different ones, always the same; the sectors' own streets are among them.
inline std::vector<KnownStreet> many_streets(const Site& site, std::size_t count) {
  static constexpr std::array<std::string_view, 10> kinds{"Rue",   "Rue",   "Rue",    "Rue",     "Avenue",
                                                          "Place", "Allée", "Chemin", "Impasse", "Boulevard"};
  static constexpr std::array<std::string_view, 20> first{
      "Jules", "Jean",  "Pierre",  "Marie",      "Louis",      "Victor",   "Émile",
      "Paul",  "Henri", "Georges", "Albert",     "Édouard",    "Camille",  "Gustave",
      "Léon",  "Roger", "Suzanne", "du Général", "du Docteur", "de l'Abbé"};
  static constexpr std::array<std::string_view, 12> begin{"Bau", "Del", "Van", "Le",  "Car", "Mon",
                                                          "Du",  "Fla", "Gue", "Hau", "Ros", "Ver"};
  static constexpr std::array<std::string_view, 12> middle{"de",  "ri", "mar", "con",   "les",  "tin",
                                                           "bou", "ne", "cro", "ville", "chel", "sard"};
  static constexpr std::array<std::string_view, 12> end{"ck",  "court", "mont", "in",   "ette", "aux",
                                                        "ère", "ard",   "oy",   "elle", "ain",  "sse"};
  std::set<KnownStreet> streets{{"59512", "Rue Jules Guesde"}, {"59512", "Avenue du Général Leclerc"}};
  for (const auto& sector : site.sectors)
    if (!sector.street.empty()) streets.insert({sector.insee, sector.street});
  std::uint32_t seed = 59;
  const auto pick = [&](std::size_t size) {
    seed = seed * 1'664'525U + 1'013'904'223U;
    return (seed >> 8) % size;
  };
  std::vector<std::size_t> by_people;
  for (std::size_t i = 0; i < site.communes.size(); ++i)
    by_people.insert(by_people.end(), 1 + site.communes[i].population / 500, i);
  while (streets.size() < count) {
    auto name = std::string(kinds[pick(kinds.size())]) + " " + std::string(first[pick(first.size())]) + " ";
    name += std::string(begin[pick(begin.size())]) + std::string(middle[pick(middle.size())]) +
            std::string(end[pick(end.size())]);
    streets.insert({site.communes[by_people[pick(by_people.size())]].insee, std::move(name)});
  }
  return {streets.begin(), streets.end()};
}

}  // namespace bannette::router::test
