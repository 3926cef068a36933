#include "router/config/street_file.hpp"

#include <algorithm>

#include "router/core/street_words.hpp"

namespace bannette::router {
namespace {

constexpr std::string_view header = "insee;voie";
constexpr std::size_t shown_max = 10;
constexpr std::size_t insee_size = 5;

}  // namespace

bool good_street_name(std::string_view name) {
  if (name.empty() || name.size() > street_name_max) return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == ';' || c == '"';
  });
}

std::string write_streets(std::vector<KnownStreet> streets) {
  std::sort(streets.begin(), streets.end());
  streets.erase(std::unique(streets.begin(), streets.end()), streets.end());
  std::string out(header);
  out += '\n';
  for (const auto& street : streets) out += street.insee + ';' + street.name + '\n';
  return out;
}

std::optional<std::vector<KnownStreet>> read_streets(std::string_view text, Findings& findings) {
  std::vector<KnownStreet> streets;
  std::size_t line = 0, wrong = 0;
  const auto refuse = [&](std::string what, std::string instead) {
    if (++wrong <= shown_max) findings.error({{}, line, 1}, std::move(what), std::move(instead));
  };
  while (!text.empty() && wrong <= shown_max) {
    const auto end = std::min(text.find('\n'), text.size());
    auto row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (++line == 1) {
      if (row != header) refuse("première ligne inattendue", std::string(header));
      continue;
    }
    const bool good = row.size() > insee_size + 1 && row[insee_size] == ';' &&
                      good_street_name(row.substr(insee_size + 1)) &&
                      row.substr(0, insee_size).find(';') == std::string_view::npos;
    if (!good)
      refuse("ligne mal formée", "59512;Rue du Pile : importer à nouveau avec « bannette import-addresses »");
    else if (streets.size() == known_streets_max)
      refuse("plus de " + std::to_string(known_streets_max) + " voies",
             "les voies de vos communes seulement");
    else
      streets.push_back({std::string(row.substr(0, insee_size)), std::string(row.substr(insee_size + 1))});
  }
  if (line == 0) refuse("fichier vide", std::string(header));
  return wrong == 0 ? std::optional(std::move(streets)) : std::nullopt;
}

}  // namespace bannette::router
