#include "queue/broker/broker.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include <spdlog/spdlog.h>

#include "queue/broker/committer.hpp"
#include "queue/broker/keys.hpp"
#include "queue/broker/malformed_log.hpp"
#include "queue/broker/tcp_peers.hpp"
#include "queue/broker/zap.hpp"
#include "queue/client/socket.hpp"
#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"
#include "queue/session/gather.hpp"
#include "queue/system/alarm.hpp"
#include "queue/system/clock.hpp"
#include "queue/system/thread_name.hpp"
#include "queue/system/wake.hpp"

namespace bannette::broker {
namespace {

constexpr std::size_t kDrain = 256;       // messages of one socket before the others have their turn
constexpr std::int64_t kRoundMs = 250;    // keys, free space, health
constexpr std::int64_t kDrainMs = 5'000;  // at most, when stopping
constexpr std::int64_t kStandInMs = 20;   // between two looks whether the commit has ended
constexpr int kHandshakeMs = 3'000;
constexpr int kBacklog = 1'024;  // connections that wait to be accepted: a crowd must not hold up a client

const Refusal kFull{Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};
const Refusal kDamaged{Code::unavailable, "",
                       "Un dossier est endommagé sur le disque : rien n'a été enregistré."};
const Refusal kOwnRoute{Code::malformed, "", "ZMQ_ROUTING_ID ne doit pas être choisi par le client."};
const Refusal kRevoked{Code::not_authenticated, "", "Cette clé n'est plus autorisée."};

std::int64_t steady_us() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

struct Broker::Impl {
  struct Listener {
    zmq::socket_t socket;
    std::optional<Authority> fixed;  // inproc: the socket says who; TCP: the key does
  };

  Impl(zmq::context_t& its_context, Options its_options, const Rules& its_rules,
       journal::Journal& its_journal, std::function<void(const std::string&)> broken)
      : context(its_context),
        options(std::move(its_options)),
        rules(its_rules),
        journal(its_journal),
        keys(server_key_pair(options.data)),
        tcp_peers(options.data, [this](const session::Peer& peer) { desk.forget(peer); }),
        desk({rules.site, journal.epoch()}, desk::reload(rules, journal, began), journal.head().seq),
        committer(journal, std::move(broken), [this] { stand_in(); }) {}

  zmq::context_t& context;
  Options options;
  Rules rules;
  journal::Journal& journal;
  KeyPair keys;
  TcpPeers tcp_peers;
  const Instant began = system::now();
  desk::Desk desk;
  Committer committer;
  std::optional<ZapHandler> zap;
  std::vector<Listener> listeners;
  zmq::socket_t intake;
  std::vector<zmq::pollitem_t> items;  // listeners, committer, wake, alarm, intake
  std::vector<zmq::message_t> parts;   // of the message just received
  std::vector<std::string_view> frames;
  std::vector<journal::Entry> spent;  // committed
  std::string endpoint;
  system::Wake wake;
  session::Gather gather;
  system::Alarm alarm;         // a batch has waited long enough
  std::int64_t commit_us = 0;  // when the last one started
  std::int64_t next_round = 0;
  bool standing_in = false;  // the committer's thread runs the loop
  std::atomic<bool> stopping{false};
  std::thread thread;
  MalformedLog malformed_log;
  bool full = false;
  bool low = false;
  NewRules new_rules;
  mutable std::mutex health_mutex;
  Health shown;

  void listen();
  void add_inproc(const std::string& address, const char* principal);
  void run();
  void turn(std::int64_t most_ms);
  void stand_in();
  void loop_once(std::int64_t most_ms);
  void drain(int index);
  const Authority* authority(const zmq::message_t& message, const Listener& listener,
                             const session::Peer& peer);
  void refuse(const session::Peer& peer, const Refusal& refusal);
  void drain_intake();
  [[nodiscard]] bool others_wait();
  void take_commit();
  [[nodiscard]] std::optional<std::vector<journal::Entry>> due_batch();
  void flush();
  void answer();
  void send(desk::Outgoing& out);
  void round();
};

void Broker::Impl::add_inproc(const std::string& address, const char* principal) {
  if (address.empty()) return;
  Listener listener{zmq::socket_t(context, zmq::socket_type::router), authority_of(principal)};
  client::bound_socket(listener.socket);
  listener.socket.set(zmq::sockopt::router_mandatory, 1);
  listener.socket.bind(address);
  listeners.push_back(std::move(listener));
}

void Broker::Impl::listen() {
  add_inproc(options.console, "console");
  add_inproc(options.router, "router");
  if (!options.tcp.empty()) {
    zap.emplace(context, options.data);  // before bind
    Listener listener{zmq::socket_t(context, zmq::socket_type::router), std::nullopt};
    auto& socket = listener.socket;
    client::bound_socket(socket);
    socket.set(zmq::sockopt::router_mandatory, 1);
    socket.set(zmq::sockopt::router_handover, 0);
    socket.set(zmq::sockopt::handshake_ivl, kHandshakeMs);
    socket.set(zmq::sockopt::backlog, kBacklog);
    socket.set(zmq::sockopt::zap_domain, "bannette");
    socket.set(zmq::sockopt::curve_server, 1);
    socket.set(zmq::sockopt::curve_secretkey, keys.secret_key);
    socket.bind(options.tcp);
    endpoint = socket.get(zmq::sockopt::last_endpoint);
    listeners.push_back(std::move(listener));
  }
  if (!options.intake.empty()) {
    intake = zmq::socket_t(context, zmq::socket_type::dealer);
    client::bound_socket(intake);
    intake.connect(options.intake);
  }
}

const Authority* Broker::Impl::authority(const zmq::message_t& message, const Listener& listener,
                                         const session::Peer& peer) {
  if (listener.fixed) return &*listener.fixed;
  // Set by our ZAP handler, read on every message.
  const char* user = zmq_msg_gets(const_cast<zmq::message_t&>(message).handle(), "User-Id");
  if (user == nullptr) return nullptr;
  return tcp_peers.authority(peer, user);
}

void Broker::Impl::refuse(const session::Peer& peer, const Refusal& refusal) {
  desk::Outgoing refused{peer, codec::error(0, refusal), {}};
  send(refused);
}

void Broker::Impl::drain(int index) {
  Listener& listener = listeners[static_cast<std::size_t>(index)];
  const Instant now = system::now();  // one round, one moment
  for (std::size_t i = 0; i < kDrain && client::receive_parts(listener.socket, parts); ++i) {
    const session::Peer peer{index, parts[0].to_string()};
    if (!listener.fixed && !is_server_route(peer.route)) {
      refuse(peer, kOwnRoute);
      continue;
    }
    const Authority* who = authority(parts.back(), listener, peer);
    if (who == nullptr) {
      desk.forget(peer);
      refuse(peer, kRevoked);
      continue;
    }
    frames.clear();
    for (std::size_t part = 1; part < parts.size(); ++part) frames.push_back(parts[part].to_string_view());
    desk.receive(peer, *who, frames, now);
    // There is more to read: what is worth a sync is committed meanwhile.
    if (gather.worth_a_sync(desk.filling()))
      if (auto batch = due_batch()) committer.commit(std::move(*batch));
  }
}

void Broker::Impl::drain_intake() {
  for (std::size_t i = 0; i < kDrain && client::receive_parts(intake, parts); ++i) {
    frames.clear();
    for (const auto& part : parts) frames.push_back(part.to_string_view());
    desk.relayed(frames);
  }
}

// Is a message there that was not read?
bool Broker::Impl::others_wait() {
  return std::any_of(listeners.begin(), listeners.end(), [](Listener& listener) {
    return (listener.socket.get(zmq::sockopt::events) & ZMQ_POLLIN) != 0;
  });
}

void Broker::Impl::take_commit() {
  auto result = committer.result();
  if (!result) return;
  spent = std::move(result->batch);
  const std::int64_t now_us = steady_us();
  gather.ended(now_us, now_us - commit_us, spent.size(), desk.filling(), others_wait());
  full = result->full;
  if (result->kept()) return desk.committed(result->durable_seq);
  desk.failed(full ? kFull : kDamaged, desk::reload(rules, journal, system::now(), began), system::now());
}

void Broker::Impl::send(desk::Outgoing& out) {
  desk::fulfil(out, journal);
  const std::string bytes = codec::encode_answer(out.envelope);
  auto& socket = listeners[static_cast<std::size_t>(out.peer.listener)].socket;
  constexpr auto more = zmq::send_flags::sndmore | zmq::send_flags::dontwait;
  bool sent = false;
  try {
    // The first part says whether the peer is there and has room; the others then follow.
    sent = socket.send(zmq::buffer(out.peer.route), more).has_value();
    if (sent) {
      socket.send(zmq::buffer(codec::kHeader), more);
      socket.send(zmq::buffer(bytes), zmq::send_flags::dontwait);
    }
  } catch (const zmq::error_t& error) {
    if (error.num() != EHOSTUNREACH) throw;
  }
  if (sent) return;
  // Gone, or it does not read: it must greet again and ask again with its keys.
  desk.forget(out.peer);
}

// The next batch, if one may and should start now.
std::optional<std::vector<journal::Entry>> Broker::Impl::due_batch() {
  if (standing_in || desk.committing() || desk.filling() == 0) return std::nullopt;
  const std::int64_t now_us = steady_us();
  if (const auto wait = gather.wait_us(now_us, desk.filling()); wait > 0) {
    alarm.set(wait);
    return std::nullopt;
  }
  commit_us = now_us;
  return desk.start_commit();
}

void Broker::Impl::flush() {
  const bool here = gather.alone(desk.filling());
  auto batch = due_batch();
  if (batch && !here) committer.commit(*std::exchange(batch, std::nullopt));
  answer();
  if (!batch) return;
  if (!committer.commit_here(*batch)) return committer.commit(std::move(*batch));
  take_commit();
  answer();
}

void Broker::Impl::answer() {
  for (const auto& envelope : desk.relays()) {
    const std::string bytes = codec::encode(envelope);
    if (intake &&
        intake.send(zmq::buffer(codec::kHeader), zmq::send_flags::sndmore | zmq::send_flags::dontwait))
      intake.send(zmq::buffer(bytes), zmq::send_flags::dontwait);
  }
  for (auto& out : desk.outgoing()) send(out);
}

void Broker::Impl::round() {
  tcp_peers.refresh();
  if (const auto line = malformed_log.look(desk.tally().malformed_by, system::boot_ms()); !line.empty())
    spdlog::warn("{}", line);
  tcp_peers.keep_only(desk.sessions());
  std::error_code error;
  const auto space = std::filesystem::space(options.data, error);
  // The kept space in use is for what must still be written, not for new dossiers.
  low = (!error && space.available < options.free_space_mark) || committer.tight();
  desk.low_space(low);
  if (full && !error && !low) full = false;  // freed: the next commit will tell
  Health now;
  now.disk_full = full;
  now.low_space = low;
  now.damaged = committer.damaged();
  now.durable_seq = desk.durable();
  now.sessions = desk.sessions().size();
  now.dossiers = desk.bannettes().size();
  now.loop_boot_ms = static_cast<std::uint64_t>(system::boot_ms());
  now.tally = desk.tally();
  const std::lock_guard lock(health_mutex);
  shown = std::move(now);
}

void Broker::Impl::loop_once(std::int64_t most_ms) {
  const std::int64_t wait =
      std::clamp<std::int64_t>(desk.next_tick_boot_ms(system::now()) - system::boot_ms(), 0, most_ms);
  zmq::poll(items, std::chrono::milliseconds{wait});

  for (std::size_t i = 0; i < listeners.size(); ++i)
    if (items[i].revents != 0) drain(static_cast<int>(i));
  if (items[listeners.size() + 1].revents != 0) wake.clear();
  if (items[listeners.size() + 2].revents != 0) alarm.clear();
  if (auto others = new_rules.take(desk, system::now())) rules = std::move(*others);
  if (intake && items.back().revents != 0) drain_intake();
  take_commit();  // it may have ended meanwhile
  desk.tick(system::now());
  flush();
  spent.clear();  // after the answers left
}

void Broker::Impl::turn(std::int64_t most_ms) {
  loop_once(most_ms);
  if (system::boot_ms() < next_round) return;
  round();
  next_round = system::boot_ms() + kRoundMs;
}

// The disk keeps the loop's thread: heartbeats are answered, lists read, keys refreshed all the same.
void Broker::Impl::stand_in() {
  standing_in = true;
  do turn(kStandInMs);
  while (committer.committing_here());
  standing_in = false;
}

void Broker::Impl::run() {
  for (auto& listener : listeners) items.push_back({listener.socket.handle(), 0, ZMQ_POLLIN, 0});
  items.push_back({nullptr, committer.fd(), ZMQ_POLLIN, 0});
  items.push_back({nullptr, wake.fd(), ZMQ_POLLIN, 0});
  items.push_back({nullptr, alarm.fd(), ZMQ_POLLIN, 0});
  if (intake) items.push_back({intake.handle(), 0, ZMQ_POLLIN, 0});
  while (!stopping) turn(kRoundMs);
  desk.drain();
  const std::int64_t until = system::boot_ms() + kDrainMs;
  do loop_once(20);
  while (!desk.idle() && system::boot_ms() < until);
  for (auto& listener : listeners) listener.socket.close();
  if (intake) intake.close();
}

Broker::Broker(zmq::context_t& context, Options options, const Rules& rules, journal::Journal& journal,
               std::function<void(const std::string&)> broken)
    : impl_(std::make_unique<Impl>(context, std::move(options), rules, journal, std::move(broken))) {
  warn_of_leftovers(rules, impl_->desk, impl_->began);
  impl_->listen();
  impl_->round();
}

Broker::~Broker() {
  stop();
}

void Broker::start() {
  impl_->thread = std::thread([this] {
    try {
      system::name_thread("queue-broker");
      impl_->run();
    } catch (const std::exception& error) {
      spdlog::critical("the broker's thread ended: {}", error.what());
      std::abort();
    }
  });
}

void Broker::stop() {
  if (!impl_->thread.joinable()) return;
  impl_->stopping = true;
  impl_->wake.signal();
  impl_->thread.join();
}

std::future<std::vector<Leftover>> Broker::use(Rules rules, Leaving leaving) {
  auto answer = impl_->new_rules.ask(std::move(rules), leaving);
  impl_->wake.signal();
  return answer;
}

std::string Broker::tcp_endpoint() const {
  return impl_->endpoint;
}
std::string Broker::server_key() const {
  return impl_->keys.public_key;
}
Health Broker::health() const {
  const std::lock_guard lock(impl_->health_mutex);
  return impl_->shown;
}

}  // namespace bannette::broker
