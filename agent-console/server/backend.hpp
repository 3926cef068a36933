// What the console needs of queue and router: a port. LinkBackend (link_backend.hpp) is the real one.
#pragma once
#include <functional>

#include "bannette/v1/envelope.pb.h"

namespace bannette::console {

class Backend {
 public:
  // Runs a piece of work on the server's thread, later, never inside the call. Any thread may call it.
  using Post = std::function<void(std::function<void()>)>;
  // Exactly one call for each question, on the server's thread: the reply, or an Envelope with `error`.
  using Answer = std::function<void(v1::Envelope&&)>;
  // All called on the server's thread.
  struct Events {
    std::function<void(v1::Deliver&&)> deliver;
    std::function<void()> lost;         // some hints were lost: fetch again
    std::function<void(bool up)> link;  // the queue's session opened or went
  };

  virtual ~Backend() = default;

  // All of these are called on the server's thread (start: before it runs).
  // Once, before the first question.
  virtual void start(Post post, Events events) = 0;
  // What is not answered is answered `unavailable`; nothing is posted any more once those answers have run.
  virtual void stop() = 0;

  virtual void ask_queue(v1::Envelope question, Answer answer) = 0;
  virtual void ask_router(v1::Envelope question, Answer answer) = 0;
  [[nodiscard]] virtual bool queue_up() const = 0;
  [[nodiscard]] virtual bool router_up() const = 0;
};

}  // namespace bannette::console
