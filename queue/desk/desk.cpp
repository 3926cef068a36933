#include "queue/desk/desk.hpp"

#include <algorithm>

#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"

namespace bannette::desk {
namespace {

constexpr std::size_t kRelays = 4'096;  // asked of the router and not answered
constexpr std::int64_t kRelayMs = 10'000;
constexpr std::int64_t kDiskRetryMs = 1'000;
constexpr std::size_t kPrincipals = 1'000;  // counted apart

}  // namespace

Desk::Desk(Identity identity, Bannettes bannettes, std::uint64_t durable)
    : identity_(std::move(identity)), bannettes_(std::move(bannettes)), pipeline_(durable) {}

void Desk::answer(const session::Peer& peer, v1::Envelope envelope) {
  immediate_.push_back({peer, std::move(envelope), {}});
}

void Desk::refuse(const session::Peer& peer, std::uint64_t request_id, const Refusal& refusal) {
  ++tally_.refused[std::string(name(refusal.code))];
  answer(peer, codec::error(request_id, refusal));
}

void Desk::answer_after(std::uint64_t seq, const session::Peer& peer, v1::Envelope envelope,
                        std::optional<Read> read) {
  pipeline_.add_output(seq, {peer, std::move(envelope), std::move(read)});
}

void Desk::receive(const session::Peer& peer, const Authority& who,
                   const std::vector<std::string_view>& frames, const Instant& now) {
  ++tally_.received;
  auto decoded = codec::decode(frames);
  if (decoded.has_error()) {
    ++tally_.malformed;
    if (tally_.malformed_by.size() < kPrincipals || tally_.malformed_by.contains(who.principal))
      ++tally_.malformed_by[who.principal];
    return refuse(peer, 0, decoded.error());
  }
  const v1::Envelope& in = decoded.value();
  if (in.has_hello()) return hello(peer, who, in, now);
  auto session = sessions_.heard(peer, who, now.boot_ms);
  if (session.has_error()) return refuse(peer, in.request_id(), session.error());
  serve(peer, *session.value(), in, now);
}

void Desk::hello(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
                 const Instant& now) {
  auto opened = sessions_.hello(
      peer, who, {in.hello().protocol(), in.hello().heartbeat_ms(), in.hello().program()}, now.boot_ms);
  if (opened.has_error()) return refuse(peer, in.request_id(), opened.error());
  v1::Envelope out = codec::answer_to(in);
  auto& welcome = *out.mutable_welcome();
  welcome.set_principal(who.principal);
  welcome.set_protocol(session::kProtocol);
  welcome.set_epoch(identity_.epoch);
  welcome.set_heartbeat_ms(static_cast<std::uint32_t>(opened.value()->heartbeat_ms));
  welcome.set_head_seq(pipeline_.durable());
  welcome.set_site(identity_.site);
  answer(peer, std::move(out));
}

void Desk::serve(const session::Peer& peer, session::Session& session, const v1::Envelope& in,
                 const Instant& now) {
  if (in.has_heartbeat()) {
    if (session.subscribed && session.who.kind == Authority::Kind::unit)
      bannettes_.watch(session.who, {session.bannettes.begin(), session.bannettes.end()}, now);
    v1::Envelope out = codec::answer_to(in);
    out.mutable_heartbeat();
    return answer(peer, std::move(out));
  }
  if (!in.on_behalf_of().empty())
    return refuse(peer, in.request_id(),
                  {Code::forbidden, "on_behalf_of", "Ce champ est réservé au serveur."});
  if (in.request_id() == 0 && !in.has_credit())
    return refuse(peer, 0, {Code::missing, "request_id", "Une demande porte un numéro, à partir de 1."});
  auto who = codec::actor_of(in, session.who);
  if (who.has_error()) return refuse(peer, in.request_id(), who.error());
  // Credit is never refused, or a full server would make a subscriber mute; that it missed hints is then told
  // later.
  if (in.has_credit() && !pipeline_.has_room())
    return session::Sessions::give_credit(session, in.credit().credit());
  if (!pipeline_.has_room())
    return refuse(peer, in.request_id(),
                  {Code::busy, "", "Le serveur est saturé : réessayez dans un instant."});

  if (codec::changes(in)) return change(peer, who.value(), in, now);
  switch (in.body_case()) {
    case v1::Envelope::kListTray:
      return list(peer, who.value(), in, now);
    case v1::Envelope::kAttend:
      return attend(peer, who.value(), in, now);
    case v1::Envelope::kListEvents:
      return events(peer, who.value(), in);
    case v1::Envelope::kShow:
      return show(peer, who.value(), in, now);
    case v1::Envelope::kFind:
      return find(peer, who.value(), in);
    case v1::Envelope::kCount:
      return count(peer, who.value(), in, now);
    case v1::Envelope::kSubscribe:
      return subscribe(peer, session, in);
    case v1::Envelope::kCredit:
      if (session::Sessions::add_credit(session, in.credit().credit())) {
        v1::Envelope out;  // hints were missed: what stands now is to be pulled
        out.mutable_subscribed()->set_as_of_seq(bannettes_.last_seq());
        answer_after(bannettes_.last_seq(), peer, std::move(out));
      }
      return;
    case v1::Envelope::kClassify:
    case v1::Envelope::kSuggest:
    case v1::Envelope::kLogCall:
    case v1::Envelope::kOutboxState:
    case v1::Envelope::kListOutbox:
    case v1::Envelope::kRetryLetter:
    case v1::Envelope::kDiscardLetter:
    case v1::Envelope::kSimilar:
      return relay(peer, who.value(), in, now);
    default:
      return refuse(peer, in.request_id(), {Code::malformed, "body", "Ce message n'est pas une demande."});
  }
}

void Desk::keep(journal::Entry&& entry) {
  hint(entry.persist);
  const std::size_t bytes = entry.content.size() + entry.text.size() + 512;
  pipeline_.add(std::move(entry), bytes);
}

// To whoever watches the bannette where it is, the one it left, and the one it is proposed or copied to. A
// reading by one's own right changes nothing that anybody has in view; a look from outside is told.
void Desk::hint(const Persist& persist) {
  const auto& [change, after] = persist;
  if (change.kind == ChangeKind::read && !parse_purpose(change.reason)) return;
  std::vector<std::string_view> bannettes;
  if (after.number != 0)
    for (std::string_view each :
         {std::string_view(after.bannette), std::string_view(change.bannette), std::string_view(change.to)})
      if (!each.empty() && std::find(bannettes.begin(), bannettes.end(), each) == bannettes.end() &&
          bannettes_.knows(each))
        bannettes.push_back(each);
  for (const auto& peer : sessions_.watchers(bannettes, change.at.boot_ms)) {
    v1::Envelope hint;
    auto& deliver = *hint.mutable_deliver();
    deliver.set_seq(change.seq);
    deliver.set_change(std::string(name(change.kind)));
    deliver.set_reason(change.reason);
    deliver.set_to(change.to);
    if (change.step) deliver.set_step(static_cast<v1::Step>(*change.step));
    if (after.number == 0)
      deliver.set_bannette(change.bannette);
    else
      put_header(*deliver.mutable_header(), after, sessions_.all().at(peer).who);
    answer_after(change.seq, peer, std::move(hint));
    ++tally_.deliveries;
  }
  tally_.hints_missed = sessions_.missed();
}

// One that left for another's bannette is told as gone, no more.
void Desk::put_header(v1::Header& out, const Dossier& dossier, const Authority& who) const {
  if (may_list(who, dossier.bannette) || bannettes_.sight(who, dossier).by != Sight::By::nothing)
    return codec::put(out, dossier, bannettes_.restricted()->shown_to(who, dossier));
  out.set_id(to_bytes(dossier.id));
  out.set_reference(make_reference(dossier.number));
  out.set_bannette(dossier.bannette);
  out.set_changed_seq(dossier.changed_seq);
}

bool Desk::may_change(const session::Peer& peer, const v1::Envelope& in, const Instant& now) {
  if (draining_) {
    refuse(peer, in.request_id(),
           {Code::unavailable, "", "Le service s'arrête : réessayez dans un instant."});
    return false;
  }
  if (now.boot_ms < retry_boot_ms_ || (low_space_ && in.has_submit())) {
    refuse(peer, in.request_id(),
           {Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."});
    return false;
  }
  return true;
}

void Desk::change(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
                  const Instant& now) {
  if (!may_change(peer, in, now)) return;
  auto request = codec::incoming(in, who);
  if (request.has_error()) return refuse(peer, in.request_id(), request.error());
  codec::Incoming& incoming = request.value();
  Effects effects = bannettes_.apply(incoming.request, now);
  for (std::size_t i = 0; i < effects.persist.size(); ++i) {
    journal::Entry entry{std::move(effects.persist[i]), {}, {}, {}};
    if (effects.own == i) {
      entry.content = std::move(incoming.content);
      entry.text = std::move(incoming.text);
      entry.contact = std::move(incoming.contact);
    }
    keep(std::move(entry));
  }
  if (in.has_take() || in.has_reserve()) bannettes_.watch(who, {}, now);
  if (const auto* refusal = std::get_if<Refusal>(&effects.reply))
    ++tally_.refused[std::string(name(refusal->code))];
  if (effects.own || std::holds_alternative<Refusal>(effects.reply)) {
    const auto* done = std::get_if<Done>(&effects.reply);
    const TopicSight topic =
        done != nullptr ? bannettes_.restricted()->shown_to(who, done->dossier) : TopicSight::open;
    return answer_after(effects.reply_after_seq, peer, codec::reply(in.request_id(), effects.reply, topic));
  }
  std::optional<Read> first;
  if (const auto* receipt = std::get_if<Receipt>(&effects.reply)) first.emplace().receipt_seq = receipt->seq;
  answer_after(effects.reply_after_seq, peer, answer_again(in.request_id(), effects.reply, who), first);
}

// The dossier may be another's by now: then a retry is told where it is, and no more.
v1::Envelope Desk::answer_again(std::uint64_t request_id, const Reply& reply, const Authority& who) const {
  v1::Envelope out = codec::reply(request_id, reply);
  const auto* done = std::get_if<Done>(&reply);
  if (done == nullptr || done->dossier.number == 0) return out;
  out.mutable_done()->clear_header();
  put_header(*out.mutable_done()->mutable_header(), done->dossier, who);
  out.mutable_done()->mutable_header()->set_fence(done->fence);
  return out;
}

void Desk::tick(const Instant& now) {
  sessions_.expire(now.boot_ms);
  for (auto at = relayed_.begin(); at != relayed_.end();) {
    if (at->second.until_ms > now.boot_ms) {
      ++at;
      continue;
    }
    refuse(at->second.peer, at->second.request_id,
           {Code::timed_out, "", "Le routeur n'a pas répondu : réessayez avec la même clé."});
    at = relayed_.erase(at);
  }
  if (!pipeline_.has_room() || now.boot_ms < retry_boot_ms_)
    return;  // expiry can wait for room; its order cannot change
  for (auto& persist : bannettes_.advance(now)) keep({std::move(persist), {}, {}, {}});
}

std::int64_t Desk::next_tick_boot_ms(const Instant& now) const {
  // Where nothing fits, the end of the commit wakes the shell.
  std::int64_t next = std::numeric_limits<std::int64_t>::max();
  if (pipeline_.has_room()) next = std::max(bannettes_.next_due_boot_ms(now), retry_boot_ms_);
  next = std::min(next, sessions_.next_silence_ms());
  if (!relayed_.empty()) next = std::min(next, relayed_.begin()->second.until_ms);
  return next;
}

void Desk::failed(const Refusal& refusal, Bannettes reloaded, const Instant& now) {
  retry_boot_ms_ = now.boot_ms + kDiskRetryMs;
  for (auto& lost : pipeline_.failed()) {
    if (lost.envelope.has_deliver())
      sessions_.not_sent(lost.peer, now.boot_ms);  // a hint of what did not happen
    if (lost.envelope.request_id() == 0) continue;
    refuse(lost.peer, lost.envelope.request_id(), refusal);
  }
  reloaded.keep_readings(bannettes_);
  bannettes_ = std::move(reloaded);
}

std::vector<Outgoing> Desk::outgoing() {
  std::vector<Outgoing> out = std::exchange(immediate_, {});
  out.reserve(out.size() + pipeline_.waiting_outputs());
  pipeline_.release([&](Outgoing&& ready) {
    if (sessions_.all().contains(ready.peer)) out.push_back(std::move(ready));
  });
  return out;
}

std::vector<v1::Envelope> Desk::relays() {
  return std::exchange(relays_, {});
}

void Desk::relay(const session::Peer& peer, const Authority& who, const v1::Envelope& in,
                 const Instant& now) {
  if (relayed_.size() >= kRelays)
    return refuse(peer, in.request_id(),
                  {Code::busy, "", "Le routeur est saturé : réessayez dans un instant."});
  const std::uint64_t id = next_relay_++;
  relayed_.emplace(id, Relay{peer, in.request_id(), now.boot_ms + kRelayMs});
  v1::Envelope out = in;
  out.set_request_id(id);
  out.set_on_behalf_of(who.principal);
  if (out.ByteSizeLong() + codec::kHeader.size() > limits::envelope) {
    relayed_.erase(id);
    return refuse(peer, in.request_id(), {Code::too_large, "", "Un message fait 64 Kio au plus."});
  }
  relays_.push_back(std::move(out));
}

void Desk::relayed(const std::vector<std::string_view>& frames) {
  auto decoded = codec::decode(frames);
  if (decoded.has_error()) return;  // the router is our own: its bad reply becomes a timeout
  const auto found = relayed_.find(decoded.value().request_id());
  if (found == relayed_.end()) return;
  v1::Envelope out = std::move(decoded.value());
  out.set_request_id(found->second.request_id);
  if (sessions_.all().contains(found->second.peer)) answer(found->second.peer, std::move(out));
  relayed_.erase(found);
}

}  // namespace bannette::desk
