#include "agent-console/cli/corrections.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>

#include <sys/stat.h>

#include <boost/json.hpp>

#include "agent-console/cli/account.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/core/views.hpp"
#include "queue/core/ids.hpp"
#include "queue/journal/master_key.hpp"
#include "queue/system/clock.hpp"
#include "router/config/load.hpp"
#include "router/review/book.hpp"
#include "router/review/note_json.hpp"

namespace bannette::console {
namespace {

namespace json = boost::json;
using router::CorrectionBook;

constexpr std::int64_t day_ms = 24LL * 3'600'000;

// The configuration and the book that reads by it.
struct Opened {
  router::Site site;
  std::optional<CorrectionBook> book;
};

std::unique_ptr<Opened> opened(const CorrectionsOptions& options, std::ostream& err) {
  if (!std::filesystem::exists(options.data / "queue.db"))
    throw WrongUse("--data : " + options.data.string() + " ne contient pas de journal (queue.db)");
  if (!std::filesystem::is_directory(options.config))
    throw WrongUse("--config : pas de dossier " + options.config.string());
  auto loaded = router::load_site(options.config);
  for (const auto& finding : loaded.findings)
    if (finding.severity == router::Severity::error) err << visible(router::to_string(finding)) << '\n';
  if (!loaded.site) return nullptr;
  auto made = std::make_unique<Opened>();
  made->site = std::move(*loaded.site);
  made->book.emplace(options.data, seal::load_master_key(options.data), made->site);
  return made;
}

std::uint64_t number_of(const CorrectionsOptions& options) {
  const auto number = parse_reference(options.reference);
  if (!number) throw WrongUse("--dossier : cette référence est fausse, vérifiez les lettres");
  return *number;
}

const router::Labelled& label_of(const CorrectionBook::Entry& entry) {
  const bool decided = entry.status == router::Reviewed::accepted && entry.review;
  return decided ? entry.review->label : entry.correction.label;
}

json::object json_of(const CorrectionBook::Entry& entry) {
  json::object object = router::note_json(entry.id, label_of(entry));
  object["source"] = entry.correction.source;
  object["status"] = name(entry.status);
  object["dossier"] = make_reference(entry.correction.number);
  object["arrived"] = iso8601(entry.correction.arrived_ms);
  const auto& proposed = entry.correction.proposed;
  object["proposed"] = json::object{{"motif", proposed.topic},
                                    {"urgency", bannette::name(proposed.urgency)},
                                    {"danger", proposed.danger},
                                    {"unit", proposed.unit}};
  object["why"] = json::array(entry.correction.why.begin(), entry.correction.why.end());
  return object;
}

std::string french(router::Reviewed status) {
  switch (status) {
    case router::Reviewed::accepted:
      return "acceptée";
    case router::Reviewed::rejected:
      return "rejetée";
    case router::Reviewed::proposed:
      break;
  }
  return "à relire";
}

void put(const CorrectionBook::Entry& entry, std::ostream& out) {
  const auto& label = label_of(entry);
  out << make_reference(entry.correction.number) << "  " << local_time(entry.correction.arrived_ms) << "  "
      << french(entry.status) << '\n';
  for (const auto& why : entry.correction.why) out << "  " << visible(why) << '\n';
  std::string motif = label.motif;
  if (motif.empty()) {
    motif = "à préciser";
    for (const auto& each : label.motifs_ok) motif += (each == label.motifs_ok.front() ? " : " : ", ") + each;
  }
  out << "  motif " << visible(motif) << " ; urgence " << bannette::name(label.urgency)
      << (label.danger ? ", danger" : "") << " ; " << visible(label.commune) << ' ' << visible(label.unit)
      << '\n'
      << "  « " << visible_lines(label.note, "    ") << " »\n";
}

int decided(const CorrectionsOptions& options, const Result<CorrectionBook::Entry>& result,
            std::ostream& out) {
  if (result.has_error()) {
    const auto& refusal = result.error();
    throw Refused(std::string(name(refusal.code)), refusal.field, refusal.detail);
  }
  if (options.json)
    out << json::serialize(json_of(result.value())) << '\n';
  else
    put(result.value(), out);
  return 0;
}

router::Decided decision_of(const CorrectionsOptions& options) {
  router::Decided out;
  const char* user = std::getenv("USER");
  out.by = !options.by.empty() ? options.by : user != nullptr ? user : "";
  out.at_ms = system::now().wall_ms;
  out.hidden = options.hide;
  if (!options.motif.empty()) out.motif = options.motif;
  if (!options.urgency.empty()) {
    out.urgency = parse_urgency(options.urgency);
    if (!out.urgency) throw WrongUse("--urgency : immediate, urgent, priority ou normal");
  }
  if (!options.danger.empty()) {
    if (options.danger != "oui" && options.danger != "non") throw WrongUse("--danger : oui ou non");
    out.danger = options.danger == "oui";
  }
  return out;
}

// To a file of its own, readable by its owner: whole, or not at all.
int write_to(CorrectionBook& book, const std::filesystem::path& file, std::ostream& out, std::ostream& err) {
  const std::filesystem::path draft = file.string() + ".new";
  std::ofstream into;
  if (!file.empty()) {
    into.open(draft, std::ios::trunc);
    ::chmod(draft.c_str(), 0600);
  }
  std::ostream& to = file.empty() ? out : into;
  const auto exported = book.write([&](const std::string& line) { to << line << '\n'; });
  if (!to.flush()) {
    err << "corrections : l'écriture a échoué\n";
    return 1;
  }
  if (!file.empty()) std::filesystem::rename(draft, file);
  err << exported.written << " notes écrites";
  if (exported.stale > 0) err << " ; " << exported.stale << " à relire, leur dossier a changé depuis";
  if (exported.erased > 0) err << " ; " << exported.erased << " oubliées, leur dossier est effacé";
  err << '\n';
  return 0;
}

}  // namespace

int run_corrections_list(const CorrectionsOptions& options, std::ostream& out, std::ostream& err) {
  const auto made = opened(options, err);
  if (!made) return 1;
  const std::int64_t from_ms = system::now().wall_ms - static_cast<std::int64_t>(options.days) * day_ms;
  const auto page = made->book->list(from_ms);
  std::uint64_t waiting = 0;
  for (const auto& entry : page.entries) {
    const bool open = entry.status == router::Reviewed::proposed;
    waiting += open ? 1 : 0;
    if (!open && !options.all) continue;
    if (options.json)
      out << json::serialize(json_of(entry)) << '\n';
    else
      put(entry, out);
  }
  err << page.found << " corrections sur " << page.tally.read << " appels, dont " << waiting << " à relire";
  if (page.found > page.entries.size()) err << " ; la liste s'arrête à " << page.entries.size();
  if (page.tally.damaged > 0) err << " ; dossiers endommagés : " << page.tally.damaged;
  err << '\n';
  return page.tally.damaged > 0 ? 1 : 0;
}

int run_corrections_show(const CorrectionsOptions& options, std::ostream& out, std::ostream& err) {
  const auto made = opened(options, err);
  return made ? decided(options, made->book->show(number_of(options)), out) : 1;
}

int run_corrections_accept(const CorrectionsOptions& options, std::ostream& out, std::ostream& err) {
  const auto decision = decision_of(options);
  const auto made = opened(options, err);
  return made ? decided(options, made->book->accept(number_of(options), decision), out) : 1;
}

int run_corrections_reject(const CorrectionsOptions& options, std::ostream& out, std::ostream& err) {
  const auto decision = decision_of(options);
  const auto made = opened(options, err);
  return made ? decided(options, made->book->reject(number_of(options), decision), out) : 1;
}

int run_corrections_export(const CorrectionsOptions& options, std::ostream& out, std::ostream& err) {
  const auto made = opened(options, err);
  if (!made) return 1;
  cli::put_down_shell(options.data, "exported", "notes corrigées, relues et anonymisées", err);
  return write_to(*made->book, options.to, out, err);
}

namespace {

struct Sub {
  CLI::App& app;
  CorrectionsOptions& options;
};

using RunCorrections = int (*)(const CorrectionsOptions&, std::ostream&, std::ostream&);

Sub sub(CLI::App& app, const char* name, const char* help, Chosen& chosen, RunCorrections run) {
  const auto o = std::make_shared<CorrectionsOptions>();
  CLI::App& made = command(app, name, help, chosen, [o, run] { return run(*o, std::cout, std::cerr); });
  option(made, "--config", o->config, "Dossier de configuration")->required();
  option(made, "--data", o->data, "Dossier de données")->required();
  return {made, *o};
}

Sub of_one(CLI::App& app, const char* name, const char* help, Chosen& chosen, RunCorrections run) {
  Sub made = sub(app, name, help, chosen, run);
  option(made.app, "--dossier", made.options.reference, "Référence du dossier")->required();
  flag(made.app, "--json", made.options.json, "Répondre en JSON");
  return made;
}

}  // namespace

void add_corrections(CLI::App& app, Chosen& chosen) {
  CLI::App& all =
      *app.add_subcommand("corrections",
                          "Ce que les gens ont décidé autrement que la machine, à relire puis exporter")
           ->require_subcommand(1);
  const Sub list = sub(all, "list", "Montrer les corrections à relire", chosen, run_corrections_list);
  option(list.app, "--days", list.options.days, "Appels des derniers jours (90 par défaut)");
  flag(list.app, "--all", list.options.all, "Aussi celles qui sont décidées");
  flag(list.app, "--json", list.options.json, "Une ligne de JSON par correction");
  of_one(all, "show", "Montrer une correction", chosen, run_corrections_show);
  const Sub accept = of_one(all, "accept", "Accepter une note relue, telle qu'elle est montrée", chosen,
                            run_corrections_accept);
  option(accept.app, "--motif", accept.options.motif, "Le bon motif, s'il n'est pas celui qui est proposé");
  option(accept.app, "--urgency", accept.options.urgency, "La bonne urgence");
  option(accept.app, "--danger", accept.options.danger, "oui ou non");
  option(accept.app, "--hide", accept.options.hide, "Un mot à masquer encore (répétable)");
  option(accept.app, "--by", accept.options.by, "Qui décide");
  const Sub reject = of_one(all, "reject", "Écarter une correction", chosen, run_corrections_reject);
  option(reject.app, "--by", reject.options.by, "Qui décide");
  const Sub exported =
      sub(all, "export", "Écrire les notes acceptées (JSON Lines)", chosen, run_corrections_export);
  option(exported.app, "--to", exported.options.to, "Fichier à écrire (par défaut : sortie standard)");
}

}  // namespace bannette::console
