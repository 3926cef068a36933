// sectorisation.csv: which unit for which commune, street, side and numbers; and what nobody covers.
#include <algorithm>
#include <charconv>
#include <map>

#include "router/config/files.hpp"
#include "router/config/hours.hpp"
#include "router/config/parts.hpp"
#include "router/core/text.hpp"

namespace bannette::router {
namespace {

enum Column : std::size_t { unit, insee, street, parity, from, to, first_day, last_day };
constexpr std::size_t uncovered_shown = 20;

struct Placed {
  Sector sector;
  std::size_t line = 0;
};

std::optional<int> read_number(const Spot& cell, bool& good, Findings& findings) {
  if (cell.text.empty()) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), value);
  if (error == std::errc() && end == cell.text.data() + cell.text.size() && value >= 1 && value <= 9999)
    return value;
  findings.error(cell, "numéro de rue mal formé « " + cell.text + " »", "un nombre de 1 à 9999, ou rien");
  good = false;
  return std::nullopt;
}

std::optional<date::local_days> read_day(const Spot& cell, bool& good, Findings& findings) {
  if (cell.text.empty()) return std::nullopt;
  auto day = parse_date(cell.text);
  if (!day) {
    findings.error(cell, "date « " + cell.text + " » qui n'existe pas", "AAAA-MM-JJ, ou rien");
    good = false;
  }
  return day;
}

std::optional<Sector> read_sector(const Site& site, const Row& row, Findings& findings) {
  Sector sector{row[unit].text, row[insee].text, row[street].text, Sector::Parity::both, {}, {}, {}, {}};
  bool good = true;
  const auto wrong = [&](const Spot& cell, std::string message, std::string instead) {
    findings.error(cell, std::move(message), std::move(instead));
    good = false;
  };
  if (find_unit(site, sector.unit) == nullptr) {
    std::vector<std::string> codes;
    for (const auto& u : site.units) codes.push_back(u.code);
    const auto near = nearest(sector.unit, codes);
    wrong(row[unit], "unité inconnue « " + sector.unit + " »", near.empty() ? listed(codes) : near);
  }
  if (find_commune(site, sector.insee) == nullptr)
    wrong(row[insee], "commune inconnue « " + sector.insee + " »", "un code INSEE du fichier des communes");
  if (row[parity].text == "pair")
    sector.parity = Sector::Parity::even;
  else if (row[parity].text == "impair")
    sector.parity = Sector::Parity::odd;
  else if (!row[parity].text.empty())
    wrong(row[parity], "parité inconnue « " + row[parity].text + " »", "pair, impair, ou rien");
  sector.from = read_number(row[from], good, findings);
  sector.to = read_number(row[to], good, findings);
  if (sector.from && sector.to && *sector.from > *sector.to)
    wrong(row[from], "intervalle de numéros vide : " + row[from].text + " est après " + row[to].text,
          row[to].text + " puis " + row[from].text);
  sector.first_day = read_day(row[first_day], good, findings);
  sector.last_day = read_day(row[last_day], good, findings);
  if (sector.first_day && sector.last_day && *sector.first_day > *sector.last_day)
    wrong(row[first_day], "la ligne finit (" + row[last_day].text + ") avant de commencer",
          row[last_day].text + " puis " + row[first_day].text);
  if (sector.street.empty() && (sector.parity != Sector::Parity::both || sector.from || sector.to))
    wrong(row[street], "parité ou numéros sans rue", "le nom de la rue");
  if (!sector.street.empty() && fold(sector.street).find(' ') == std::string::npos)
    wrong(row[street], "rue « " + sector.street + " » sans son genre", "« Rue … », « Avenue … »");
  return good ? std::optional(sector) : std::nullopt;
}

// A range without an end reaches as far as there are numbers or days.
template <class T>
struct Span {
  T low, high;
  [[nodiscard]] bool holds(const Span& other) const { return low <= other.low && high >= other.high; }
  [[nodiscard]] bool meets(const Span& other) const { return low <= other.high && high >= other.low; }
};
Span<int> numbers_of(const Sector& sector) {
  return {sector.from.value_or(0), sector.to.value_or(10'000)};
}
Span<date::local_days> days_of(const Sector& sector) {
  return {sector.first_day.value_or(date::local_days::min()),
          sector.last_day.value_or(date::local_days::max())};
}

// Does every house of `later` already belong to `earlier`, on each of its days?
bool hides(const Sector& earlier, const Sector& later) {
  const bool side = earlier.parity == Sector::Parity::both || earlier.parity == later.parity;
  return side && numbers_of(earlier).holds(numbers_of(later)) && days_of(earlier).holds(days_of(later));
}
// Is there a house that belongs to both on one day?
bool overlap(const Sector& a, const Sector& b) {
  const bool side =
      a.parity == Sector::Parity::both || b.parity == Sector::Parity::both || a.parity == b.parity;
  return side && numbers_of(a).meets(numbers_of(b)) && days_of(a).meets(days_of(b));
}

void check_reachable(const std::vector<Placed>& placed, const Row& row, const Sector& sector,
                     Findings& findings) {
  const auto& at = row[sector.street.empty() ? insee : street];
  for (const auto& earlier : placed) {
    if (earlier.sector.insee != sector.insee || fold(earlier.sector.street) != fold(sector.street)) continue;
    const auto line = std::to_string(earlier.line);
    if (hides(earlier.sector, sector)) {
      findings.error(at,
                     "ligne jamais atteinte : la ligne " + line + " couvre déjà " +
                         (sector.street.empty() ? "cette commune" : "ces numéros"),
                     "une seule ligne par commune, rue et numéro, ou des dates qui se suivent");
      return;
    }
    if (earlier.sector.unit != sector.unit && overlap(earlier.sector, sector))
      findings.warning(
          at, "recouvre en partie la ligne " + line + ", d'une autre unité : la première des deux l'emporte",
          "des numéros, des côtés ou des dates qui ne se recouvrent pas");
  }
}

// Days on which a commune that has sectors has no rule of its own.
void check_gaps(const std::vector<Placed>& placed, Findings& findings) {
  std::map<std::string, std::vector<const Placed*>> defaults;
  for (const auto& p : placed)
    if (p.sector.street.empty()) defaults[p.sector.insee].push_back(&p);
  for (auto& [code, rows] : defaults) {
    std::sort(rows.begin(), rows.end(), [](const Placed* a, const Placed* b) {
      return days_of(a->sector).low < days_of(b->sector).low;
    });
    auto until = days_of(rows[0]->sector).high;
    const Placed* last = rows[0];
    const auto gap = [&](const std::string& to) {
      findings.warning({{}, last->line, 1},
                       "la commune " + code + " n'a plus d'unité après le " + date::format("%F", until) + to,
                       last->sector.unit + ";" + code + ";;;;");
    };
    for (const auto* row : rows) {
      const auto days = days_of(row->sector);
      if (until != date::local_days::max() && until + date::days{1} < days.low)
        gap(", jusqu'au " + date::format("%F", days.low - date::days{1}));
      if (days.high >= until) last = row;
      until = std::max(until, days.high);
    }
    if (until != date::local_days::max()) gap("");
  }
}

void check_covered(const Draft& draft, const std::vector<Placed>& placed, Findings& findings) {
  std::map<std::string, std::size_t> with_default;
  for (const auto& p : placed)
    if (p.sector.street.empty()) with_default.emplace(p.sector.insee, p.line);
  for (const auto& p : placed)
    if (with_default.emplace(p.sector.insee, p.line).second)
      findings.error({{}, p.line, 1},
                     "la commune " + p.sector.insee +
                         " n'a pas de ligne sans rue : le reste de la commune n'a pas d'unité",
                     p.sector.unit + ";" + p.sector.insee + ";;;;");
  for (const auto& u : draft.site.units)
    if (std::none_of(placed.begin(), placed.end(), [&](const Placed& p) { return p.sector.unit == u.code; }))
      findings.warning({}, "l'unité « " + u.code + " » n'a aucune commune : elle ne recevra rien",
                       u.code + ";INSEE;;;;");
  if (draft.outside_declared) return;
  std::size_t uncovered = 0;
  for (const auto& commune : draft.site.communes) {
    if (with_default.contains(commune.insee)) continue;
    if (++uncovered <= uncovered_shown)
      findings.warning(
          {}, "la commune " + commune.insee + " (" + commune.name + ") n'a pas d'unité",
          "une ligne UNITE;" + commune.insee + ";;;;, ou sans_secteur = \"arbitrage\" dans site.toml");
  }
  if (uncovered > uncovered_shown)
    findings.warning({}, std::to_string(uncovered - uncovered_shown) + " autres communes n'ont pas d'unité",
                     "sans_secteur = \"arbitrage\" dans site.toml, si elles sont hors du site");
}

}  // namespace

void load_sectors(Draft& draft) {
  Findings findings("sectorisation.csv", draft.findings);
  const auto rows = read_csv(draft.folder / "sectorisation.csv",
                             {"unite", "insee", "voie", "parite", "de", "a", "du", "au"}, findings, 2);
  if (!rows) return;
  std::vector<Placed> placed;
  for (const auto& row : *rows) {
    const auto sector = read_sector(draft.site, row, findings);
    if (!sector) continue;
    check_reachable(placed, row, *sector, findings);
    placed.push_back({*sector, row.line});
  }
  check_covered(draft, placed, findings);
  check_gaps(placed, findings);
  for (auto& p : placed) draft.site.sectors.push_back(std::move(p.sector));
}

}  // namespace bannette::router
