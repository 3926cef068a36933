#include "queue/client/link.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <google/protobuf/io/coded_stream.h>
#include <zmq.hpp>

#include "queue/client/socket.hpp"
#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"
#include "queue/session/client_session.hpp"
#include "queue/session/sessions.hpp"
#include "queue/system/clock.hpp"
#include "queue/system/mailbox.hpp"
#include "queue/system/thread_name.hpp"

namespace bannette::client {
namespace {

constexpr std::size_t kOverhead = 32;  // the header, and the request id that is set later
constexpr std::size_t kDrain = 512;    // messages in one go, before asks are looked at again

v1::Envelope failure(Code code, const char* detail) {
  return codec::error(0, {code, "", detail});
}

// An envelope whose `request_id` (field 1) is put in front of what was encoded without it: encoded once,
// where it was asked, and sent as often as it takes.
zmq::message_t numbered(std::uint64_t id, const std::string& rest) {
  constexpr std::uint8_t tag = 1 << 3;
  std::array<std::uint8_t, 11> front{tag};
  const auto* end = google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(id, front.data() + 1);
  const auto size = static_cast<std::size_t>(end - front.data());
  zmq::message_t message(size + rest.size());
  std::memcpy(message.data(), front.data(), size);
  std::memcpy(message.data<char>() + size, rest.data(), rest.size());
  return message;
}

}  // namespace

struct Link::Impl {
  struct Asked {
    std::string request;  // encoded, without its id
    Answer answer;
  };

  Impl(Options its_options, zmq::context_t* shared)
      : options(std::move(its_options)),
        own_context(shared ? nullptr : std::make_unique<zmq::context_t>(1)),
        context(shared ? *shared : *own_context),
        asks(options.outstanding) {}

  Options options;
  std::unique_ptr<zmq::context_t> own_context;
  zmq::context_t& context;
  Delivery delivery;
  Changed changed;

  system::Mailbox<Asked> asks;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> outstanding{0};
  std::thread thread;
  std::atomic<std::thread::id> its_id;

  std::mutex mutex;  // of the three below
  std::condition_variable up_changed;
  bool is_up = false;
  v1::Welcome last_welcome;

  // The link's thread only.
  zmq::socket_t socket;
  session::ClientSession session;
  boost::unordered_flat_map<std::uint64_t, Asked> asked;
  std::uint64_t next_id = 1;
  bool hello_waits = false;  // for the connection: sent as soon as the socket can write

  std::vector<zmq::message_t> parts;  // of the message just received
  std::vector<std::string_view> frames;

  void run();
  void take(Asked&& letter);
  void take_asks();
  void receive();
  void hear(v1::Envelope envelope);
  void obey(const session::Actions& actions, v1::Envelope* heard = nullptr);
  bool send(zmq::message_t&& bytes);
  bool send(const v1::Envelope& envelope) {
    const std::string bytes = codec::encode(envelope);
    return send(zmq::message_t(bytes.data(), bytes.size()));
  }
  void greet();
  void finish(std::uint64_t id, v1::Envelope&& reply);
  void tell(bool up);
};

bool Link::Impl::send(zmq::message_t&& bytes) {
  // Not connected or full: the request stays asked and is sent again after WELCOME, or times out.
  const auto sent =
      socket.send(zmq::buffer(codec::kHeader), zmq::send_flags::sndmore | zmq::send_flags::dontwait);
  if (sent) socket.send(std::move(bytes), zmq::send_flags::dontwait);
  return sent.has_value();
}

void Link::Impl::greet() {
  v1::Envelope hello;
  hello.mutable_hello()->set_protocol(session::kProtocol);
  hello.mutable_hello()->set_program(options.program);
  hello.mutable_hello()->set_heartbeat_ms(limits::heartbeat_min);
  hello_waits = !send(hello);
}

void Link::Impl::tell(bool up) {
  {
    const std::lock_guard lock(mutex);
    is_up = up;
  }
  up_changed.notify_all();
  if (changed) changed(up);
}

void Link::Impl::finish(std::uint64_t id, v1::Envelope&& reply) {
  const auto found = asked.find(id);
  if (found == asked.end()) return;
  const Answer answer = std::move(found->second.answer);
  asked.erase(found);
  --outstanding;
  answer(std::move(reply));
}

void Link::Impl::obey(const session::Actions& actions, v1::Envelope* heard) {
  for (const auto& action : actions) {
    if (std::holds_alternative<session::SendHello>(action)) {
      greet();
    } else if (std::holds_alternative<session::SendHeartbeat>(action)) {
      v1::Envelope beat;
      beat.mutable_heartbeat();
      send(beat);
    } else if (const auto* request = std::get_if<session::SendRequest>(&action)) {
      send(numbered(request->id, asked.at(request->id).request));
    } else if (const auto* given = std::get_if<session::GiveAnswer>(&action)) {
      finish(given->id, std::move(*heard));
    } else if (const auto* late = std::get_if<session::GiveTimeout>(&action)) {
      finish(late->id, failure(Code::timed_out, "Pas de réponse : on ne sait pas si c'est enregistré."));
    } else {
      tell(std::holds_alternative<session::TellUp>(action));
    }
  }
}

void Link::Impl::hear(v1::Envelope envelope) {
  const std::int64_t now = system::boot_ms();
  if (envelope.has_welcome()) {
    {
      const std::lock_guard lock(mutex);
      last_welcome = envelope.welcome();
    }
    return obey(session.welcome(now));
  }
  if (envelope.has_error() && envelope.error().code() == name(Code::not_authenticated))
    return obey(session.not_authenticated(now));
  if (envelope.has_deliver() || envelope.has_subscribed()) {
    session.heard(now);
    if (envelope.request_id() == 0) {
      if (delivery) delivery(std::move(envelope));
      return;
    }
  }
  if (envelope.request_id() == 0) return session.heard(now);  // heartbeat, or an error that names no request
  obey(session.reply(envelope.request_id(), now), &envelope);
}

void Link::Impl::receive() {
  for (std::size_t i = 0; i < kDrain; ++i) {
    if (!receive_parts(socket, parts)) return;
    frames.clear();
    for (const auto& part : parts) frames.push_back(part.to_string_view());
    auto decoded = codec::decode(frames);
    if (decoded) hear(std::move(decoded.value()));
  }
}

void Link::Impl::take(Asked&& letter) {
  const std::uint64_t id = next_id++;
  asked.emplace(id, std::move(letter));
  obey(session.ask(id, system::boot_ms() + options.request_timeout.count()));
}

void Link::Impl::take_asks() {
  for (auto& letter : asks.drain()) take(std::move(letter));
}

void Link::Impl::run() {
  system::name_thread("queue-link");
  its_id = std::this_thread::get_id();
  obey(session.start(system::boot_ms()));
  while (!stopping) {
    const short events = hello_waits ? ZMQ_POLLIN | ZMQ_POLLOUT : ZMQ_POLLIN;
    std::vector<zmq::pollitem_t> items{{socket.handle(), 0, events, 0}, {nullptr, asks.fd(), ZMQ_POLLIN, 0}};
    const std::int64_t wait = std::max<std::int64_t>(0, session.next_tick_ms() - system::boot_ms());
    zmq::poll(items, std::chrono::milliseconds{wait});
    if (hello_waits && (items[0].revents & ZMQ_POLLOUT) != 0) greet();
    if (items[1].revents != 0) take_asks();
    receive();
    obey(session.tick(system::boot_ms()));
  }
  take_asks();
  while (!asked.empty()) finish(asked.begin()->first, failure(Code::unavailable, "La connexion est fermée."));
  socket.close();
}

Link::Link(Options options, zmq::context_t* context)
    : impl_(std::make_unique<Impl>(std::move(options), context)) {
  check_endpoint(impl_->options.endpoint, impl_->options.curve);
}

Link::~Link() {
  impl_->stopping = true;
  impl_->asks.wake();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Link::on_delivery(Delivery delivery) {
  impl_->delivery = std::move(delivery);
}
void Link::on_change(Changed changed) {
  impl_->changed = std::move(changed);
}
void Link::start() {
  try {  // here, where it can be told; the thread's start hands the socket over
    impl_->socket = connect_dealer(impl_->context, impl_->options.endpoint, impl_->options.curve);
  } catch (const zmq::error_t& error) {
    throw std::invalid_argument("adresse refusée : " + impl_->options.endpoint + " (" + error.what() + ")");
  }
  impl_->thread = std::thread([this] { impl_->run(); });
}

void Link::ask(v1::Envelope request, Answer answer) {
  request.clear_request_id();
  const std::size_t size = request.ByteSizeLong();
  if (size + kOverhead > limits::envelope)
    return answer(failure(Code::too_large, "Un message fait 64 Kio au plus."));
  Impl::Asked letter{std::string(size, '\0'), std::move(answer)};
  request.SerializeWithCachedSizesToArray(reinterpret_cast<std::uint8_t*>(letter.request.data()));
  if (impl_->stopping) return letter.answer(failure(Code::unavailable, "La connexion est fermée."));
  const bool room = impl_->outstanding.fetch_add(1) < impl_->options.outstanding;
  if (room && impl_->its_id == std::this_thread::get_id())
    return impl_->take(std::move(letter));  // an answer asks on
  if (room && impl_->asks.put(letter)) return;
  --impl_->outstanding;
  letter.answer(failure(Code::busy, "Trop de demandes sans réponse."));
}

std::future<v1::Envelope> Link::ask(v1::Envelope request) {
  auto promise = std::make_shared<std::promise<v1::Envelope>>();
  auto future = promise->get_future();
  ask(std::move(request), [promise](v1::Envelope&& reply) { promise->set_value(std::move(reply)); });
  return future;
}

bool Link::wait_up(std::chrono::milliseconds most) {
  std::unique_lock lock(impl_->mutex);
  return impl_->up_changed.wait_for(lock, most, [this] { return impl_->is_up; });
}

bool Link::up() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->is_up;
}

v1::Welcome Link::welcome() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->last_welcome;
}

}  // namespace bannette::client
