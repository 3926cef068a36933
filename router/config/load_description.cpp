// site.toml: name, time, opening hours, and which files describe the territory.
#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <date/tz.h>

#include "queue/core/limits.hpp"
#include "router/config/parts.hpp"
#include "router/config/toml_reader.hpp"

namespace bannette::router {
namespace {

constexpr std::array<std::string_view, 7> days{"lundi",    "mardi",  "mercredi", "jeudi",
                                               "vendredi", "samedi", "dimanche"};

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text[0] < '0' || text[0] > '9' || error != std::errc() ||
      end != text.data() + text.size())
    return std::nullopt;
  return value;
}

// "08:30" in minutes of the day, 0..1440.
std::optional<int> clock(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 3 != text.size()) return std::nullopt;
  const auto hours = digits(text.substr(0, colon));
  const auto minutes = digits(text.substr(colon + 1));
  if (!hours || !minutes || *hours > 24 || *minutes > 59 || *hours * 60 + *minutes > 1440)
    return std::nullopt;
  return *hours * 60 + *minutes;
}

void read_day(std::vector<OpenSpan>& spans, const std::vector<Spot>& texts, Findings& findings) {
  for (const auto& text : texts) {
    const auto hyphen = text.text.find('-');
    const auto from = clock(std::string_view(text.text).substr(0, hyphen));
    const auto to =
        hyphen == std::string::npos ? std::nullopt : clock(std::string_view(text.text).substr(hyphen + 1));
    if (!from || !to || *from >= *to) {
      findings.error(text, "plage horaire « " + text.text + " » mal formée",
                     "\"08:30-12:30\", le début avant la fin");
    } else if (!spans.empty() && spans.back().to_min > *from) {
      findings.error(text, "plage horaire « " + text.text + " » qui chevauche la précédente",
                     "des plages dans l'ordre et séparées");
    } else {
      spans.push_back({*from, *to});
    }
  }
}

void read_closures(Calendar& calendar, const std::vector<Spot>& texts, Findings& findings) {
  for (const auto& text : texts) {
    const std::string_view t = text.text;
    const bool form = t.size() == 10 && t[4] == '-' && t[7] == '-';
    const auto year = form ? digits(t.substr(0, 4)) : std::nullopt;
    const auto month = form ? digits(t.substr(5, 2)) : std::nullopt;
    const auto day = form ? digits(t.substr(8, 2)) : std::nullopt;
    const bool whole = year && month && day;
    const auto date = whole ? date::year(*year) / *month / *day : date::year_month_day{};
    if (!whole || !date.ok())
      findings.error(text, "date de fermeture « " + text.text + " » qui n'existe pas", "\"AAAA-MM-JJ\"");
    else
      calendar.closures.emplace_back(date::local_days(date));
  }
  std::sort(calendar.closures.begin(), calendar.closures.end());
}

void read_zone(Calendar& calendar, const Spot& name, Findings& findings) {
  try {
    calendar.zone = date::locate_zone(name.text);
  } catch (const std::runtime_error&) {
    findings.error(name, "fuseau horaire inconnu « " + name.text + " »", "\"Europe/Paris\"");
  }
}

void read_territory(Draft& draft, TomlTable& table, Findings& findings) {
  const auto file = [&](std::string_view key, bool required, std::string& into) {
    const auto name = table.text(key, required);
    if (!name) return;
    if (name->text.find('/') != std::string::npos || name->text.starts_with('.'))
      findings.error(*name, "« " + name->text + " » n'est pas un nom de fichier",
                     "le nom d'un fichier de ce dossier");
    else
      into = name->text;
  };
  file("communes", true, draft.communes_file);
  file("autres_noms", false, draft.names_file);
  file("ailleurs", false, draft.elsewhere_file);
  if (const auto rule = table.text("sans_secteur", false)) {
    draft.outside_declared = rule->text == "arbitrage";
    if (rule->text != "arbitrage" && rule->text != "signaler")
      findings.error(*rule, "« sans_secteur » inconnu « " + rule->text + " »",
                     "\"arbitrage\" ou \"signaler\"");
  }
  table.finish();
}

}  // namespace

void load_description(Draft& draft) {
  Findings findings("site.toml", draft.findings);
  auto top = TomlTable::read(draft.folder / "site.toml", findings);
  if (!top) return;
  if (const auto code = top->text("code"); code && check_code(*code, findings)) draft.site.code = code->text;
  if (const auto name = top->text("nom")) draft.site.name = name->text;
  if (const auto zone = top->text("fuseau")) read_zone(draft.site.calendar, *zone, findings);
  if (const auto lease = top->integer("bail_s", limits::lease_min / 1000, limits::lease_max / 1000, false))
    draft.site.lease_ms = *lease * 1000;
  draft.site.calendar.public_holidays = top->flag("jours_feries", true);
  read_closures(draft.site.calendar, top->texts("fermetures", false), findings);
  if (auto hours = top->table("horaires")) {
    for (std::size_t day = 0; day < days.size(); ++day)
      read_day(draft.site.calendar.week[day], hours->texts(days[day], false), findings);
    hours->finish();
    const auto& week = draft.site.calendar.week;
    if (std::all_of(week.begin(), week.end(), [](const auto& spans) { return spans.empty(); }))
      findings.warning(hours->here(), "aucune heure d'ouverture : les délais courent en heures calendaires",
                       "lundi = [\"08:30-12:30\", \"13:30-17:30\"]");
  }
  if (auto territory = top->table("territoire")) read_territory(draft, *territory, findings);
  top->finish();
}

}  // namespace bannette::router
