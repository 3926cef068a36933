// site.toml: name, time, opening hours, and which files describe the territory. Its delays: load_times.cpp.
#include <algorithm>
#include <stdexcept>

#include <date/tz.h>

#include "queue/core/limits.hpp"
#include "router/config/hours.hpp"
#include "router/config/parts.hpp"
#include "router/config/toml_reader.hpp"

namespace bannette::router {
namespace {

void read_closures(Calendar& calendar, const std::vector<Spot>& texts, Findings& findings) {
  for (const auto& text : texts) {
    if (const auto day = parse_date(text.text))
      calendar.closures.push_back(*day);
    else
      findings.error(text, "date de fermeture « " + text.text + " » qui n'existe pas", "\"AAAA-MM-JJ\"");
  }
  std::sort(calendar.closures.begin(), calendar.closures.end());
}

void read_week(Calendar& calendar, TomlTable& table, Findings& findings) {
  for (std::size_t day = 0; day < weekdays.size(); ++day)
    calendar.week[day] = read_spans(table.texts(weekdays[day], false), findings);
  table.finish();
  const auto& week = calendar.week;
  if (std::all_of(week.begin(), week.end(), [](const auto& spans) { return spans.empty(); }))
    findings.warning(table.here(), "aucune heure d'ouverture : les délais courent en heures calendaires",
                     "lundi = [\"08:30-12:30\", \"13:30-17:30\"]");
}

void read_zone(Calendar& calendar, const Spot& name, Findings& findings) {
  try {
    calendar.zone = date::locate_zone(name.text);
  } catch (const std::runtime_error&) {
    findings.error(name, "fuseau horaire inconnu « " + name.text + " »", "\"Europe/Paris\"");
  }
}

void read_file_name(TomlTable& table, std::string_view key, bool required, std::string& into,
                    Findings& findings) {
  const auto name = table.text(key, required);
  if (!name) return;
  if (name->text.find('/') != std::string::npos || name->text.starts_with('.'))
    findings.error(*name, "« " + name->text + " » n'est pas un nom de fichier",
                   "le nom d'un fichier de ce dossier");
  else
    into = name->text;
}

void read_territory(Draft& draft, TomlTable& table, Findings& findings) {
  read_file_name(table, "communes", true, draft.communes_file, findings);
  read_file_name(table, "autres_noms", false, draft.names_file, findings);
  read_file_name(table, "ailleurs", false, draft.elsewhere_file, findings);
  if (const auto rule = table.text("sans_secteur", false)) {
    draft.outside_declared = rule->text == "arbitrage";
    if (rule->text != "arbitrage" && rule->text != "signaler")
      findings.error(*rule, "« sans_secteur » inconnu « " + rule->text + " »",
                     "\"arbitrage\" ou \"signaler\"");
  }
  draft.homeless_rule = table.text("sans_domicile", false);
  draft.outside_rule = table.text("hors_territoire", false);
  table.finish();
}

}  // namespace

void load_description(Draft& draft) {
  Findings findings("site.toml", draft.findings);
  auto top = TomlTable::read(draft.folder / "site.toml", findings);
  if (!top) return;
  if (const auto code = top->text("code"); code && check_code(*code, findings)) draft.site.code = code->text;
  if (const auto name = top->text("nom")) draft.site.name = name->text;
  read_file_name(*top, "modele", false, draft.model_file, findings);
  Rules& rules = draft.site.queue;
  Calendar& calendar = rules.calendar;
  if (const auto zone = top->text("fuseau")) read_zone(calendar, *zone, findings);
  if (const auto lease = top->integer("bail_s", limits::lease_min / 1000, limits::lease_max / 1000, false))
    rules.lease_ms = *lease * 1000;
  if (const auto hops = top->integer("reorientations_max", 0, 20, false))
    rules.max_hops = static_cast<std::uint32_t>(*hops);
  calendar.public_holidays = top->flag("jours_feries", true);
  calendar.alsace_moselle = top->flag("alsace_moselle", false);
  if (calendar.alsace_moselle && !calendar.public_holidays)
    findings.error(top->spot_of("alsace_moselle"),
                   "« alsace_moselle » sans « jours_feries » ne ferme aucun jour", "jours_feries = true");
  read_closures(calendar, top->texts("fermetures", false), findings);
  if (auto hours = top->table("horaires")) read_week(calendar, *hours, findings);
  if (auto openings = top->table("ouvertures", false)) read_openings(calendar, *openings, findings);
  if (auto delays = top->table("delais", false)) read_delays(rules, *delays, findings);
  read_on_call(rules, top->tables("astreinte", false), findings);
  if (auto territory = top->table("territoire")) read_territory(draft, *territory, findings);
  top->finish();
}

}  // namespace bannette::router
