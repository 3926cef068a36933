// The program `bannette`. Exit codes: 0 done, 1 failed, 2 wrong use. BANNETTE_* environment variables repeat
// the long options (BANNETTE_SERVER_KEY for --server-key).
#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <sodium.h>

#include "agent-console/cli/backup_commands.hpp"
#include "agent-console/cli/calls.hpp"
#include "agent-console/cli/check_config.hpp"
#include "agent-console/cli/check_data.hpp"
#include "agent-console/cli/classify.hpp"
#include "agent-console/cli/corrections.hpp"
#include "agent-console/cli/demo.hpp"
#include "agent-console/cli/export.hpp"
#include "agent-console/cli/head.hpp"
#include "agent-console/cli/import_addresses.hpp"
#include "agent-console/cli/key.hpp"
#include "agent-console/cli/learn.hpp"
#include "agent-console/cli/options.hpp"
#include "agent-console/cli/reload_command.hpp"
#include "agent-console/cli/replay.hpp"
#include "agent-console/cli/serve.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/cli/token.hpp"
#include "agent-console/cli/user.hpp"
#include "agent-console/cli/webhook_commands.hpp"
#include "agent-console/cli/work_commands.hpp"
#include "queue/system/clock.hpp"

namespace bannette::console {
namespace cli {}
namespace {

using namespace cli;

void add_serve(CLI::App& app, Chosen& chosen) {
  const auto o = std::make_shared<ServeOptions>();
  CLI::App& sub = command(app, "serve", "Faire tourner file, routeur et console", chosen,
                          [o] { return run_serve(*o, std::cerr); });
  option(sub, "--config", o->config, "Dossier de configuration")->required();
  option(sub, "--data", o->data, "Dossier de données")->required();
  option(sub, "--http", o->http, "ADRESSE:PORT de la console (port 0 : un port libre)");
  option(sub, "--zmq", o->zmq, "Adresse ZeroMQ, par exemple tcp://127.0.0.1:5570");
  option(sub, "--tls-cert", o->tls_cert, "Chaîne de certificats (PEM)");
  option(sub, "--tls-key", o->tls_key, "Clé privée (PEM)");
  flag(sub, "--behind-proxy", o->behind_proxy, "Un mandataire fait le TLS");
  option(sub, "--public-url", o->public_url, "Adresse de la console pour les gens (liens des alertes)");
  flag(sub, "--demo", o->demo, "Marquer chaque écran « démonstration »");
}

std::string read_password() {
  std::string password;
  std::getline(std::cin, password);
  return password;
}

void with_password(CLI::App& sub) {
  const std::string help = "Lire le mot de passe sur l'entrée standard";
  auto* added = sub.add_flag("--password-stdin", help);
  added->envname(variable_of(*added))->required();
}

using RunAccount = std::function<int(const AccountOptions&)>;

struct AccountCommand {
  CLI::App& sub;
  AccountOptions& options;
};

AccountCommand account_command(CLI::App& app, const char* name, const char* help, const char* name_help,
                               Chosen& chosen, RunAccount run) {
  const auto o = std::make_shared<AccountOptions>();
  CLI::App& sub = command(app, name, help, chosen, [o, run = std::move(run)] { return run(*o); });
  option(sub, "--data", o->data, "Dossier de données")->required();
  option(sub, "--name", o->name, name_help)->required();
  return {sub, *o};
}

void add_users(CLI::App& app, Chosen& chosen) {
  CLI::App& users = *app.add_subcommand("user", "Comptes de la console")->require_subcommand(1);
  auto add = account_command(users, "add", "Ajouter un compte", "Identifiant", chosen,
                             [](const auto& o) { return run_user_add(o, std::cin, std::cerr); });
  option(add.sub, "--role", add.options.role, "operator, agent, manager, supervisor, admin, auditor")
      ->required();
  option(add.sub, "--unit", add.options.units, "Unité, ou service:CODE (répétable)");
  flag(add.sub, "--restricted", add.options.restricted,
       "Agent habilité aux dossiers confidentiels de ses unités");
  with_password(add.sub);
  account_command(users, "grant-restricted", "Habiliter un agent aux dossiers confidentiels", "Identifiant",
                  chosen, [](const auto& o) { return run_user_restricted(o.data, o.name, true, std::cerr); });
  account_command(users, "withdraw-restricted", "Retirer cette habilitation ; ses sessions finissent",
                  "Identifiant", chosen,
                  [](const auto& o) { return run_user_restricted(o.data, o.name, false, std::cerr); });
  auto password =
      account_command(users, "password", "Changer un mot de passe", "Identifiant", chosen,
                      [](const auto& o) { return run_user_password(o.data, o.name, std::cin, std::cerr); });
  with_password(password.sub);
  account_command(users, "remove", "Retirer un compte ; ses sessions finissent", "Identifiant", chosen,
                  [](const auto& o) { return run_user_remove(o.data, o.name, std::cerr); });
}

void add_tokens(CLI::App& app, Chosen& chosen) {
  CLI::App& tokens = *app.add_subcommand("token", "Jetons des machines et des autocommutateurs (HTTP)")
                          ->require_subcommand(1);
  auto add = account_command(tokens, "add", "Créer un jeton, montré une seule fois",
                             "Nom de la machine, ou du jeton d'un autocommutateur", chosen,
                             [](const auto& o) { return run_token_add(o, std::cout, std::cerr); });
  option(add.sub, "--role", add.options.role, "Rôle (operator par défaut)");
  option(add.sub, "--unit", add.options.units, "Unité (répétable)");
  option(add.sub, "--pbx", add.options.pbx,
         "Ou, pour POST /api/v1/cti seulement : code de l'autocommutateur (PBX) qui prévient");
  flag(add.sub, "--restricted", add.options.restricted, "Habilité aux dossiers confidentiels (rôle agent)");
  account_command(tokens, "revoke", "Révoquer un jeton", "Nom sous lequel il fut créé", chosen,
                  [](const auto& o) { return run_token_revoke(o.data, o.name, std::cerr); });
}

struct KeyOptions {
  std::filesystem::path data, file, public_file;
  std::string principal;
};

void add_key_revoke(CLI::App& keys, Chosen& chosen) {
  const auto o = std::make_shared<KeyOptions>();
  CLI::App& sub = *keys.add_subcommand("revoke", "Retirer des clés ; leurs sessions finissent aussitôt");
  option(sub, "--data", o->data, "Dossier de données")->required();
  const auto* who = alternative(sub, "--principal", o->principal, "Toutes les clés de ce titulaire");
  const auto* which = alternative(sub, "--public", o->public_file, "Ou cette clé seulement");
  on_chosen(sub, chosen, [=] {
    choose_one(*who, o->principal, *which, o->public_file,
               "key revoke : --principal ou --public est nécessaire, l'un des deux seulement");
    return run_key_revoke(o->data, o->principal, o->public_file, std::cout, std::cerr);
  });
}

void add_keys(CLI::App& app, Chosen& chosen) {
  CLI::App& keys =
      *app.add_subcommand("key", "Clés CURVE des unités et des services (ZeroMQ)")->require_subcommand(1);
  const auto made = std::make_shared<KeyOptions>();
  CLI::App& make = command(keys, "new", "Créer une paire de clés : FICHIER et FICHIER.pub", chosen,
                           [made] { return run_key_new(made->file, std::cout, std::cerr); });
  option(make, "--out", made->file, "Fichier à créer")->required();
  const auto added = std::make_shared<KeyOptions>();
  CLI::App& add = command(keys, "add", "Autoriser une clé publique", chosen, [added] {
    return run_key_add(added->data, added->principal, added->public_file, std::cout, std::cerr);
  });
  option(add, "--data", added->data, "Dossier de données")->required();
  option(add, "--principal", added->principal, "unit:CODE, service:CODE, router ou console")->required();
  option(add, "--public", added->public_file, "Fichier de la clé publique")->required();
  add_key_revoke(keys, chosen);
  const auto listed = std::make_shared<KeyOptions>();
  CLI::App& list = command(keys, "list", "Montrer les clés autorisées", chosen,
                           [listed] { return run_key_list(listed->data, std::cout); });
  option(list, "--data", listed->data, "Dossier de données")->required();
}

using Folder = std::filesystem::path;

void add_check(CLI::App& app, Chosen& chosen) {
  const auto config = std::make_shared<Folder>(), data = std::make_shared<Folder>();
  CLI::App& check = *app.add_subcommand("check", "Vérifier une configuration, ou des données");
  const auto* by_config = alternative(check, "--config", *config, "Dossier de configuration");
  const auto* by_data = alternative(check, "--data", *data, "Ou dossier de données");
  on_chosen(check, chosen, [=] {
    choose_one(*by_config, *config, *by_data, *data,
               "écrire plutôt check --config DOSSIER ou check --data DOSSIER, l'un des deux seulement");
    return config->empty() ? run_check_data(*data, std::cout, std::cerr)
                           : run_check_config(*config, std::cout);
  });
}

void add_files(CLI::App& app, Chosen& chosen) {
  const auto config = std::make_shared<Folder>();
  const auto day = std::make_shared<std::string>();
  CLI::App& classify = command(app, "classify", "Classer des notes (JSON Lines)", chosen, [config, day] {
    return run_classify(*config, std::cin, std::cout, std::cerr, *day, system::now().wall_ms);
  });
  option(classify, "--config", *config, "Dossier de configuration")->required();
  option(classify, "--day", *day, "Secteurs tels qu'ils seront ce jour-là (AAAA-MM-JJ ; aujourd'hui)");
  add_check(app, chosen);
  const auto addresses = std::make_shared<ImportOptions>();
  CLI::App& import =
      command(app, "import-addresses", "Lire les voies d'un fichier d'adresses (CSV de la BAN)", chosen,
              [addresses] { return run_import_addresses(*addresses, std::cout, std::cerr); });
  option(import, "--config", addresses->config, "Dossier de configuration ; y écrit voies.csv")->required();
  option(import, "--from", addresses->from, "Fichier CSV, ou CSV.gz")->required();
  const auto exported = std::make_shared<Folder>();
  CLI::App& all = command(app, "export", "Écrire chaque dossier (JSON Lines)", chosen,
                          [exported] { return run_export(*exported, std::cout, std::cerr); });
  option(all, "--data", *exported, "Dossier de données")->required();
  const auto data = std::make_shared<Folder>();
  CLI::App& head = command(app, "head", "Montrer la fin de la chaîne", chosen,
                           [data] { return run_head(*data, std::cout, std::cerr); });
  option(head, "--data", *data, "Dossier de données")->required();
}

void add_learning(CLI::App& app, Chosen& chosen) {
  const auto made = std::make_shared<LearnOptions>();
  CLI::App& train = command(app, "train", "Entraîner un modèle sur des notes annotées", chosen,
                            [made] { return run_train(*made, std::cout, std::cerr); });
  option(train, "--notes", made->notes, "Fichier .jsonl, ou dossier")->required();
  option(train, "--out", made->model, "Modèle à écrire")->required();
  option(train, "--config", made->config, "Dossier de configuration (celui des notes)");
  const auto told = std::make_shared<LearnOptions>();
  CLI::App& evaluate = command(app, "evaluate", "Mesurer les décisions sur des notes annotées", chosen,
                               [told] { return run_evaluate(*told, std::cout, std::cerr); });
  option(evaluate, "--notes", told->notes, "Fichier .jsonl, ou dossier")->required();
  option(evaluate, "--config", told->config, "Dossier de configuration (celui des notes)");
  option(evaluate, "--model", told->model, "Un autre modèle que celui de la configuration");
  flag(evaluate, "--json", told->json, "Un objet JSON");
  flag(evaluate, "--cross-validate", told->cross_validate, "Juger chaque fichier par un modèle des autres");
}

void add_demo(CLI::App& app, Chosen& chosen) {
  const auto o = std::make_shared<DemoOptions>();
  CLI::App& sub = command(app, "demo", "Laisser arriver des appels inventés", chosen, [o] {
    o->password = read_password();
    return run_demo(*o, std::cout, std::cerr);
  });
  option(sub, "--http", o->http, "Adresse de la console, par exemple http://127.0.0.1:8080")->required();
  option(sub, "--name", o->name, "Compte d'opérateur")->required();
  with_password(sub);
  option(sub, "--notes", o->notes, "Dossier de notes (*.jsonl)")->required();
  option(sub, "--per-hour", o->per_hour, "Appels par heure (1 à 3600)");
  option(sub, "--calls", o->calls, "S'arrêter après autant d'appels");
}

// CLI11 has its messages in English only; those that people meet, in French.
std::string french(std::string message) {
  static const std::vector<std::pair<std::string, std::string>> phrases{
      {"A subcommand is required", "une commande manque"},
      {" is required", " est obligatoire"},
      {"The following argument was not expected:", "inconnu ou de trop :"},
      {"The following arguments were not expected:", "inconnus ou de trop :"},
      {"Could not convert:", "valeur impossible :"}};
  for (const auto& [english, its_french] : phrases)
    if (const auto at = message.find(english); at != std::string::npos)
      message.replace(at, english.size(), its_french);
  return message;
}

// Before any subcommand is added: they take it over.
void speak_french(CLI::App& app) {
  app.set_help_flag("-h,--help", "Montrer cette aide");
  const auto formatter = app.get_formatter();
  for (const auto& [word, french] :
       std::vector<std::pair<std::string, std::string>>{{"Usage", "Emploi"},
                                                        {"SUBCOMMAND", "COMMANDE"},
                                                        {"Subcommands", "Commandes"},
                                                        {"REQUIRED", "(obligatoire)"},
                                                        {"Positionals", "Arguments"},
                                                        {"TEXT", "TEXTE"},
                                                        {"UINT", "NOMBRE"},
                                                        {"Env", "variable"}})
    formatter->label(word, french);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return "erreur : " + french(visible(error.what())) + "\nEssayez --help.\n";
  });
}

int run(int argc, char** argv) {
  CLI::App app{"Bannette : premier contact d'un service public", "bannette"};
  speak_french(app);
  app.set_version_flag("--version", BANNETTE_VERSION, "Montrer la version");
  app.require_subcommand(1);
  Chosen chosen;
  add_serve(app, chosen);
  add_users(app, chosen);
  add_tokens(app, chosen);
  add_keys(app, chosen);
  add_work(app, chosen);
  add_files(app, chosen);
  add_learning(app, chosen);
  add_reload(app, chosen);
  add_replay(app, chosen);
  add_calls(app, chosen);
  add_corrections(app, chosen);
  add_backups(app, chosen);
  add_webhooks(app, chosen);
  add_demo(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return chosen.run();
}

}  // namespace
}  // namespace bannette::console

namespace {

// Where one of them was closed, a journal or a socket would get its number, and be written into.
void open_standard_files() {
  int file = ::open("/dev/null", O_RDONLY);  // as standard output, it fails: nothing is lost in silence
  while (file >= 0 && file <= STDERR_FILENO) file = ::open("/dev/null", O_RDONLY);
  if (file > STDERR_FILENO) ::close(file);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  if (sodium_init() < 0) {
    std::cerr << "erreur : libsodium ne démarre pas\n";
    return 1;
  }
  try {
    open_standard_files();
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is a failed write, told like the others
    const int code = bannette::console::run(argc, argv);
    if (std::cout.flush()) return code;
    std::cerr << "erreur : la sortie standard ne peut pas être écrite\n";
    return code == 0 ? 1 : code;
  } catch (const bannette::console::WrongUse& error) {
    std::cerr << "erreur : " << error.what() << '\n';
    return 2;
  } catch (const bannette::console::Refused& error) {
    std::cerr << "refus (" << error.code << (error.field.empty() ? "" : ", " + error.field)
              << ") : " << bannette::console::visible(error.what()) << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "erreur : " << error.what() << '\n';
    return 1;
  }
}
