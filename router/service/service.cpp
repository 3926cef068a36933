#include "router/service/service.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <spdlog/spdlog.h>

#include "queue/client/link.hpp"
#include "queue/client/socket.hpp"
#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"
#include "queue/core/idempotency.hpp"
#include "queue/session/sessions.hpp"
#include "queue/system/clock.hpp"
#include "queue/system/mailbox.hpp"
#include "router/service/intake.hpp"
#include "router/service/outbox.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kDrain = 256;
constexpr std::size_t kLetters = 8'192;  // answers of the queue that wait for the service's thread
constexpr std::int64_t kPumpMs = 250;
constexpr std::int64_t kDrainMs = 3'000;

const Refusal kNoRoom{Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};

// The queue did not take it now, or nobody knows: it goes into the outbox.
bool is_passing(const std::string& code) {
  return code == name(Code::busy) || code == name(Code::unavailable) || code == name(Code::timed_out) ||
         code == name(Code::disk_full) || code == name(Code::not_authenticated);
}

}  // namespace

struct RouterService::Impl {
  // An answer of the queue, with what it answers.
  struct Answered {
    std::optional<session::Peer> peer;  // nothing: a letter of the outbox
    std::uint64_t request_id = 0;
    std::uint64_t place = 0;  // of that letter
    v1::Envelope asked;
    v1::Envelope reply;
  };

  Impl(zmq::context_t& context, ServiceOptions its_options, std::shared_ptr<const Site> its_site,
       std::function<void(const std::string&)> its_broken)
      : options(std::move(its_options)),
        site(std::move(its_site)),
        broken(std::move(its_broken)),
        outbox(options.data / "outbox.db", seal::subkey(options.master, seal::Use::outbox)),
        socket(context, zmq::socket_type::router),
        link(
            {options.queue, std::nullopt, "router", std::chrono::milliseconds{options.patience_ms}, kLetters},
            &context) {
    client::bound_socket(socket);
    socket.set(zmq::sockopt::router_mandatory, 1);
    socket.bind(options.listen);
  }

  ServiceOptions options;
  std::shared_ptr<const Site> site;
  std::function<void(const std::string&)> broken;
  Outbox outbox;
  zmq::socket_t socket;
  session::Sessions sessions;
  system::Mailbox<Answered> answers{kLetters};
  std::atomic<bool> stopping{false};
  std::thread thread;
  std::size_t asked = 0;    // of the queue, not answered
  bool letter_out = false;  // one letter at a time, so that their order is kept
  std::int64_t next_pump_ms = 0;
  mutable std::mutex health_mutex;
  ServiceHealth shown;
  client::Link link;  // last: its thread ends before what its answers touch

  void run();
  void loop_once(std::int64_t most_ms);
  void receive(const session::Peer& peer, const std::vector<std::string_view>& frames);
  void serve(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void log_call(const session::Peer& peer, const v1::Envelope& in, const Authority& who);
  void ask_queue(Answered context);
  void answered(Answered& answer);
  void letter_answered(const Answered& answer);
  void record(const Answered& answer);
  void pump();
  void send(const session::Peer& peer, const v1::Envelope& envelope);
  void refuse(const session::Peer& peer, std::uint64_t id, const Refusal& refusal) {
    send(peer, codec::error(id, refusal));
  }
};

void RouterService::Impl::send(const session::Peer& peer, const v1::Envelope& envelope) {
  const std::string bytes = codec::encode(envelope);
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
  auto who = codec::actor_of(in, principal);
  if (who.has_error()) return refuse(peer, in.request_id(), who.error());
  if (!may_submit(who.value()))
    return refuse(peer, in.request_id(),
                  {Code::forbidden, "", "Le dépôt d'un appel est réservé au standard."});
  v1::Envelope out;
  out.set_request_id(in.request_id());
  switch (in.body_case()) {
    case v1::Envelope::kClassify: {
      auto classified = classify(*site, in.classify());
      if (classified.has_error()) return refuse(peer, in.request_id(), classified.error());
      *out.mutable_classified() = std::move(classified.value());
      {
        const std::lock_guard lock(health_mutex);
        ++shown.classified;
      }
      return send(peer, out);
    }
    case v1::Envelope::kLogCall:
      return log_call(peer, in, who.value());
    case v1::Envelope::kOutboxState: {
      const auto state = outbox.state();
      out.mutable_outbox_report()->set_waiting(state.waiting);
      out.mutable_outbox_report()->set_oldest_ms(state.oldest_ms);
      out.mutable_outbox_report()->set_queue_up(link.up());
      return send(peer, out);
    }
    default:
      return refuse(peer, in.request_id(),
                    {Code::malformed, "body", "Le routeur ne connaît pas cette demande."});
  }
}

void RouterService::Impl::log_call(const session::Peer& peer, const v1::Envelope& in, const Authority& who) {
  if (stopping)
    return refuse(peer, in.request_id(),
                  {Code::unavailable, "", "Le service s'arrête : réessayez dans un instant."});
  if (asked >= kLetters / 2)
    return refuse(peer, in.request_id(),
                  {Code::busy, "", "Le routeur est saturé : réessayez dans un instant."});
  const auto key = uuid_from_bytes(in.idempotency_key());
  if (!key && !in.idempotency_key().empty())
    return refuse(peer, in.request_id(),
                  {Code::malformed, "idempotency_key", "La clé d'idempotence fait 16 octets (UUIDv7)."});
  if (auto bad = check_key(key, system::now().wall_ms)) return refuse(peer, in.request_id(), *bad);
  auto submit = submission(*site, in.log_call());
  if (submit.has_error()) return refuse(peer, in.request_id(), submit.error());

  Answered context;
  context.peer = peer;
  context.request_id = in.request_id();
  context.asked.set_idempotency_key(in.idempotency_key());
  // The history names who handed it in: a person of the console, or a unit and whom it names.
  const Person actor{label(who), who.person ? who.person->role : Role::agent, {}};
  codec::put(*context.asked.mutable_actor(), actor);
  *context.asked.mutable_submit() = std::move(submit.value());
  ask_queue(std::move(context));
}

void RouterService::Impl::ask_queue(Answered context) {
  ++asked;
  v1::Envelope question = context.asked;
  auto kept = std::make_shared<Answered>(std::move(context));
  link.ask(std::move(question), [this, kept](v1::Envelope&& reply) {
    kept->reply = std::move(reply);
    // Never full: at most kLetters / 2 are asked.
    if (!answers.put(*kept)) spdlog::critical("an answer of the queue found no room");
  });
}

void RouterService::Impl::answered(Answered& answer) {
  --asked;
  if (!answer.peer) return letter_answered(answer);
  // A full disk of the queue is the outbox's disk too: passed on as it is.
  const std::string& code = answer.reply.error().code();
  if (answer.reply.has_error() && is_passing(code) && code != name(Code::disk_full)) return record(answer);
  answer.reply.set_request_id(answer.request_id);
  send(*answer.peer, answer.reply);
  if (!answer.reply.has_receipt()) return;
  const std::lock_guard lock(health_mutex);
  ++shown.logged;
}

// "Recorded here, not yet in the bannette": durable in the outbox before it is said.
void RouterService::Impl::record(const Answered& answer) {
  std::error_code error;
  const auto space = std::filesystem::space(options.data, error);
  if (!error && space.available < options.free_space_mark)
    return refuse(*answer.peer, answer.request_id, kNoRoom);
  Letter letter;
  letter.key = *uuid_from_bytes(answer.asked.idempotency_key());
  letter.since_ms = system::now().wall_ms;
  letter.bannette = answer.asked.submit().bannette();
  answer.asked.SerializeToString(&letter.envelope);
  auto kept = outbox.put(letter);
  if (kept.has_error()) return refuse(*answer.peer, answer.request_id, kept.error());
  v1::Envelope out;
  out.set_request_id(answer.request_id);
  out.mutable_recorded()->set_bannette(letter.bannette);
  out.mutable_recorded()->set_since_ms(letter.since_ms);
  send(*answer.peer, out);
}

void RouterService::Impl::letter_answered(const Answered& answer) {
  letter_out = false;
  if (answer.reply.has_receipt()) {
    // If this finds no room the letter is sent again, and its key makes that harmless.
    if (outbox.done(answer.place)) next_pump_ms = 0;
  } else if (answer.reply.has_error() && !is_passing(answer.reply.error().code())) {
    spdlog::error("outbox: letter {} refused for good: {}", answer.place, answer.reply.error().code());
    (void)outbox.set_aside(answer.place, answer.reply.error().code());
  }
}

void RouterService::Impl::pump() {
  const std::int64_t now = system::boot_ms();
  if (now < next_pump_ms) return;
  next_pump_ms = now + kPumpMs;
  const auto state = outbox.state();
  {
    const std::lock_guard lock(health_mutex);
    shown.outbox_waiting = state.waiting;
    shown.outbox_aside = state.aside;
    shown.outbox_oldest_ms = state.oldest_ms;
  }
  if (stopping || letter_out || state.waiting == 0 || !link.up()) return;
  auto letter = outbox.oldest();
  if (!letter) return;
  Answered context;
  context.place = letter->place;
  if (!context.asked.ParseFromString(letter->envelope)) {
    (void)outbox.set_aside(letter->place, "malformed");
    return;
  }
  letter_out = true;
  ask_queue(std::move(context));
}

void RouterService::Impl::loop_once(std::int64_t most_ms) {
  std::vector<zmq::pollitem_t> items{{socket.handle(), 0, ZMQ_POLLIN, 0},
                                     {nullptr, answers.fd(), ZMQ_POLLIN, 0}};
  const std::int64_t wait = std::clamp<std::int64_t>(next_pump_ms - system::boot_ms(), 0, most_ms);
  zmq::poll(items, std::chrono::milliseconds{wait});
  for (auto& answer : answers.drain()) answered(answer);
  std::vector<zmq::message_t> parts;
  for (std::size_t i = 0; i < kDrain && client::receive_parts(socket, parts); ++i) {
    std::vector<std::string_view> frames;
    for (std::size_t part = 1; part < parts.size(); ++part) frames.push_back(parts[part].to_string_view());
    receive({0, parts[0].to_string()}, frames);
  }
  sessions.expire(system::boot_ms());
  pump();
}

void RouterService::Impl::run() {
  while (!stopping) loop_once(kPumpMs);
  const std::int64_t until = system::boot_ms() + kDrainMs;
  while (asked > 0 && system::boot_ms() < until) loop_once(20);
  socket.close();
}

RouterService::RouterService(zmq::context_t& context, ServiceOptions options,
                             std::shared_ptr<const Site> site, std::function<void(const std::string&)> broken)
    : impl_(std::make_unique<Impl>(context, std::move(options), std::move(site), std::move(broken))) {}

RouterService::~RouterService() {
  stop();
}

void RouterService::start() {
  impl_->link.start();
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
  impl_->answers.wake();
  impl_->thread.join();
}

ServiceHealth RouterService::health() const {
  const std::lock_guard lock(impl_->health_mutex);
  ServiceHealth now = impl_->shown;
  now.queue_up = impl_->link.up();
  return now;
}

}  // namespace bannette::router
