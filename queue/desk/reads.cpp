// Answers that change nothing. All carry the sequence that they saw.
#include <algorithm>

#include "queue/codec/wire.hpp"
#include "queue/desk/answers.hpp"
#include "queue/desk/desk.hpp"

namespace bannette::desk {
namespace {

constexpr std::size_t kBeside = 64;  // slow consumers, delegations

// Headers until the page is full; false: the rest does not fit.
bool put_headers(google::protobuf::RepeatedPtrField<v1::Header>& out, const std::vector<Dossier>& dossiers,
                 const Authority& who, const Restricted& restricted, std::size_t& bytes) {
  for (const auto& dossier : dossiers) {
    codec::put(*out.Add(), dossier, restricted.shown_to(who, dossier));
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
                  {Code::too_large, "list_tray.limit", "200 demandes au plus par page."});
  auto names = codec::bannettes(in.list_tray().bannettes());
  if (names.has_error()) return refuse(peer, in.request_id(), names.error());
  if (in.list_tray().ended()) return ended(peer, who, in, names.value(), limit);
  auto page = bannettes_.tray(who, names.value(), limit);
  if (page.has_error()) return refuse(peer, in.request_id(), page.error());
  v1::Envelope out = codec::answer_to(in);
  auto& tray = *out.mutable_tray();
  tray.set_as_of_seq(bannettes_.last_seq());
  tray.set_total(page.value().total);
  std::size_t bytes = 0;
  // What is offered comes first where not all fits: it waits for an answer.
  const Restricted& restricted = *bannettes_.restricted();
  put_headers(*tray.mutable_offered(), page.value().offered, who, restricted, bytes);
  if (put_headers(*tray.mutable_items(), page.value().items, who, restricted, bytes))
    put_headers(*tray.mutable_copies(), page.value().copies, who, restricted, bytes);
  bannettes_.watch(who, names.value(), now);
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void Desk::ended(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
                 const std::vector<std::string>& names, std::uint32_t limit) {
  const v1::ListTray& asked = in.list_tray();
  Sought sought{asked.topic(), asked.insee(), std::nullopt};
  if (asked.urgency() != v1::URGENCY_UNSPECIFIED) {
    sought.urgency = codec::urgency(asked.urgency());
    if (!sought.urgency)
      return refuse(peer, in.request_id(), {Code::unknown_enum, "list_tray.urgency", "Urgence inconnue."});
  }
  if (sought.topic.size() > limits::code || sought.insee.size() > 5)
    return refuse(peer, in.request_id(),
                  {Code::too_large, "list_tray.topic", "Ce motif ou cette commune n'existe pas."});
  auto page = bannettes_.ended(who, names, limit, asked.before(), sought);
  if (page.has_error()) return refuse(peer, in.request_id(), page.error());
  v1::Envelope out = codec::answer_to(in);
  auto& tray = *out.mutable_tray();
  tray.set_as_of_seq(bannettes_.last_seq());
  tray.set_next(page.value().next);
  std::size_t bytes = 0;
  // A shorter page goes on from the last one that it has room for.
  if (!put_headers(*tray.mutable_items(), page.value().items, who, *bannettes_.restricted(), bytes))
    tray.set_next(page.value().items[static_cast<std::size_t>(tray.items_size()) - 1].number);
  answer_after(bannettes_.last_seq(), peer, std::move(out));
}

void Desk::show(const session::Peer& peer, const Authority& who, const v1::Envelope& in, const Instant& now) {
  auto named = codec::target(in.show().dossier());
  if (named.has_error()) return refuse(peer, in.request_id(), named.error());
  auto look = codec::look(in.show());
  if (look.has_error()) return refuse(peer, in.request_id(), look.error());
  const Target& target = named.value();
  const std::uint64_t number = target.number ? *target.number : dossier_number(*target.id);
  const auto dossier = bannettes_.find(number);
  const bool there = dossier && (!target.id || *target.id == dossier->id);
  const Sight seen = there ? bannettes_.sight(who, *dossier) : Sight{};
  if (seen.by == Sight::By::nothing) {
    ++tally_.refused[std::string(name(Code::not_found))];
    return answer_after(bannettes_.last_seq(), peer,
                        codec::error(in.request_id(), {Code::not_found, "show.dossier",
                                                       "Aucune demande de ce nom dans vos bannettes."}));
  }
  const bool content = in.show().content() && seen.content;
  const bool looks = seen.by == Sight::By::supervision && seen.content;
  if (content) {
    if (looks && !look.value().purpose)
      return refuse(peer, in.request_id(),
                    {Code::missing, "show.purpose",
                     "Dites pourquoi vous lisez cette demande d'une autre unité : elle le verra."});
    std::string text = looks ? std::move(look.value().text) : std::string();
    // What is told already needs no room on the disk.
    if (auto reading = bannettes_.reading(who, *dossier, look.value().purpose, text, now)) {
      if (!may_change(peer, in, now)) return;
      Persist told = bannettes_.note_reading(std::move(*reading), text, now);
      keep({std::move(told), {}, std::move(text), {}});
    }
  }
  const Dossier shown = *bannettes_.find(number);
  v1::Envelope out = codec::answer_to(in);
  auto& answer = *out.mutable_dossier();
  answer.set_as_of_seq(bannettes_.last_seq());
  const TopicSight topic = bannettes_.restricted()->shown_to(who, shown);
  codec::put(*answer.mutable_header(), shown, topic);
  answer.set_readable(seen.content);
  answer.set_purpose_needed(looks);
  Read read;
  read.number = number;
  read.is_show = true;
  read.content = read.texts = content;
  read.history = seen.by != Sight::By::proposal || seen.content;
  read.purposes = seen.content || may_audit(who);
  read.hides_copies = topic == TopicSight::hidden;
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
  auto asked = codec::reads_asked(in.list_events());
  if (asked.has_error()) return refuse(peer, in.request_id(), asked.error());
  if (!asked.value() && !may_read_events(who))
    return refuse(peer, in.request_id(),
                  {Code::forbidden, "", "Les événements du site sont réservés à la supervision."});
  const std::uint32_t most = in.list_events().limit() == 0 ? limits::tray_page : in.list_events().limit();
  if (most > limits::tray_page_max)
    return refuse(peer, in.request_id(),
                  {Code::too_large, "list_events.limit", "200 événements au plus par page."});
  Read read;
  if (asked.value()) {
    auto reading = reads(*asked.value(), who);
    if (reading.has_error()) return refuse(peer, in.request_id(), reading.error());
    read = std::move(reading.value());
  }
  v1::Envelope out = codec::answer_to(in);
  out.mutable_events()->set_as_of_seq(bannettes_.last_seq());
  read.who = who;
  read.restricted = bannettes_.restricted();
  read.events_after = in.list_events().after_seq();
  read.events = most;
  read.site = identity_.site;
  answer_after(bannettes_.last_seq(), peer, std::move(out), read);
}

// Of the site for those who audit; of one dossier for those, too, who may read it.
Result<Read> Desk::reads(const codec::ReadsAsked& asked, const Authority& who) const {
  Read read;
  read.reads = asked;
  if (!asked.dossier) {
    if (may_audit(who)) return read;
    return Refusal{Code::forbidden, "", "Les consultations du site sont réservées à l'audit."};
  }
  const std::uint64_t number =
      asked.dossier->number ? *asked.dossier->number : dossier_number(*asked.dossier->id);
  const auto dossier = bannettes_.find(number);
  const bool there = dossier && (!asked.dossier->id || *asked.dossier->id == dossier->id);
  const Sight seen = there ? bannettes_.sight(who, *dossier) : Sight{};
  const bool may = seen.by == Sight::By::holding || seen.by == Sight::By::supervision || may_audit(who);
  if (!there || !may)
    return Refusal{Code::not_found, "list_events.dossier", "Aucune demande de ce nom dans vos bannettes."};
  if (!seen.content && !may_audit(who))
    return Refusal{Code::forbidden, "list_events.dossier",
                   "Cette demande est confidentielle : elle est réservée aux personnes habilitées."};
  read.number = number;
  return read;
}

void Desk::find(const session::Peer& peer, const Authority& who, const v1::Envelope& in) {
  if (!may_find(who))
    return refuse(peer, in.request_id(), {Code::forbidden, "", "Cette recherche est réservée au standard."});
  const auto& asked = in.find();
  Read read;
  read.who = who;
  read.restricted = bannettes_.restricted();
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

}  // namespace bannette::desk
