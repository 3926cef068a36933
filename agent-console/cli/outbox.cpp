#include "agent-console/cli/outbox.hpp"

#include <algorithm>
#include <ostream>

#include <boost/json.hpp>

#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/server/outbox_json.hpp"

namespace bannette::console {
namespace {

std::string age(std::int64_t ms) {
  const std::int64_t s = std::max<std::int64_t>(0, ms) / 1000;
  if (s < 120) return std::to_string(s) + " s";
  if (s < 2 * 3600) return std::to_string(s / 60) + " min";
  return std::to_string(s / 3600) + " h";
}

std::string where_it_stands(const v1::OutboxLetter& letter) {
  if (!letter.aside().empty()) return "mise de côté : " + letter.aside();
  if (letter.under_way()) return "en cours d'envoi";
  if (letter.tries() == 0) return "attend";
  return "attend, " + std::to_string(letter.tries()) + " essais (" + letter.last() + ")";
}

void print(const v1::OutboxLetter& letter, std::int64_t now_ms, std::ostream& out) {
  put_column(out, std::to_string(letter.place()), 6);
  put_column(out, local_time(letter.since_ms()), 11);
  put_column(out, now_ms == 0 ? "" : age(now_ms - letter.since_ms()), 8);
  put_column(out, letter.danger() ? "!!" : "", 2);
  put_column(out, letter.bannette(), 34);
  out << visible(where_it_stands(letter)) << '\n';
}

void print(const v1::OutboxAct& act, std::ostream& out) {
  put_column(out, local_time(act.at_ms()), 11);
  put_column(out,
             act.act() == "aside"     ? "mise de côté"
             : act.act() == "retried" ? "reprise"
                                      : "abandonnée",
             12);
  put_column(out, std::to_string(act.place()), 6);
  put_column(out, act.bannette(), 34);
  put_column(out, act.actor(), 16);
  out << visible(act.text()) << '\n';
}

void print(const v1::OutboxLetters& letters, std::ostream& out) {
  for (const auto& each : letters.items()) print(each, letters.at_ms(), out);
  for (const auto& each : letters.acts()) print(each, out);
  const auto& report = letters.report();
  out << report.waiting() << (report.waiting() > 1 ? " demandes attendent, " : " demande attend, ")
      << report.aside() << (report.aside() > 1 ? " sont mises de côté" : " est mise de côté") << " ; la file "
      << (report.queue_up() ? "répond" : "ne répond pas") << '\n';
}

int settle(const OutboxOptions& options, v1::Envelope request, std::ostream& out) {
  if (options.connection.actor.empty()) throw WrongUse("--actor est nécessaire : la trace dit qui a décidé");
  if (options.place == 0) throw WrongUse("le numéro de la demande est nécessaire : voir « bannette outbox »");
  require_utf8("--text", options.text);
  QueueConnection connection(options.connection);
  const auto letter = connection.ask(std::move(request)).letter_settled().letter();
  if (options.connection.json)
    out << boost::json::serialize(letter_json(letter)) << '\n';
  else
    print(letter, 0, out);
  return 0;
}

}  // namespace

int run_outbox(const OutboxOptions& options, std::ostream& out) {
  QueueConnection connection(options.connection);
  v1::Envelope request;
  request.mutable_list_outbox()->set_after_place(options.after);
  request.mutable_list_outbox()->set_trace(options.trace);
  const auto letters = connection.ask(std::move(request)).outbox_letters();
  if (options.connection.json)
    out << boost::json::serialize(outbox_json(letters)) << '\n';
  else
    print(letters, out);
  return 0;
}

int run_outbox_retry(const OutboxOptions& options, std::ostream& out) {
  v1::Envelope request;
  request.mutable_retry_letter()->set_place(options.place);
  request.mutable_retry_letter()->set_text(options.text);
  return settle(options, std::move(request), out);
}

int run_outbox_discard(const OutboxOptions& options, std::ostream& out) {
  v1::Envelope request;
  request.mutable_discard_letter()->set_place(options.place);
  request.mutable_discard_letter()->set_text(options.text);
  return settle(options, std::move(request), out);
}

}  // namespace bannette::console
