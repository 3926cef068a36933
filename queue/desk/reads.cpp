// Answers that change nothing. All carry the sequence that they saw.
#include <algorithm>
#include <limits>
#include <set>

#include "queue/codec/wire.hpp"
#include "queue/desk/desk.hpp"

namespace bannette::desk {
namespace {

// So that the largest content, its history and the rest fit one envelope: 41 kB of content, 1 kB of header.
constexpr std::size_t kHistoryBytes = 22 * 1024;
constexpr std::size_t kBeside = 64;                         // slow consumers, delegations
constexpr std::size_t kScanned = 2'048;                     // records looked at for events in one answer
constexpr std::size_t kListBytes = limits::envelope - 256;  // what a list of headers or counts may fill

std::size_t size_in_list(const google::protobuf::MessageLite& item) {
  return item.ByteSizeLong() + 4;  // its tag, and up to three bytes of length
}

void put_history(v1::Dossier& out, const std::vector<journal::Past>& history) {
  // The newest are kept where not all fit.
  std::size_t bytes = 0;
  std::vector<const journal::Past*> fit;
  for (auto at = history.rbegin(); at != history.rend(); ++at) {
    bytes += at->text.size() + at->change.actor.size() + at->change.to.size() + 96;
    if (bytes > kHistoryBytes) break;
    fit.push_back(&*at);
  }
  for (auto at = fit.rbegin(); at != fit.rend(); ++at) {
    auto& entry = *out.add_history();
    codec::put(entry, (*at)->change);
    entry.set_text((*at)->text);
  }
}

void fulfil_show(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& dossier = *out.envelope.mutable_dossier();
  if (!journal.dossier(*read.number))
    throw journal::Damaged("dossier " + std::to_string(*read.number) + " is not in the journal");
  if (read.content) {
    if (const auto content = journal.content(*read.number))
      dossier.mutable_content()->ParseFromString(*content);
  }
  if (!read.history) return;
  // What happened while the answer waited may be another's: it is as the reader was allowed to see it.
  auto history = journal.history(*read.number, limits::history);
  std::erase_if(history, [&](const journal::Past& past) { return past.change.seq > dossier.as_of_seq(); });
  put_history(dossier, history);
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

// A damaged dossier must not keep what comes after it from being told: its event goes without it.
std::optional<bannette::Dossier> dossier_of(const Change& change, journal::Journal& journal) {
  if (change.number == 0) return std::nullopt;
  try {
    return journal.dossier(change.number);
  } catch (const journal::Damaged&) {
    return std::nullopt;
  }
}

void fulfil_events(Outgoing& out, const Read& read, journal::Journal& journal) {
  auto& events = *out.envelope.mutable_events();
  std::uint64_t scanned = *read.events_after;
  std::size_t bytes = 0, looked = 0;
  bool full = false;
  while (!full && looked < kScanned) {
    const auto changes = journal.since(scanned, kScanned / 4);
    if (changes.empty()) break;
    looked += changes.size();
    for (const Change& change : changes) {
      if (is_event(change.kind)) {
        full = std::cmp_greater_equal(events.items_size(), read.events) || bytes > kListBytes - 1'024;
        if (full) break;
        codec::put(*events.add_items(), change, read.site, dossier_of(change, journal));
        bytes += size_in_list(*events.items().rbegin());
      }
      scanned = change.seq;
    }
  }
  events.set_scanned_seq(scanned);
}

// As it was given the first time: the dossier may have moved since, and with it its deadline.
void fulfil_receipt(Outgoing& out, const Read& read, journal::Journal& journal) {
  const auto first = journal.since(read.receipt_seq - 1, 1);
  if (first.empty())
    throw journal::Damaged("change " + std::to_string(read.receipt_seq) + " is not in the journal");
  out.envelope.mutable_receipt()->set_bannette(first.front().bannette);
  out.envelope.mutable_receipt()->set_deadline_ms(first.front().deadline_ms);
}

// Headers until the page is full; false: the rest does not fit.
bool put_headers(google::protobuf::RepeatedPtrField<v1::Header>& out, const std::vector<Dossier>& dossiers,
                 std::size_t& bytes) {
  for (const auto& dossier : dossiers) {
    codec::put(*out.Add(), dossier);
    bytes += size_in_list(*out.rbegin());
    if (bytes <= kListBytes) continue;
    out.RemoveLast();  // long names everywhere: a shorter page; `total` tells
    return false;
  }
  return true;
}

}  // namespace

void Desk::list(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now) {
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
  // What is offered comes first where not all fits: it waits for an answer.
  put_headers(*tray.mutable_offered(), page.value().offered, bytes);
  if (put_headers(*tray.mutable_items(), page.value().items, bytes))
    put_headers(*tray.mutable_copies(), page.value().copies, bytes);
  bannettes_.watch(who, names.value(), now);
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void Desk::show(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now) {
  auto named = codec::target(in.show().dossier());
  if (named.has_error()) return refuse(peer, in.request_id(), named.error());
  const Target& target = named.value();
  const std::uint64_t number = target.number ? *target.number : dossier_number(*target.id);
  const auto dossier = bannettes_.find(number);
  const bool there = dossier && (!target.id || *target.id == dossier->id);
  const Sight seen = there ? bannettes_.sight(who, *dossier) : Sight{};
  if (seen.by == Sight::By::nothing) {
    ++tally_.refused[std::string(name(Code::not_found))];
    return answer_after(bannettes_.last_seq(), peer,
                        codec::error(in.request_id(), {Code::not_found, "show.dossier",
                                                       "Aucun dossier de ce nom dans vos bannettes."}));
  }
  const bool content = in.show().content() && seen.content;
  if (content && seen.by != Sight::By::holding) {
    if (!may_change(peer, in, now)) return;
    if (auto reading = bannettes_.note_reading(who, number, now)) keep({std::move(*reading), {}, {}, {}});
  }
  v1::Envelope out = codec::answer_to(in);
  out.mutable_dossier()->set_as_of_seq(bannettes_.last_seq());
  codec::put(*out.mutable_dossier()->mutable_header(), *bannettes_.find(number));
  Read read;
  read.number = number;
  read.is_show = true;
  read.content = content;
  read.history = seen.content;
  answer_after(bannettes_.last_seq(), peer, std::move(out), read);
}

void Desk::attend(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
                  const Instant& now) {
  auto names = codec::bannettes(in.attend().bannettes());
  if (names.has_error()) return refuse(peer, in.request_id(), names.error());
  for (const auto& each : names.value())
    if (!may_work(who, each) || !bannettes_.knows(each))
      return refuse(peer, in.request_id(),
                    {Code::unknown_bannette, "attend.bannettes",
                     "Bannette inconnue, ou qui n'est pas la vôtre : " + each});
  bannettes_.watch(who, names.value(), now);
  v1::Envelope out = codec::answer_to(in);
  out.mutable_attending()->set_as_of_seq(pipeline_.durable());
  answer(peer, std::move(out));
}

void Desk::events(const session::Peer& peer, const Authority& who, const v1::Envelope& in) {
  if (!may_read_events(who))
    return refuse(peer, in.request_id(),
                  {Code::forbidden, "", "Les événements du site sont réservés à la supervision."});
  const std::uint32_t most = in.list_events().limit() == 0 ? limits::tray_page : in.list_events().limit();
  if (most > limits::tray_page_max)
    return refuse(peer, in.request_id(),
                  {Code::too_large, "list_events.limit", "200 événements au plus par page."});
  v1::Envelope out = codec::answer_to(in);
  out.mutable_events()->set_as_of_seq(bannettes_.last_seq());
  Read read;
  read.events_after = in.list_events().after_seq();
  read.events = most;
  read.site = identity_.site;
  answer_after(bannettes_.last_seq(), peer, std::move(out), read);
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
  if (may_supervise(who) || may_read_events(who)) put_slow(counts, now);
  if (who.person) put_delegations(counts, who);
  if (counts.ByteSizeLong() > kListBytes)
    return refuse(peer, in.request_id(), {Code::too_large, "", "Trop de bannettes pour un seul message."});
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void Desk::put_slow(v1::Counts& counts, const Instant& now) const {
  for (const session::Session* session : sessions_.slow(kBeside)) {
    auto& slow = *counts.add_slow();
    slow.set_principal(session->who.principal);
    slow.set_program(session->program);
    slow.set_missed(session->missed);
    slow.set_since_ms(now.wall_ms - (now.boot_ms - session->missed_since_ms));
  }
}

void Desk::put_delegations(v1::Counts& counts, const Authority& who) const {
  for (const auto& [person, delegation] : bannettes_.site().delegations) {
    if (std::cmp_greater_equal(counts.delegations_size(), kBeside)) return;
    if (!may_delegate_for(who, person) && delegation.to != label(who)) continue;
    auto& out = *counts.add_delegations();
    out.set_person(person);
    out.set_to(delegation.to);
    out.set_from_ms(delegation.from_ms);
    out.set_until_ms(delegation.until_ms);
  }
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
    read.events_after       ? fulfil_events(out, read, journal)
    : read.receipt_seq != 0 ? fulfil_receipt(out, read, journal)
    : read.is_show          ? fulfil_show(out, read, journal)
                            : fulfil_find(out, read, journal);
  } catch (const journal::Damaged&) {
    out.envelope =
        codec::error(request_id, {Code::unavailable, "dossier",
                                  "Ce dossier est endommagé sur le disque : prévenez l'administrateur."});
  }
}

namespace {

// A wall clock that is ahead at the start must not make recent keys look old.
std::int64_t newest_wall_ms(journal::Journal& journal) {
  const std::uint64_t seq = journal.head().seq;
  if (seq == 0) return std::numeric_limits<std::int64_t>::max();
  const auto newest = journal.since(seq - 1, 1);
  return newest.empty() ? std::numeric_limits<std::int64_t>::max() : newest.front().at.wall_ms;
}

}  // namespace

Bannettes reload(const Rules& rules, journal::Journal& journal, const Instant& now, const Instant& began) {
  Bannettes bannettes(rules);
  const std::int64_t since =
      std::min(now.wall_ms, newest_wall_ms(journal)) - limits::key_age_max - limits::key_ahead_max;
  journal.load([&](const Dossier& dossier) { bannettes.restore(dossier, began); }, since,
               [&](const Change& change) { bannettes.restore_key(change); },
               [&](const Change& change) { bannettes.restore_site(change); });
  bannettes.begin(journal.head().seq, journal.last_number(), now);
  return bannettes;
}

}  // namespace bannette::desk
