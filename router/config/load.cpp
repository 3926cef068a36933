#include "router/config/load.hpp"

#include <algorithm>
#include <array>

#include "queue/core/limits.hpp"
#include "router/config/files.hpp"
#include "router/config/parts.hpp"
#include "router/config/street_file.hpp"

namespace bannette::router {
namespace {

// FNV-1a, 64 bits: names a version of the rules, protects nothing.
std::string version_of(const Draft& draft) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  std::vector<Finding> ignored;
  for (const auto& name :
       {std::string("site.toml"), std::string("units.toml"), std::string("motifs.csv"), draft.communes_file,
        draft.names_file, draft.elsewhere_file, std::string("sectorisation.csv"), std::string(street_file),
        std::string("securite.toml"), std::string(consignes_file), std::string(telephony_file)}) {
    std::error_code failed;
    if (name.empty() || !std::filesystem::exists(draft.folder / name, failed)) continue;
    Findings findings(name, ignored);
    const auto text = read_text(draft.folder / name, findings, street_file_max);
    for (const char c : text.value_or("")) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  std::string hex(16, '0');
  for (auto at = hex.rbegin(); at != hex.rend(); ++at, hash >>= 4) *at = "0123456789abcdef"[hash & 15];
  return draft.site.code + "-" + hex;
}

}  // namespace

bool check_code(const Spot& code, Findings& findings) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  const bool good = !code.text.empty() && code.text.size() <= limits::code &&
                    std::all_of(code.text.begin(), code.text.end(), allowed);
  if (!good)
    findings.error(code, "code « " + code.text + " » mal formé",
                   "des lettres minuscules sans accent, des chiffres, « - » et « . », 64 au plus");
  return good;
}

std::string dialled(const Spot& number, Findings& findings) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || std::string_view("+ .-()#*").find(c) != std::string_view::npos;
  };
  if (number.text.size() > limits::phone || !std::all_of(number.text.begin(), number.text.end(), fits))
    findings.error(number, "numéro de téléphone mal formé « " + number.text + " »", "\"03 20 00 00 00\"");
  return number.text;
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::error; });
}

std::vector<std::string> communes_in(const std::filesystem::path& folder, std::vector<Finding>& findings) {
  Draft draft;
  draft.folder = folder;
  load_description(draft);
  load_communes(draft);
  findings = std::move(draft.findings);
  std::vector<std::string> codes;
  for (const auto& commune : draft.site.communes) codes.push_back(commune.insee);
  return codes;
}

namespace {

Loaded load(const std::filesystem::path& folder, bool with_model) {
  Draft draft;
  draft.folder = folder;
  load_description(draft);
  load_units(draft);
  load_fallbacks(draft);
  load_topics(draft);
  load_communes(draft);
  load_sectors(draft);
  load_streets(draft);
  load_safety(draft);
  load_consignes(draft);
  if (with_model) load_model(draft);
  load_telephony(draft);
  Loaded loaded{std::nullopt, std::move(draft.findings)};
  if (has_errors(loaded.findings)) return loaded;
  draft.site.rules_version = version_of(draft);
  prepare(draft.site);
  loaded.site = std::move(draft.site);
  return loaded;
}

}  // namespace

Loaded load_site(const std::filesystem::path& folder) {
  return load(folder, true);
}
Loaded load_site_without_model(const std::filesystem::path& folder) {
  return load(folder, false);
}

}  // namespace bannette::router
