// Answers that change nothing. All carry the sequence that they saw.
#include <algorithm>
#include <set>

#include "queue/codec/wire.hpp"
#include "queue/desk/desk.hpp"

namespace bannette::desk {
namespace {

// So that the largest content, its history and the rest fit one envelope: 41 kB of content, 1 kB of header.
constexpr std::size_t kHistoryBytes = 22 * 1024;
constexpr std::size_t kListBytes = limits::envelope - 256;  // what a list of headers or counts may fill

std::size_t size_in_list(const google::protobuf::MessageLite& item) {
  return item.ByteSizeLong() + 4;  // its tag, and up to three bytes of length
}

void put_history(v1::Dossier& out, const std::vector<journal::Past>& history) {
  // The newest are kept where not all fit.
  std::size_t bytes = 0;
  std::vector<const journal::Past*> fit;
  for (auto at = history.rbegin(); at != history.rend(); ++at) {
    bytes += at->text.size() + at->change.actor.size() + 64;
    if (bytes > kHistoryBytes) break;
    fit.push_back(&*at);
  }
  for (auto at = fit.rbegin(); at != fit.rend(); ++at) {
    auto& entry = *out.add_history();
    const Change& change = (*at)->change;
    entry.set_seq(change.seq);
    entry.set_at_ms(change.at.wall_ms);
    entry.set_actor(change.actor);
    entry.set_change(std::string(name(change.kind)));
    entry.set_reason(change.reason);
    entry.set_text((*at)->text);
  }
}

void fulfil_show(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& dossier = *out.envelope.mutable_dossier();
  const auto header = journal.dossier(*read.number);
  if (!header) throw journal::Damaged("dossier " + std::to_string(*read.number) + " is not in the journal");
  codec::put(*dossier.mutable_header(), *header);
  if (read.content) {
    if (const auto content = journal.content(*read.number))
      dossier.mutable_content()->ParseFromString(*content);
  }
  if (read.history) put_history(dossier, journal.history(*read.number, limits::history));
}

void fulfil_find(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& found = *out.envelope.mutable_found();
  std::vector<std::uint64_t> numbers;
  if (read.number)
    numbers = {*read.number};
  else
    numbers = journal.by_contact(read.contact, limits::found);
  for (auto number : numbers)
    if (const auto dossier = journal.dossier(number)) codec::put(*found.add_items(), *dossier);
}

}  // namespace

void Desk::list(const session::Peer& peer, const Authority& who, const v1::Envelope& in) {
  const std::uint32_t limit = in.list_tray().limit() == 0 ? limits::tray_page : in.list_tray().limit();
  if (limit > limits::tray_page_max)
    return refuse(peer, in.request_id(),
                  {Code::too_large, "list_tray.limit", "200 dossiers au plus par page."});
  auto names = codec::bannettes(in.list_tray().bannettes());
  if (names.has_error()) return refuse(peer, in.request_id(), names.error());
  auto page = bannettes_.tray(who, names.value(), limit);
  if (page.has_error()) return refuse(peer, in.request_id(), page.error());
  v1::Envelope out = codec::answer_to(in);
  auto& tray = *out.mutable_tray();
  tray.set_as_of_seq(bannettes_.last_seq());
  tray.set_total(page.value().total);
  std::size_t bytes = 0;
  for (const auto& dossier : page.value().items) {
    codec::put(*tray.add_items(), dossier);
    bytes += size_in_list(*tray.items().rbegin());
    if (bytes <= kListBytes) continue;
    tray.mutable_items()->RemoveLast();  // long names everywhere: a shorter page; `total` tells
    break;
  }
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void Desk::show(const session::Peer& peer, const Authority& who, const v1::Envelope& in) {
  auto named = codec::target(in.show().dossier());
  if (named.has_error()) return refuse(peer, in.request_id(), named.error());
  const Target& target = named.value();
  const std::uint64_t number = target.number ? *target.number : dossier_number(*target.id);
  const auto dossier = bannettes_.find(number);
  const bool there = dossier && (!target.id || *target.id == dossier->id) && may_work(who, dossier->bannette);
  if (!there) {
    ++tally_.refused[std::string(name(Code::not_found))];
    return answer_after(bannettes_.last_seq(), peer,
                        codec::error(in.request_id(), {Code::not_found, "show.dossier",
                                                       "Aucun dossier de ce nom dans vos bannettes."}));
  }
  v1::Envelope out = codec::answer_to(in);
  out.mutable_dossier()->set_as_of_seq(bannettes_.last_seq());
  answer_after(bannettes_.last_seq(), peer, std::move(out),
               Read{number, {}, true, in.show().content(), true});
}

void Desk::find(const session::Peer& peer, const Authority& who, const v1::Envelope& in) {
  if (!may_find(who))
    return refuse(peer, in.request_id(), {Code::forbidden, "", "Cette recherche est réservée au standard."});
  const auto& asked = in.find();
  Read read;
  if (!asked.reference().empty()) {
    read.number = parse_reference(asked.reference().substr(0, 32));
    if (!read.number)
      return refuse(
          peer, in.request_id(),
          {Code::malformed, "find.reference", "Cette référence n'existe pas : vérifiez chaque caractère."});
  } else if (asked.contact().size() >= 4 && asked.contact().size() <= 16) {
    read.contact = asked.contact();
  } else {
    return refuse(peer, in.request_id(),
                  {Code::missing, "find.reference", "Indiquez une référence ou un numéro de téléphone."});
  }
  v1::Envelope out = codec::answer_to(in);
  out.mutable_found()->set_as_of_seq(bannettes_.last_seq());
  answer_after(bannettes_.last_seq(), peer, std::move(out), read);
}

void Desk::count(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
                 const Instant& now) {
  if (!may_count(who)) return refuse(peer, in.request_id(), {Code::forbidden, "", "Non autorisé."});
  v1::Envelope out = codec::answer_to(in);
  auto& counts = *out.mutable_counts();
  counts.set_as_of_seq(bannettes_.last_seq());
  counts.set_at_ms(now.wall_ms);
  for (const auto& each : bannettes_.counts(now.wall_ms))
    if (may_list(who, each.bannette)) codec::put(*counts.add_bannettes(), each);
  if (counts.ByteSizeLong() > kListBytes)
    return refuse(peer, in.request_id(), {Code::too_large, "", "Trop de bannettes pour un seul message."});
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void Desk::subscribe(const session::Peer& peer, session::Session& session, const v1::Envelope& in) {
  auto names = codec::bannettes(in.subscribe().bannettes());
  if (names.has_error()) return refuse(peer, in.request_id(), names.error());
  for (const auto& each : names.value())
    if (!may_list(session.who, each) || !bannettes_.knows(each))
      return refuse(peer, in.request_id(),
                    {Code::unknown_bannette, "subscribe.bannettes",
                     "Bannette inconnue, ou qui n'est pas la vôtre : " + each});
  auto done = session::Sessions::subscribe(session, {names.value().begin(), names.value().end()},
                                           in.subscribe().credit());
  if (done.has_error()) return refuse(peer, in.request_id(), done.error());
  v1::Envelope out = codec::answer_to(in);
  out.mutable_subscribed()->set_as_of_seq(bannettes_.last_seq());
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void fulfil(Outgoing& out, journal::Journal& journal) {
  if (!out.read) return;
  const Read read = *std::exchange(out.read, std::nullopt);
  const std::uint64_t request_id = out.envelope.request_id();
  try {
    read.is_show ? fulfil_show(out, read, journal) : fulfil_find(out, read, journal);
  } catch (const journal::Damaged&) {
    out.envelope =
        codec::error(request_id, {Code::unavailable, "dossier",
                                  "Ce dossier est endommagé sur le disque : prévenez l'administrateur."});
  }
}

Bannettes reload(const Rules& rules, journal::Journal& journal, const Instant& now) {
  Bannettes bannettes(rules);
  const std::int64_t since = now.wall_ms - limits::key_age_max - limits::key_ahead_max;
  journal.load([&](const Dossier& dossier) { bannettes.restore(dossier, now); }, since,
               [&](const Change& change) { bannettes.restore_key(change, now); }, [](const Change&) {});
  bannettes.begin(journal.head().seq, journal.last_number());
  return bannettes;
}

}  // namespace bannette::desk
