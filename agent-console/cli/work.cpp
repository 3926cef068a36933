#include "agent-console/cli/work.hpp"

#include <chrono>
#include <iterator>
#include <ostream>

#include <boost/json.hpp>

#include "agent-console/cli/french.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/server/render.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/limits.hpp"
#include "queue/system/clock.hpp"
#include "queue/system/random.hpp"

namespace bannette::console {
namespace {

const Render& render() {
  static const Catalogue none;  // codes, not labels: this is for scripts and terminals
  static const Render made(none);
  return made;
}

// Before the session, so that what is wrong is told at once.
void check(const WorkOptions& options) {
  require_utf8("dossier", options.dossier);
  if (!options.lease_s) return;
  const std::int64_t lease_ms = std::int64_t{*options.lease_s} * 1000;
  if (lease_ms < limits::lease_min || lease_ms > limits::lease_max)
    throw WrongUse("--lease va de 5 à 3600 secondes");
}

// 0: the queue's own.
std::uint32_t lease_ms(const WorkOptions& options) {
  return options.lease_s.value_or(0) * 1000;
}

void put_key(v1::Envelope& request, const WorkOptions& options) {
  if (options.request_key.empty()) return request.set_idempotency_key(to_bytes(system::new_uuid7()));
  const auto key = parse_uuid(options.request_key);
  if (!key) throw WrongUse("--request-key n'est pas un UUID");
  request.set_idempotency_key(to_bytes(*key));
}

std::string_view word(v1::State state) {
  return french_state(name(static_cast<State>(state)));
}
std::string_view word(v1::Urgency urgency) {
  return french_urgency(name(static_cast<Urgency>(urgency)));
}

std::string age(std::int64_t from_ms, std::int64_t to_ms) {
  const std::int64_t s = std::max<std::int64_t>(0, to_ms - from_ms) / 1000;
  if (s < 120) return std::to_string(s) + " s";
  if (s < 7'200) return std::to_string(s / 60) + " min";
  if (s < 172'800) return std::to_string(s / 3'600) + " h";
  return std::to_string(s / 86'400) + " j";
}

std::string left(const v1::Header& header, std::int64_t now_ms) {
  if (header.deadline_ms() == 0) return "-";
  return header.deadline_ms() < now_ms ? "retard " + age(header.deadline_ms(), now_ms)
                                       : age(now_ms, header.deadline_ms());
}

void print_line(const v1::Header& h, std::ostream& out) {
  const std::int64_t now_ms = system::now().wall_ms;
  put_column(out, h.reference(), 7);
  put_column(out, word(h.urgency()), 11);
  put_column(out, h.danger() ? "!!" : "", 2);
  put_column(out, word(h.state()), 14);
  put_column(out, left(h, now_ms), 14);
  put_column(out, age(h.arrived_ms(), now_ms), 7);
  put_column(out, h.topic(), 24);
  put_column(out, h.bannette(), 34);
  out << visible(h.holder()) << '\n';
}

int print_done(const v1::Envelope& reply, const WorkOptions& options, std::ostream& out) {
  const v1::Header& header = reply.done().header();
  if (!options.connection.json) {
    print_line(header, out);
    out << "jeton (fence) " << header.fence() << ", changement n° " << reply.done().seq() << ", durable\n";
    return 0;
  }
  auto line = render().done(reply.done());
  const auto& inner = line.at("header").as_object();
  for (const char* each : {"id", "reference", "state", "fence"}) line[each] = inner.at(each);
  out << boost::json::serialize(line) << '\n';
  return 0;
}

// Without --fence: the dossier's present one, and only if it is ours; the queue checks again.
std::uint64_t fence_of(QueueConnection& connection, const WorkOptions& options) {
  if (options.dossier.empty()) throw WrongUse("le dossier manque : son identifiant ou sa référence");
  if (options.fence != 0) return options.fence;
  v1::Envelope request;
  request.mutable_show()->set_dossier(options.dossier);
  const v1::Header header = connection.ask(std::move(request)).dossier().header();
  if (header.holder().empty())
    throw Refused("stale_fence", "fence", "Ce dossier n'est réservé par personne.");
  if (header.holder() != connection.holder())
    throw Refused("held_by_other", "dossier", "Ce dossier est à " + header.holder() + ".");
  return header.fence();
}

std::string text_of(const WorkOptions& options, std::istream& in) {
  std::string text = options.text;
  if (text == "-") text.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  require_utf8("--text", text);
  return text;
}

template <class Fill>
int change_held(const WorkOptions& options, std::ostream& out, Fill fill) {
  check(options);
  QueueConnection connection(options.connection);
  const std::uint64_t fence = fence_of(connection, options);
  v1::Envelope request;
  put_key(request, options);
  fill(request, fence);
  return print_done(connection.ask(std::move(request)), options, out);
}

void print_history(const v1::HistoryEntry& entry, std::ostream& out) {
  const std::string seq = std::to_string(entry.seq());
  out << std::string(seq.size() < 8 ? 8 - seq.size() : 2, ' ') << seq << "  " << local_time(entry.at_ms())
      << "  ";
  put_column(out, french_change(entry.change()), 21);
  put_column(out, entry.actor(), 30);
  out << visible(french_reason(entry.reason()));
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
    boost::json::array items;
    for (const auto& each : tray.items()) items.push_back(render().header(each));
    out << boost::json::serialize(boost::json::object{
               {"as_of", tray.as_of_seq()}, {"total", tray.total()}, {"items", std::move(items)}})
        << '\n';
    return 0;
  }
  for (const auto& each : tray.items()) print_line(each, out);
  out << tray.total() << (tray.total() == 1 ? " dossier ouvert\n" : " dossiers ouverts\n");
  return 0;
}

int run_show(const WorkOptions& options, std::ostream& out) {
  if (options.dossier.empty()) throw WrongUse("le dossier manque : son identifiant ou sa référence");
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
