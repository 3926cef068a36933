// Communes by INSEE code, their other names, and places that are elsewhere.
#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "router/config/files.hpp"
#include "router/config/parts.hpp"
#include "router/core/text.hpp"

namespace bannette::router {
namespace {

bool is_code(std::string_view text) {  // 59512, 2A004
  return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || c == 'A' || c == 'B';
         });
}

std::vector<std::string> split_codes(std::string_view text) {
  std::vector<std::string> codes;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    codes.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return codes;
}

void read_communes(Draft& draft) {
  Findings findings(draft.communes_file, draft.findings);
  const auto rows = read_csv(draft.folder / draft.communes_file,
                             {"insee", "nom", "codes_postaux", "population", "arrondissement"}, findings);
  if (!rows) return;
  std::unordered_map<std::string, std::size_t> seen;
  for (const auto& row : *rows) {
    Commune commune{row[0].text, row[1].text, split_codes(row[2].text), 0};
    if (!is_code(commune.insee)) {
      findings.error(row[0], "code INSEE mal formé « " + commune.insee + " »",
                     "cinq caractères, par exemple 59512");
      continue;
    }
    if (const auto [first, fresh] = seen.try_emplace(commune.insee, row.line); !fresh) {
      findings.error(
          row[0], "commune « " + commune.insee + " » en double, déjà ligne " + std::to_string(first->second));
      continue;
    }
    if (fold(commune.name).empty()) findings.error(row[1], "commune sans nom", "le nom officiel");
    for (const auto& code : commune.postal_codes)
      if (!is_code(code))
        findings.error(row[2], "code postal mal formé « " + code + " »",
                       "des codes de cinq chiffres séparés par des virgules");
    const auto& people = row[3].text;
    const auto [end, error] =
        std::from_chars(people.data(), people.data() + people.size(), commune.population);
    if (!people.empty() && (error != std::errc() || end != people.data() + people.size()))
      findings.error(row[3], "population mal formée « " + people + " »", "un nombre, ou rien");
    draft.site.communes.push_back(std::move(commune));
  }
  if (draft.site.communes.empty()) findings.error({{}, 1, 1}, "aucune commune", "au moins une commune");
}

void read_names(Draft& draft) {
  Findings findings(draft.names_file, draft.findings);
  const auto rows = read_csv(draft.folder / draft.names_file, {"nom", "insee", "genre"}, findings);
  if (!rows) return;
  std::unordered_map<std::string, std::size_t> seen;
  for (const auto& row : *rows) {
    const auto key = fold(row[0].text);
    if (key.empty()) {
      findings.error(row[0], "nom vide", "un nom de commune");
      continue;
    }
    if (find_commune(draft.site, row[1].text) == nullptr)
      findings.error(row[1], "commune inconnue « " + row[1].text + " »",
                     "un code INSEE de " + draft.communes_file);
    if (const auto [first, fresh] = seen.try_emplace(key + "/" + row[1].text, row.line); !fresh)
      findings.error(row[0],
                     "nom « " + row[0].text + " » en double, déjà ligne " + std::to_string(first->second));
    const auto& commune = draft.site.communes;
    const bool official =
        std::any_of(commune.begin(), commune.end(), [&](const Commune& c) { return fold(c.name) == key; });
    if (official)
      findings.warning(row[0],
                       "« " + row[0].text + " » est déjà le nom officiel d'une commune : ligne sans effet",
                       "la ligne supprimée");
    auto kind = Alias::Kind::short_name;
    if (row[2].text == "associee")
      kind = Alias::Kind::associated;
    else if (row[2].text == "ancienne")
      kind = Alias::Kind::former;
    else if (row[2].text != "abrege")
      findings.error(row[2], "genre de nom inconnu « " + row[2].text + " »", "abrege, associee ou ancienne");
    draft.site.aliases.push_back({row[0].text, row[1].text, kind});
  }
}

void read_elsewhere(Draft& draft) {
  Findings findings(draft.elsewhere_file, draft.findings);
  const auto rows = read_csv(draft.folder / draft.elsewhere_file, {"nom", "lieu"}, findings);
  if (!rows) return;
  for (const auto& row : *rows) {
    if (fold(row[0].text).empty())
      findings.error(row[0], "nom vide", "un nom de lieu");
    else
      draft.site.elsewhere.push_back({row[0].text, row[1].text});
  }
}

}  // namespace

void load_communes(Draft& draft) {
  read_communes(draft);
  if (!draft.names_file.empty()) read_names(draft);
  if (!draft.elsewhere_file.empty()) read_elsewhere(draft);
}

}  // namespace bannette::router
