#include "agent-console/cli/webhook_commands.hpp"

#include <iostream>
#include <memory>

#include "agent-console/cli/webhook.hpp"

namespace bannette::console {
namespace {

struct Sub {
  CLI::App& app;
  WebhookOptions& options;
};

Sub sub(CLI::App& app, const char* name, const char* help, Chosen& chosen,
        std::function<int(const WebhookOptions&)> run, bool named = true) {
  const auto o = std::make_shared<WebhookOptions>();
  CLI::App& made = command(app, name, help, chosen, [o, run = std::move(run)] { return run(*o); });
  option(made, "--data", o->data, "Dossier de données")->required();
  if (named) option(made, "--name", o->name, "Nom du destinataire")->required();
  return {made, *o};
}

}  // namespace

void add_webhooks(CLI::App& app, Chosen& chosen) {
  CLI::App& hooks =
      *app.add_subcommand("webhook", "Destinataires des alertes (HTTP signé)")->require_subcommand(1);
  const auto add = sub(hooks, "add", "Ajouter un destinataire ; son secret n'est montré qu'ici", chosen,
                       [](const auto& o) { return run_webhook_add(o, std::cout, std::cerr); });
  option(add.app, "--url", add.options.url, "Adresse https://")->required();
  option(add.app, "--from", add.options.from, "Dès cet enregistrement (par défaut : à partir de maintenant)");
  flag(add.app, "--insecure-http", add.options.insecure_http, "Accepter http:// hors de cette machine");
  const auto list = sub(
      hooks, "list", "Montrer les destinataires et ce qui attend", chosen,
      [](const auto& o) { return run_webhook_list(o, std::cout, std::cerr); }, false);
  flag(list.app, "--json", list.options.json, "Répondre en JSON");
  sub(hooks, "remove", "Retirer un destinataire et ce qui l'attend", chosen,
      [](const auto& o) { return run_webhook_remove(o, std::cerr); });
  sub(hooks, "disable", "Ne plus rien lui transmettre ; les alertes l'attendent", chosen,
      [](const auto& o) { return run_webhook_enable(o, false, std::cerr); });
  sub(hooks, "enable", "Transmettre de nouveau", chosen,
      [](const auto& o) { return run_webhook_enable(o, true, std::cerr); });
  const auto rotate = sub(hooks, "rotate", "Un nouveau secret ; l'ancien signe aussi jusqu'à --finish",
                          chosen, [](const auto& o) { return run_webhook_rotate(o, std::cout, std::cerr); });
  flag(rotate.app, "--finish", rotate.options.finish, "Retirer l'ancien secret");
  sub(hooks, "test", "Envoyer un essai, et dire la réponse", chosen,
      [](const auto& o) { return run_webhook_test(o, std::cout, std::cerr); });
  const auto replay = sub(hooks, "replay", "Transmettre de nouveau", chosen,
                          [](const auto& o) { return run_webhook_replay(o, std::cout, std::cerr); });
  option(replay.app, "--from", replay.options.from,
         "Numéro d'enregistrement, ou « failed » : les mis de côté")
      ->required();
}

}  // namespace bannette::console
