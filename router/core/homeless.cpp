#include "router/core/homeless.hpp"

#include <algorithm>
#include <array>

namespace bannette::router {
namespace {

constexpr std::array<std::string_view, 9> phrases{
    "sdf",
    "sans|ss domicile|abri|adresse|logement|toit|logis ?fixe",
    "dort|dorment|dormir|vit|vivent|vivre|couche|loge|campe ~2 rue|dehors",
    "dort|dorment|dormir|vit|vivent|vivre|couche|loge|campe ~3 "
    "voiture|vehicule|fourgon|camion|carette|cave|gare|parking|"
    "tente|squat|hall|parc|abribus",
    "est|sont|etre|suis ?actuellement a la rue",
    "domicili* ?postale ?au|a|par ?le ccas",
    "domicili* ?postale ?au ccas",
    "election de domicile",
    "heberg* ~2 115"};

constexpr std::array<std::string_view, 20> not_now{
    "pas",  "plus",   "jamais",  "risque",    "risquent", "peur",  "craint", "crainte", "va", "vont",
    "sera", "serait", "bientot", "retrouver", "finir",    "avant", "etait",  "ancien",  "ex", "evite"};

}  // namespace

NoHome::NoHome() {
  for (const auto phrase : phrases)
    if (const auto pattern = parse_pattern(phrase, {})) patterns_.add(*pattern);
}

std::string NoHome::told_in(const Words& text) const {
  constexpr std::size_t before = 4;  // words in which a denial counts
  for (const auto& match : patterns_.find(text, 64)) {
    bool counts = true;
    for (std::size_t back = 1; back <= before && back <= match.first; ++back) {
      const auto& word = text.list[match.first - back];
      if (word.clause != text.list[match.first].clause) break;
      counts = counts && std::find(not_now.begin(), not_now.end(), word.text) == not_now.end();
    }
    if (!counts) continue;
    const auto begin = text.list[match.first].begin, end = text.list[match.last - 1].end;
    return cut(text.text.substr(begin, end - begin), 60);
  }
  return {};
}

}  // namespace bannette::router
