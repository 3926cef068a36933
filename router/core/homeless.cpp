#include "router/core/homeless.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "router/core/safety_pattern.hpp"
#include "router/core/safety_text.hpp"

namespace bannette::router {
namespace {

// In the language of the safety rules (safety_pattern.hpp).
constexpr std::array<std::string_view, 6> phrases{
    "sdf",
    R"((?:sans|ss) (?:domicile|abri|adresse|logement|toit|logis)(?: fixe)?)",
    R"((?:dort|dorment|dormir|vit|vivent|vivre|couche|loge|campe) ~3 (?:rue|dehors|voiture|vehicule|fourgon|camion|carette|cave|gare|parking|tente|squat|hall|abribus))",
    R"((?:est|sont|etre|suis)(?: actuellement)? a la rue)",
    R"((?:domicili\w*|election de domicile)(?: postale)?(?: au| a| par)?(?: le)? ccas)",
    R"(heberg\w* ~2 115)"};

constexpr std::array<std::string_view, 20> not_now{
    "pas",  "plus",   "jamais",  "risque",    "risquent", "peur",  "craint", "crainte", "va", "vont",
    "sera", "serait", "bientot", "retrouver", "finir",    "avant", "etait",  "ancien",  "ex", "evite"};

}  // namespace

NoHome::NoHome() : phrases_(safety_memory) {
  for (const auto phrase : phrases) {
    const auto written = write_out(phrase, {});
    const auto number = written ? phrases_.add(*written) : Result<std::uint32_t>(written.error());
    if (!number) throw std::logic_error(number.error().detail);
    count_ = std::max(count_, *number + 1);
  }
  phrases_.compile();
}

std::string NoHome::told_in(const Words& text) const {
  constexpr std::uint32_t before = 4;  // words in which a denial counts
  const SafetyText safe(text);
  const auto possible = phrases_.candidates(safe.bytes());
  for (std::uint32_t number = 0; number < count_; ++number) {
    if (!possible[number]) continue;
    const auto match = phrases_.find(number, safe.bytes(), 0);
    if (match.begin == match.end) continue;
    const auto [first, last] = safe.words_at(match.begin, match.end);
    bool counts = true;
    for (std::uint32_t back = 1; back <= before && back <= first; ++back) {
      const auto& word = text.list[first - back];
      if (word.clause != text.list[first].clause) break;
      counts = counts && std::find(not_now.begin(), not_now.end(), word.text) == not_now.end();
    }
    if (!counts) continue;
    const auto begin = text.list[first].begin, end = text.list[last - 1].end;
    return cut(text.text.substr(begin, end - begin), 60);
  }
  return {};
}

}  // namespace bannette::router
