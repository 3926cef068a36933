#include "router/service/service.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <spdlog/spdlog.h>

#include "queue/codec/frame.hpp"
#include "queue/core/idempotency.hpp"
#include "router/service/intake.hpp"
#include "router/service/service_impl.hpp"
#include "router/service/similar.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kDrain = 256;
constexpr std::int64_t kRoundMs = 250;
constexpr std::int64_t kDrainMs = 3'000;
constexpr std::uint32_t kPage = 100, kPageMost = 200;

// Whose hands the outbox is in: a person, and it is told who.
bool may_settle(const Authority& who) {
  return who.kind == Authority::Kind::console && who.person && who.person->role == Role::admin;
}

}  // namespace

void RouterService::Impl::send(const session::Peer& peer, const v1::Envelope& envelope) {
  const std::string bytes = codec::encode_answer(envelope);
  constexpr auto more = zmq::send_flags::sndmore | zmq::send_flags::dontwait;
  try {
    if (socket.send(zmq::buffer(peer.route), more)) {
      socket.send(zmq::buffer(codec::kHeader), more);
      socket.send(zmq::buffer(bytes), zmq::send_flags::dontwait);
      return;
    }
  } catch (const zmq::error_t& error) {
    if (error.num() != EHOSTUNREACH) throw;
  }
  sessions.forget(peer);  // gone, or it does not read: it will greet and ask again
}

void RouterService::Impl::receive(const session::Peer& peer, const std::vector<std::string_view>& frames) {
  auto decoded = codec::decode(frames);
  if (decoded.has_error()) return refuse(peer, 0, decoded.error());
  const v1::Envelope& in = decoded.value();
  const std::int64_t now = system::boot_ms();
  if (!in.on_behalf_of().empty()) {  // relayed by the broker, which authenticated it
    const auto who = authority_of(in.on_behalf_of());
    if (!who) return refuse(peer, in.request_id(), {Code::forbidden, "on_behalf_of", "Titulaire inconnu."});
    return serve(peer, in, *who);
  }
  const Authority console = *authority_of("console");  // inproc: nobody else can connect
  if (in.has_hello()) {
    auto opened = sessions.hello(peer, console, {in.hello().protocol(), in.hello().heartbeat_ms()}, now);
    if (opened.has_error()) return refuse(peer, in.request_id(), opened.error());
    v1::Envelope out;
    out.set_request_id(in.request_id());
    out.mutable_welcome()->set_principal(console.principal);
    out.mutable_welcome()->set_protocol(session::kProtocol);
    out.mutable_welcome()->set_heartbeat_ms(static_cast<std::uint32_t>(opened.value()->heartbeat_ms));
    out.mutable_welcome()->set_site(site->code);
    return send(peer, out);
  }
  if (auto heard = sessions.heard(peer, console, now); heard.has_error())
    return refuse(peer, in.request_id(), heard.error());
  if (in.has_heartbeat()) return send(peer, in);
  serve(peer, in, console);
}

void RouterService::Impl::serve(const session::Peer& peer, const v1::Envelope& in,
                                const Authority& principal) {
  auto known = codec::actor_of(in, principal);
  if (known.has_error()) return refuse(peer, in.request_id(), known.error());
  const Authority& who = known.value();
  if (in.has_call_contacts()) return find_contacts(peer, in, who);
  if (about_calls(in)) return ask_calls(peer, in, who);
  const bool of_outbox = in.has_list_outbox() || in.has_retry_letter() || in.has_discard_letter();
  if (!of_outbox && !may_submit(who))
    return forbid(peer, in.request_id(), "Le dépôt d'un appel est réservé au standard.");
  switch (in.body_case()) {
    case v1::Envelope::kClassify:
      return classify_note(peer, in);
    case v1::Envelope::kSuggest:
      return suggest_place(peer, in);
    case v1::Envelope::kLogCall:
      return in.log_call().call().empty() ? log_call(peer, in, who, {}) : log_for_call(peer, in, who);
    case v1::Envelope::kOutboxState: {
      v1::Envelope out;
      out.set_request_id(in.request_id());
      forwarding.report(*out.mutable_outbox_report());
      return send(peer, out);
    }
    case v1::Envelope::kSimilar:
      return find_similar(peer, in, who);
    case v1::Envelope::kListOutbox:
      return list_outbox(peer, in, who);
    case v1::Envelope::kRetryLetter:
    case v1::Envelope::kDiscardLetter:
      return settle_letter(peer, in, who);
    default:
      return refuse(peer, in.request_id(),
                    {Code::malformed, "body", "Le routeur ne connaît pas cette demande."});
  }
}

void RouterService::Impl::classify_note(const session::Peer& peer, const v1::Envelope& in) {
  auto classified = classify(*site, in.classify(), day_of(*site, system::now().wall_ms));
  if (classified.has_error()) return refuse(peer, in.request_id(), classified.error());
  v1::Envelope out;
  out.set_request_id(in.request_id());
  *out.mutable_classified() = std::move(classified.value());
  {
    const std::lock_guard lock(health_mutex);
    ++shown.classified;
  }
  send(peer, out);
}

void RouterService::Impl::suggest_place(const session::Peer& peer, const v1::Envelope& in) {
  auto suggested = suggest(*site, in.suggest(), day_of(*site, system::now().wall_ms));
  if (suggested.has_error()) return refuse(peer, in.request_id(), suggested.error());
  v1::Envelope out;
  out.set_request_id(in.request_id());
  *out.mutable_suggested() = std::move(suggested.value());
  send(peer, out);
}

void RouterService::Impl::log_call(const session::Peer& peer, const v1::Envelope& in, const Authority& who,
                                   const std::vector<std::string>& siblings) {
  if (stopping)
    return refuse(peer, in.request_id(),
                  {Code::unavailable, "", "Le service s'arrête : réessayez dans un instant."});
  if (forwarding.is_full())
    return refuse(peer, in.request_id(),
                  {Code::busy, "", "Le routeur est saturé : réessayez dans un instant."});
  const auto key = uuid_from_bytes(in.idempotency_key());
  if (!key && !in.idempotency_key().empty())
    return refuse(peer, in.request_id(),
                  {Code::malformed, "idempotency_key", "La clé d'idempotence fait 16 octets (UUIDv7)."});
  if (auto bad = check_key(key, system::now().wall_ms)) return refuse(peer, in.request_id(), *bad);
  auto submit = submission(*site, in.log_call(), day_of(*site, system::now().wall_ms), siblings);
  if (submit.has_error()) return refuse(peer, in.request_id(), submit.error());

  v1::Envelope asked;
  asked.set_idempotency_key(in.idempotency_key());
  // The history names who handed it in: a person of the console, or a unit and whom it names.
  const Person actor{label(who), who.person ? who.person->role : Role::agent, {}};
  codec::put(*asked.mutable_actor(), actor);
  *asked.mutable_submit() = std::move(submit.value());
  ++under_way;
  CallLink logged{in.log_call().call(), who.person ? who.person->name : std::string(), *key, 0, 0};
  forwarding.submit(std::move(asked),
                    [this, peer, id = in.request_id(), by = version, logged](v1::Envelope&& reply) {
                      --under_way;
                      if (by != version) --under_way_before;
                      reply.set_request_id(id);
                      if (reply.has_receipt()) {
                        const std::lock_guard lock(health_mutex);
                        ++shown.logged;
                      }
                      link_call(logged, reply, [this, peer, reply] { send(peer, reply); });
                    });
}

void RouterService::Impl::find_similar(const session::Peer& peer, const v1::Envelope& in,
                                       const Authority& who) {
  if (!may_find(who)) return forbid(peer, in.request_id(), "Cette recherche est réservée au standard.");
  ask_similar(site, memory, forwarding, in.similar(), system::now().wall_ms,
              [this, peer, id = in.request_id()](v1::Envelope&& reply) {
                reply.set_request_id(id);
                send(peer, reply);
              });
}

void RouterService::Impl::list_outbox(const session::Peer& peer, const v1::Envelope& in,
                                      const Authority& who) {
  if (!may_read_events(who))
    return forbid(peer, in.request_id(), "La liste des envois en attente est réservée à la supervision.");
  const v1::ListOutbox& ask = in.list_outbox();
  if (ask.limit() > kPageMost)
    return refuse(peer, in.request_id(), {Code::too_large, "limit", "Une page a 200 lignes au plus."});
  v1::Envelope out;
  out.set_request_id(in.request_id());
  const std::uint32_t limit = ask.limit() == 0 ? kPage : ask.limit();
  if (ask.trace())
    forwarding.acts(*out.mutable_outbox_letters(), std::min(limit, kPage));
  else
    forwarding.list(*out.mutable_outbox_letters(), ask.after_place(), limit);
  send(peer, out);
}

void RouterService::Impl::settle_letter(const session::Peer& peer, const v1::Envelope& in,
                                        const Authority& who) {
  if (!may_settle(who))
    return forbid(peer, in.request_id(), "Reprendre ou abandonner une demande revient à l'administrateur.");
  const bool discard = in.has_discard_letter();
  const std::string& text = discard ? in.discard_letter().text() : in.retry_letter().text();
  if (auto ok = codec::check_text(text, limits::reason_text, "text"); ok.has_error())
    return refuse(peer, in.request_id(), ok.error());
  if (discard && text.find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(peer, in.request_id(), {Code::missing, "text", "Dites pourquoi elle est abandonnée."});
  const Deed deed{system::now().wall_ms, label(who), text};
  auto settled = discard ? forwarding.discard(in.discard_letter().place(), deed)
                         : forwarding.retry(in.retry_letter().place(), deed);
  if (settled.has_error()) return refuse(peer, in.request_id(), settled.error());
  if (const auto key = uuid_from_bytes(settled.value().key()); key && discard) calls.resolve(*key, 0);
  v1::Envelope out;
  out.set_request_id(in.request_id());
  *out.mutable_letter_settled()->mutable_letter() = std::move(settled.value());
  send(peer, out);
}

// Between two messages, so that no call sees two versions.
void RouterService::Impl::take_next() {
  const std::lock_guard lock(next_mutex);
  if (next != nullptr) {
    site = std::exchange(next, nullptr);
    calls.use(call_site_of(*site));
    ++version;
    under_way_before = under_way;
  }
  if (under_way_before > 0 || switching.empty()) return;
  show_health();  // whoever waits looks whether the outbox is empty
  for (auto& each : switching) each.set_value();
  switching.clear();
}

void RouterService::Impl::show_health() {
  const auto state = forwarding.state();
  const std::lock_guard lock(health_mutex);
  shown.outbox_waiting = state.waiting;
  shown.outbox_aside = state.aside;
  shown.outbox_oldest_ms = state.oldest_ms;
  shown.outbox_danger = forwarding.dangers();
}

void RouterService::Impl::loop_once(std::int64_t most_ms) {
  std::vector<zmq::pollitem_t> items{{socket.handle(), 0, ZMQ_POLLIN, 0},
                                     {nullptr, forwarding.fd(), ZMQ_POLLIN, 0},
                                     {nullptr, from_calls.fd(), ZMQ_POLLIN, 0}};
  const std::int64_t wait =
      std::clamp<std::int64_t>(forwarding.next_pump_ms() - system::boot_ms(), 0, most_ms);
  zmq::poll(items, std::chrono::milliseconds{wait});
  forwarding.drain();
  for (auto& work : from_calls.drain()) work();
  take_next();
  std::vector<zmq::message_t> parts;
  for (std::size_t i = 0; i < kDrain && client::receive_parts(socket, parts); ++i) {
    std::vector<std::string_view> frames;
    for (std::size_t part = 1; part < parts.size(); ++part) frames.push_back(parts[part].to_string_view());
    receive({0, parts[0].to_string()}, frames);
  }
  sessions.expire(system::boot_ms());
  if (!stopping) forwarding.pump(system::boot_ms());
  show_health();
}

void RouterService::Impl::run() {
  while (!stopping) loop_once(kRoundMs);
  const std::int64_t until = system::boot_ms() + kDrainMs;
  while ((forwarding.asked() > 0 || linking > 0) && system::boot_ms() < until) loop_once(20);
  socket.close();
}

RouterService::RouterService(zmq::context_t& context, ServiceOptions options,
                             std::shared_ptr<const Site> site, std::function<void(const std::string&)> broken)
    : impl_(std::make_unique<Impl>(context, std::move(options), std::move(site), std::move(broken))) {}

RouterService::~RouterService() {
  stop();
}

void RouterService::start() {
  impl_->forwarding.start();
  impl_->calls.start();
  impl_->thread = std::thread([this] {
    try {
      impl_->run();
    } catch (const std::exception& error) {
      impl_->broken(error.what());
    }
  });
}

void RouterService::stop() {
  if (!impl_->thread.joinable()) return;
  impl_->stopping = true;
  impl_->forwarding.wake();
  impl_->thread.join();
  impl_->calls.stop();
}

std::future<void> RouterService::use(std::shared_ptr<const Site> site) {
  const std::lock_guard lock(impl_->next_mutex);
  impl_->next = std::move(site);
  auto done = impl_->switching.emplace_back().get_future();
  impl_->forwarding.wake();
  return done;
}

ServiceHealth RouterService::health() const {
  const std::lock_guard lock(impl_->health_mutex);
  ServiceHealth now = impl_->shown;
  now.queue_up = impl_->forwarding.queue_up();
  now.calls = impl_->calls.health();
  return now;
}

}  // namespace bannette::router
