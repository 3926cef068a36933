#include "agent-console/server/link_backend.hpp"

#include <mutex>
#include <vector>

#include <spdlog/spdlog.h>

#include "queue/core/error.hpp"

namespace bannette::console {
namespace {

constexpr std::uint32_t kCredit = 1'000;    // hints that may be under way
constexpr std::uint32_t kCreditStep = 250;  // given back at once
constexpr std::size_t kHints =
    4'096;  // hints waiting for the server's thread; beyond, they are lost and told so

}  // namespace

struct LinkBackend::Impl : std::enable_shared_from_this<LinkBackend::Impl> {
  // What a link's thread leaves for the server's thread, in order.
  struct Letter {
    enum class Kind { answer, hint, lost, up, down } kind;
    Answer answer;
    v1::Envelope envelope;
  };

  std::unique_ptr<client::Link> queue;
  std::unique_ptr<client::Link> router;  // nothing: by the queue
  bool by_queue = false;
  client::Link* own = nullptr;  // `queue`, for its own thread, which ends before it does
  Post post;
  Events events;

  std::mutex mutex;
  std::vector<Letter> letters;
  std::size_t hints = 0;    // among the letters
  std::uint32_t heard = 0;  // hints since credit was given; the queue link's thread only

  // Answers are bounded by the link's outstanding requests, link changes by time; hints here.
  void put(Letter letter) {
    {
      const std::lock_guard lock(mutex);
      if (letter.kind == Letter::Kind::hint && ++hints > kHints) {
        --hints;
        if (letters.back().kind == Letter::Kind::lost) return;
        letter = {Letter::Kind::lost, {}, {}};
      }
      letters.push_back(std::move(letter));
      if (letters.size() > 1) return;  // somebody has posted already
    }
    post([self = shared_from_this()] { self->deliver(); });
  }

  // On the server's thread.
  void deliver() {
    std::vector<Letter> batch;
    {
      const std::lock_guard lock(mutex);
      batch.swap(letters);
      hints = 0;
    }
    for (Letter& letter : batch) open(letter);
  }

  void open(Letter& letter) {
    switch (letter.kind) {
      case Letter::Kind::answer:
        return letter.answer(std::move(letter.envelope));
      case Letter::Kind::hint:
        return events.deliver(std::move(*letter.envelope.mutable_deliver()));
      case Letter::Kind::lost:
        return events.lost();
      case Letter::Kind::up:
        return events.link(true);
      case Letter::Kind::down:
        return events.link(false);
    }
  }

  void ask(client::Link* link, v1::Envelope question, Answer answer) {
    if (!link) return put({Letter::Kind::answer, std::move(answer), unavailable()});
    link->ask(std::move(question),
              [self = shared_from_this(), answer = std::move(answer)](v1::Envelope&& reply) {
                self->put({Letter::Kind::answer, answer, std::move(reply)});
              });
  }

  static v1::Envelope unavailable() {
    v1::Envelope reply;
    reply.mutable_error()->set_code(std::string(bannette::name(Code::unavailable)));
    reply.mutable_error()->set_detail("Le service s’arrête.");
    return reply;
  }

  // The queue link's thread, from here on.
  void changed(bool up) {
    put({up ? Letter::Kind::up : Letter::Kind::down, {}, {}});
    if (up) subscribe();
  }

  // A new session has forgotten the subscription. The reply says from where on hints come: fetch again.
  void subscribe() {
    heard = 0;
    v1::Envelope question;
    question.mutable_subscribe()->set_credit(kCredit);
    own->ask(std::move(question), [self = weak_from_this()](v1::Envelope&& reply) {
      const auto alive = self.lock();
      if (!alive) return;
      if (reply.has_error()) {
        spdlog::warn("console: no live updates: {} {}", reply.error().code(), reply.error().detail());
      } else {
        alive->put({Letter::Kind::lost, {}, {}});
      }
    });
  }

  void delivered(v1::Envelope&& envelope) {
    if (!envelope.has_deliver())
      return put({Letter::Kind::lost, {}, {}});  // the queue tells that some were missed
    put({Letter::Kind::hint, {}, std::move(envelope)});
    if (++heard < kCreditStep) return;
    v1::Envelope more;
    more.mutable_credit()->set_credit(std::exchange(heard, 0));
    own->ask(std::move(more), [](v1::Envelope&&) {});  // has no reply
  }
};

LinkBackend::LinkBackend(client::Options queue, std::optional<client::Options> router,
                         zmq::context_t* context)
    : impl_(std::make_shared<Impl>()) {
  impl_->queue = std::make_unique<client::Link>(std::move(queue), context);
  impl_->own = impl_->queue.get();
  impl_->by_queue = !router;
  if (router) impl_->router = std::make_unique<client::Link>(std::move(*router), context);
}

LinkBackend::~LinkBackend() {
  stop();
}

void LinkBackend::start(Post post, Events events) {
  impl_->post = std::move(post);
  impl_->events = std::move(events);
  impl_->queue->on_change([impl = impl_.get()](bool up) { impl->changed(up); });
  impl_->queue->on_delivery(
      [impl = impl_.get()](v1::Envelope&& envelope) { impl->delivered(std::move(envelope)); });
  impl_->queue->start();
  if (impl_->router) impl_->router->start();
}

// The links answer what is outstanding as they end; the server's thread still hands that out.
void LinkBackend::stop() {
  impl_->router.reset();
  impl_->queue.reset();
}

void LinkBackend::ask_queue(v1::Envelope question, Answer answer) {
  impl_->ask(impl_->queue.get(), std::move(question), std::move(answer));
}

void LinkBackend::ask_router(v1::Envelope question, Answer answer) {
  impl_->ask(impl_->by_queue ? impl_->queue.get() : impl_->router.get(), std::move(question),
             std::move(answer));
}

bool LinkBackend::queue_up() const {
  return impl_->queue && impl_->queue->up();
}
bool LinkBackend::router_up() const {
  return impl_->by_queue ? queue_up() : impl_->router && impl_->router->up();
}

}  // namespace bannette::console
