#include "agent-console/cli/calls.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <vector>

#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/cli/when.hpp"
#include "queue/journal/master_key.hpp"
#include "router/switchboard/calls_read.hpp"
#include "router/telephony/captured.hpp"
#include "router/telephony/leg_json.hpp"
#include "router/telephony/reconcile.hpp"

namespace bannette::console {
namespace {

std::string seconds(std::optional<std::int64_t> ms) {
  if (!ms) return "durée inconnue";
  return std::to_string(*ms / 1'000) + "," + std::to_string(*ms % 1'000 / 100) + " s";
}

std::string_view french(calls::Outcome outcome) {
  switch (outcome) {
    case calls::Outcome::answered:
      return "répondu";
    case calls::Outcome::abandoned:
      return "abandonné";
    case calls::Outcome::timeout:
      return "attente trop longue";
    case calls::Outcome::exit_key:
      return "sorti par une touche";
    case calls::Outcome::withdrawn:
      return "retiré de la file";
    case calls::Outcome::redirected:
      return "renvoyé";
    case calls::Outcome::open:
      return "en cours";
    case calls::Outcome::unknown:
      break;
  }
  return "issue inconnue";
}

void write_leg(const calls::Leg& leg, std::ostream& out) {
  out << (leg.joined && leg.joined.at_ms >= 0 ? local_time(leg.joined.at_ms) : "heure inconnue") << "  "
      << visible(leg.queue) << "  " << french(leg.outcome()) << ", attente " << seconds(leg.wait_ms());
  if (leg.completed || leg.connected) out << ", conversation " << seconds(leg.talk_ms());
  if (!leg.post.empty()) out << ", " << visible(leg.post_name.empty() ? leg.post : leg.post_name);
  out << ", " << (leg.number.empty() ? "sans numéro" : visible(leg.number)) << '\n';
}

// What could not be read is told: the ledger goes on without it.
void tell(const telephony::Captured& captured, std::ostream& err) {
  const auto& parsed = captured.parsed;
  if (captured.torn) err << "le flux finit au milieu d'un message\n";
  if (parsed.long_lines + parsed.full_messages + parsed.odd_lines + parsed.torn > 0) {
    err << "flux AMI : " << parsed.long_lines << " lignes trop longues, " << parsed.full_messages
        << " messages trop grands, " << parsed.odd_lines << " lignes illisibles, " << parsed.torn
        << " messages coupés\n";
  }
  if (captured.ledger.refused + captured.ledger.displaced > 0) {
    err << "registre : " << captured.ledger.refused << " faits au-delà des limites, "
        << captured.ledger.displaced << " appels clos faute de place\n";
  }
  if (captured.events > 0 && !captured.timed)
    err << "aucun temps (ni Timestamp, ni index) : les durées manquent\n";
}

telephony::QueueLog log_of(const std::filesystem::path& file, std::ostream& err) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw WrongUse("--reconcile : " + file.string() + " ne se lit pas");
  auto log = telephony::read_queue_log(in);
  for (const auto line : log.unread_at) err << "queue_log, ligne " << line << " : illisible\n";
  if (log.unread > log.unread_at.size())
    err << "queue_log : " << log.unread << " lignes illisibles en tout\n";
  return log;
}

}  // namespace

namespace {

// What both sources give.
struct Source {
  telephony::Coverage coverage;
  bool absolute = true;
};

Source read(const CallsOptions& options, const std::function<void(const calls::Call&)>& take,
            std::ostream& err) {
  if (!options.data.empty()) {
    if (!std::filesystem::exists(options.data / "calls.db"))
      throw WrongUse("--data : " + options.data.string() +
                     " ne contient pas de registre d'appels (calls.db)");
    Source source;
    router::read_calls(options.data, seal::load_master_key(options.data), take, options.pbx,
                       options.reconcile.empty() ? nullptr : &source.coverage);
    return source;
  }
  if (!std::filesystem::is_regular_file(options.replay))
    throw WrongUse("--replay : pas de fichier " + options.replay.string());
  auto captured = telephony::replay(options.replay, options.pbx, take);
  tell(captured, err);
  return {std::move(captured.coverage), captured.absolute};
}

int reconciled(const CallsOptions& options, const std::vector<calls::Leg>& legs, const Source& source,
               std::ostream& out, std::ostream& err) {
  const auto log = log_of(options.reconcile, err);
  const auto differences =
      telephony::reconcile(legs, log.legs, source.coverage, {.absolute = source.absolute});
  for (const auto& difference : differences) out << telephony::difference_json(difference) << '\n';
  const auto unexplained = std::ranges::count_if(differences, [](const auto& d) { return !d.explained_by; });
  err << legs.size() << " passages en file, " << log.legs.size() << " selon queue_log ; "
      << differences.size() << " écarts, " << unexplained << " sans explication\n";
  return unexplained > 0 || log.unread > 0 ? 1 : 0;
}

}  // namespace

int run_calls(const CallsOptions& options, std::ostream& out, std::ostream& err) {
  const bool reconciles = !options.reconcile.empty();
  if (reconciles && !std::filesystem::is_regular_file(options.reconcile))
    throw WrongUse("--reconcile : pas de fichier " + options.reconcile.string());
  std::vector<calls::Leg> legs;
  const auto take = [&](const calls::Call& call) {
    for (const auto& leg : call.legs) {
      if (reconciles) {
        if (leg.pbx == options.pbx) legs.push_back(leg);
      } else if (options.json) {
        out << telephony::leg_json(leg, call.id) << '\n';
      } else {
        write_leg(leg, out);
      }
    }
  };
  try {
    const Source source = read(options, take, err);
    return reconciles ? reconciled(options, legs, source, out, err) : 0;
  } catch (const WrongUse&) {
    throw;
  } catch (const std::exception& error) {
    err << "erreur : " << error.what() << '\n';
    return 1;
  }
}

void add_calls(CLI::App& app, Chosen& chosen) {
  const auto o = std::make_shared<CallsOptions>();
  CLI::App& sub = *app.add_subcommand("calls", "Le registre des appels, passage par passage");
  const auto* data = alternative(sub, "--data", o->data, "Le registre d'un dossier de données");
  const auto* replay = alternative(sub, "--replay", o->replay,
                                   "Ou un flux AMI enregistré ; ses temps : Timestamp, ou FICHIER.idx.jsonl");
  option(sub, "--reconcile", o->reconcile,
         "Comparer au queue_log d'Asterisk : les écarts, un par ligne (JSON)");
  option(sub, "--pbx", o->pbx, "Code du central dans les numéros d'appel (main par défaut)");
  flag(sub, "--json", o->json, "Un objet JSON par passage en file");
  on_chosen(sub, chosen, [=] {
    choose_one(*data, o->data, *replay, o->replay, "calls : --data DOSSIER, ou --replay FICHIER");
    return run_calls(*o, std::cout, std::cerr);
  });
}

}  // namespace bannette::console
