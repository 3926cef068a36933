#include "agent-console/cli/work_commands.hpp"

#include <iostream>
#include <memory>
#include <vector>

#include "agent-console/cli/audit.hpp"
#include "agent-console/cli/events.hpp"
#include "agent-console/cli/lifecycle.hpp"
#include "agent-console/cli/outbox.hpp"
#include "agent-console/cli/submit.hpp"
#include "agent-console/cli/work.hpp"

namespace bannette::console {
namespace {

void add_connection(CLI::App& sub, QueueConnectionOptions& o) {
  option(sub, "--zmq", o.endpoint, "Adresse du service, par exemple tcp://127.0.0.1:5570");
  option(sub, "--key", o.key_file, "Fichier de vos clés");
  option(sub, "--server-key", o.server_key_file, "Clé publique du serveur (fichier)");
  option(sub, "--unit", o.unit, "Unité, ou une de ses bannettes UNITÉ/SERVICE");
  option(sub, "--actor", o.actor, "Nom de la personne, pour l'historique");
  option(sub, "--role", o.role, "Rôle de cette personne (agent par défaut)");
  flag(sub, "--json", o.json, "Répondre en JSON");
}

// What a verb takes beside the dossier.
enum Takes : unsigned {
  kNothing = 0,
  kFence = 1,
  kLease = 2,
  kText = 4,
  kOutcome = 8,
  kWhy = 16,  // and words beside it
  kUntil = 32,
  kToBannette = 64,
  kToPerson = 128,
  kInto = 256,
};

struct Verb {
  const char* name;
  const char* help;
  std::function<int(const WorkOptions&)> run;
  unsigned takes = kNothing;
};

using Quiet = int (*)(const WorkOptions&, std::ostream&);
using Wordy = int (*)(const WorkOptions&, std::istream&, std::ostream&);

Verb verb(const char* name, const char* help, Quiet run, unsigned takes = kNothing) {
  return {name, help, [run](const auto& o) { return run(o, std::cout); }, takes};
}
Verb verb(const char* name, const char* help, Wordy run, unsigned takes) {
  return {name, help, [run](const auto& o) { return run(o, std::cin, std::cout); }, takes};
}

constexpr const char* kWhyHelp =
    "wrong_territory, wrong_topic, not_competent, incomplete, no_capacity, awaiting_person, "
    "awaiting_document, awaiting_partner, appointment_set, absence, safety, other (avec --text)";
constexpr const char* kUntilHelp = "+3j, +2h, +30min, ou une date locale comme 2026-11-28T10:00";

void add_retry(CLI::App& sub, WorkOptions& o) {
  add_connection(sub, o.connection);
  option(sub, "--request-key", o.request_key, "Clé d'idempotence (UUIDv7), pour répéter une demande");
}

void add_verb(CLI::App& app, Chosen& chosen, const Verb& verb) {
  const auto o = std::make_shared<WorkOptions>();
  CLI::App& sub = command(app, verb.name, verb.help, chosen, [o, run = verb.run] { return run(*o); });
  add_retry(sub, *o);
  sub.add_option("dossier", o->dossier, "Identifiant ou référence");
  const auto takes = [&](unsigned one) { return (verb.takes & one) != 0; };
  if (takes(kFence)) option(sub, "--fence", o->fence, "Jeton de la réservation (par défaut : le présent)");
  if (takes(kLease)) option(sub, "--lease", o->lease_s, "Durée de la réservation, en secondes (5 à 3600)");
  if (takes(kOutcome))
    option(sub, "--outcome", o->outcome,
           "answered, appointment, sent_to_partner, unreachable, no_further_action, duplicate")
        ->required();
  if (takes(kWhy)) option(sub, "--why", o->why, kWhyHelp)->required();
  if (takes(kText) || takes(kWhy)) option(sub, "--text", o->text, "Texte ; « - » : l'entrée standard");
  if (takes(kUntil)) option(sub, "--until", o->until, kUntilHelp)->required();
  if (takes(kToBannette)) option(sub, "--to", o->to, "Bannette")->required();
  if (takes(kToPerson)) option(sub, "--to", o->to, "Nom de la personne, comme dans l'historique")->required();
  if (takes(kInto)) option(sub, "--into", o->into, "Dossier qui continue")->required();
}

std::vector<Verb> verbs() {
  return {
      verb("reserve", "Réserver un dossier, ou le suivant", run_reserve, kLease),
      verb("take", "Prendre en charge un dossier, ou le suivant", run_take),
      verb("accept", "Prendre en charge le dossier réservé", run_accept, kFence),
      verb("renew", "Prolonger la réservation", run_renew, kFence | kLease),
      verb("release", "Rendre le dossier réservé", run_release, kFence),
      verb("note", "Ajouter une note", run_note, kFence | kText),
      verb("handle", "Traiter le dossier", run_handle, kFence | kText | kOutcome),
      verb("hold", "Suspendre jusqu'à une date ; reprend de lui-même", run_hold, kFence | kWhy | kUntil),
      verb("resume", "Reprendre avant cette date", run_resume, kFence),
      verb("return", "Rendre au standard, à son ancienne place", run_return, kFence | kWhy),
      verb("propose", "Proposer à une autre bannette ; le dossier reste ici jusqu'à l'accord", run_propose,
           kFence | kToBannette | kWhy),
      verb("withdraw", "Retirer la proposition", run_withdraw, kFence),
      verb("accept-proposal", "Accepter un dossier proposé à votre bannette", run_accept_proposal),
      verb("refuse-proposal", "Le refuser", run_refuse_proposal, kWhy),
      verb("copy", "Mettre une autre bannette en copie", run_copy, kFence | kToBannette),
      verb("merge", "Rattacher un doublon au dossier qui continue", run_merge, kFence | kInto),
      verb("acknowledge", "Acquitter un danger : une personne l'a vu", run_acknowledge),
      verb("reopen", "Rouvrir un dossier traité", run_reopen, kText),
      verb("close", "Clore un dossier traité", run_close),
      verb("reassign", "Donner à une personne (responsable, supervision)", run_reassign,
           kFence | kToPerson | kWhy),
      verb("move", "Mettre dans une autre bannette (supervision)", run_move, kToBannette | kWhy),
  };
}

void add_delegations(CLI::App& app, Chosen& chosen) {
  const auto made = std::make_shared<WorkOptions>();
  CLI::App& delegate = command(app, "delegate", "Confier les dossiers d'une personne absente à une autre",
                               chosen, [made] { return run_delegate(*made, std::cout); });
  add_retry(delegate, *made);
  option(delegate, "--person", made->person, "Personne absente, comme dans l'historique")->required();
  option(delegate, "--to", made->to, "Qui la remplace")->required();
  option(delegate, "--from", made->from, "Dès (maintenant par défaut)");
  option(delegate, "--until", made->until, kUntilHelp)->required();
  const auto ended = std::make_shared<WorkOptions>();
  CLI::App& end = command(app, "end-delegation", "Finir cette délégation", chosen,
                          [ended] { return run_end_delegation(*ended, std::cout); });
  add_retry(end, *ended);
  option(end, "--person", ended->person, "Personne qui était absente")->required();
}

void add_audit(CLI::App& app, Chosen& chosen) {
  const auto o = std::make_shared<AuditOptions>();
  o->connection.role = "auditor";
  CLI::App& sub = command(app, "audit", "Qui a lu quoi, quand et pourquoi (clé « console »)", chosen,
                          [o] { return run_audit(*o, std::cout); });
  add_connection(sub, o->connection);
  option(sub, "--dossier", o->dossier, "D'un seul dossier : identifiant ou référence");
  option(sub, "--person", o->person, "D'une seule personne, comme l'historique la nomme");
  option(sub, "--in-unit", o->in_unit, "Dossiers de cette unité (ou service:CODE, standard, arbitrage)");
  option(sub, "--from", o->from, "Depuis, par exemple 2026-11-26T08:00");
  option(sub, "--to", o->to, "Jusqu'à");
  option(sub, "--after", o->after, "Après ce numéro");
}

void add_outbox(CLI::App& app, Chosen& chosen) {
  const auto made = [] {
    auto o = std::make_shared<OutboxOptions>();
    o->connection.role = "admin";
    return o;
  };
  const auto listed = made();
  CLI::App& list = *app.add_subcommand("outbox", "Ce que la file n'a pas encore confirmé (clé « console »)");
  list.parse_complete_callback([&list, &chosen, listed] {  // after those of its own subcommands
    if (list.get_subcommands().empty()) chosen.run = [listed] { return run_outbox(*listed, std::cout); };
  });
  add_connection(list, listed->connection);
  option(list, "--after", listed->after, "Après cette place");
  flag(list, "--trace", listed->trace, "Montrer ce que sont devenues celles mises de côté");
  const auto add = [&](const char* name, const char* help, auto run, bool reason) {
    const auto o = made();
    CLI::App& sub = command(list, name, help, chosen, [o, run] { return run(*o, std::cout); });
    add_connection(sub, o->connection);
    sub.add_option("place", o->place, "Place de la demande")->required();
    auto* text = option(sub, "--text", o->text, "Pourquoi");
    if (reason) text->required();
  };
  add("retry", "Envoyer de nouveau une demande mise de côté", run_outbox_retry, false);
  add("discard", "Y renoncer ; son contenu est effacé", run_outbox_discard, true);
}

}  // namespace

void add_work(CLI::App& app, Chosen& chosen) {
  for (const auto& each : verbs()) add_verb(app, chosen, each);
  add_delegations(app, chosen);
  add_outbox(app, chosen);
  const auto shown = std::make_shared<WorkOptions>();
  CLI::App& show =
      command(app, "show", "Montrer un dossier", chosen, [shown] { return run_show(*shown, std::cout); });
  add_connection(show, shown->connection);
  show.add_option("dossier", shown->dossier, "Identifiant ou référence");
  const auto o = std::make_shared<WorkOptions>();
  CLI::App& tray =
      command(app, "tray", "Lister la bannette", chosen, [o] { return run_tray(*o, std::cout); });
  add_connection(tray, o->connection);
  option(tray, "--limit", o->limit, "Nombre de lignes (200 au plus)");
  const auto events = std::make_shared<EventsOptions>();
  events->connection.role = "supervisor";
  CLI::App& all = command(app, "events", "Alertes et événements du site (clé « console »)", chosen,
                          [events] { return run_events(*events, std::cout); });
  add_connection(all, events->connection);
  option(all, "--after", events->after, "Après ce numéro (depuis le début par défaut)");
  flag(all, "--follow", events->follow, "Continuer jusqu'à l'interruption");
  add_audit(app, chosen);
  const auto submit = std::make_shared<QueueConnectionOptions>();
  add_connection(command(app, "submit", "Déposer des appels (JSON Lines sur l'entrée standard)", chosen,
                         [submit] { return run_submit(*submit, std::cin, std::cout); }),
                 *submit);
}

}  // namespace bannette::console
