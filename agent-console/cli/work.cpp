#include "agent-console/cli/work.hpp"

#include <ostream>

#include <boost/json.hpp>

#include "agent-console/cli/french.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/cli/work_parts.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::console {
namespace {

void print_history(const v1::HistoryEntry& entry, std::ostream& out) {
  const std::string seq = std::to_string(entry.seq());
  out << std::string(seq.size() < 8 ? 8 - seq.size() : 2, ' ') << seq << "  " << local_time(entry.at_ms())
      << "  ";
  put_column(out, french_change(entry.change()), 21);
  put_column(out, entry.actor(), 30);
  out << visible(french_reason(entry.reason()));
  if (!entry.to().empty()) out << "  → " << visible(entry.to());
  if (!entry.other().empty()) out << "  " << visible(entry.other());
  if (entry.until_ms() != 0) out << "  jusqu'au " << local_time(entry.until_ms());
  // Further lines stand further in, so that none passes for a line of the history.
  if (!entry.text().empty()) out << "  « " << visible_lines(entry.text(), std::string(12, ' ')) << " »";
  out << '\n';
}

void print_dossier(const v1::Dossier& dossier, std::ostream& out) {
  print_line(dossier.header(), out);
  const v1::Content& content = dossier.content();
  out << "\nArrivée  : " << local_time(dossier.header().arrived_ms())
      << "\nÉchéance : " << local_time(dossier.header().deadline_ms())
      << "\nAppelant : " << visible(content.caller().name()) << "  " << visible(content.caller().phone())
      << "\nAdresse  : " << visible(content.address()) << "  " << visible(content.commune()) << "\n\n"
      << visible_lines(content.note()) << "\n\nPourquoi ici :\n";
  for (const auto& each : content.because()) out << "  - " << visible(each.text()) << '\n';
  out << "\nHistorique :\n";
  for (const auto& each : dossier.history()) print_history(each, out);
}

}  // namespace

int run_tray(const WorkOptions& options, std::ostream& out) {
  check(options);
  QueueConnection connection(options.connection);
  v1::Envelope request;
  request.mutable_list_tray()->set_limit(options.limit);
  for (const auto& each : connection.bannettes()) request.mutable_list_tray()->add_bannettes(each);
  const v1::Tray tray = connection.ask(std::move(request)).tray();
  if (options.connection.json) {
    const auto list = [](const auto& headers) {
      boost::json::array items;
      for (const auto& each : headers) items.push_back(render().header(each));
      return items;
    };
    out << boost::json::serialize(boost::json::object{{"as_of", tray.as_of_seq()},
                                                      {"total", tray.total()},
                                                      {"items", list(tray.items())},
                                                      {"offered", list(tray.offered())},
                                                      {"copies", list(tray.copies())}})
        << '\n';
    return 0;
  }
  if (!tray.offered().empty()) out << "Proposés, en attente de votre réponse :\n";
  for (const auto& each : tray.offered()) print_line(each, out);
  if (!tray.copies().empty()) out << "En copie, chez d'autres :\n";
  for (const auto& each : tray.copies()) print_line(each, out);
  if (!tray.offered().empty() || !tray.copies().empty()) out << "Dans la bannette :\n";
  for (const auto& each : tray.items()) print_line(each, out);
  out << tray.total() << (tray.total() == 1 ? " dossier ouvert\n" : " dossiers ouverts\n");
  return 0;
}

int run_show(const WorkOptions& options, std::ostream& out) {
  require_dossier(options);
  check(options);
  QueueConnection connection(options.connection);
  v1::Envelope request;
  request.mutable_show()->set_dossier(options.dossier);
  request.mutable_show()->set_content(true);
  const v1::Dossier dossier = connection.ask(std::move(request)).dossier();
  if (options.connection.json) {
    out << boost::json::serialize(render().dossier(dossier)) << '\n';
    return 0;
  }
  print_dossier(dossier, out);
  return 0;
}

int run_reserve(const WorkOptions& options, std::ostream& out) {
  check(options);
  QueueConnection connection(options.connection);
  v1::Envelope request;
  put_key(request, options);
  request.mutable_reserve()->set_dossier(options.dossier);
  request.mutable_reserve()->set_lease_ms(lease_ms(options));
  for (const auto& each : connection.bannettes()) request.mutable_reserve()->add_bannettes(each);
  return print_done(connection.ask(std::move(request)), options, out);
}

int run_take(const WorkOptions& options, std::ostream& out) {
  check(options);
  QueueConnection connection(options.connection);
  v1::Envelope request;
  put_key(request, options);
  request.mutable_take()->set_dossier(options.dossier);
  for (const auto& each : connection.bannettes()) request.mutable_take()->add_bannettes(each);
  return print_done(connection.ask(std::move(request)), options, out);
}

int run_accept(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    request.mutable_accept()->set_dossier(options.dossier);
    request.mutable_accept()->set_fence(fence);
  });
}

int run_renew(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    request.mutable_renew()->set_dossier(options.dossier);
    request.mutable_renew()->set_fence(fence);
    request.mutable_renew()->set_lease_ms(lease_ms(options));
  });
}

int run_release(const WorkOptions& options, std::ostream& out) {
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    request.mutable_release()->set_dossier(options.dossier);
    request.mutable_release()->set_fence(fence);
  });
}

int run_note(const WorkOptions& options, std::istream& in, std::ostream& out) {
  const std::string text = text_of(options, in);
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    request.mutable_note()->set_dossier(options.dossier);
    request.mutable_note()->set_fence(fence);
    request.mutable_note()->set_text(text);
  });
}

int run_handle(const WorkOptions& options, std::istream& in, std::ostream& out) {
  const auto outcome = parse_outcome(options.outcome);
  if (!outcome)
    throw WrongUse(
        "--outcome inconnu : « " + options.outcome +
        " » ; écrire plutôt answered, appointment, sent_to_partner, unreachable, no_further_action ou "
        "duplicate");
  const std::string text = text_of(options, in);
  return change_held(options, out, [&](v1::Envelope& request, std::uint64_t fence) {
    request.mutable_handle()->set_dossier(options.dossier);
    request.mutable_handle()->set_fence(fence);
    request.mutable_handle()->set_outcome(static_cast<v1::Outcome>(*outcome));
    request.mutable_handle()->set_text(text);
  });
}

}  // namespace bannette::console
