// Queue and router over their sessions on the wire. Each link's thread puts what it hears into one bounded
// mailbox; the server's thread takes it out in batches.
#pragma once
#include <memory>
#include <optional>

#include "agent-console/server/backend.hpp"
#include "queue/client/link.hpp"

namespace bannette::console {

class LinkBackend final : public Backend {
 public:
  // Without a router's endpoint its questions go to the queue, which relays them. `context` is needed for
  // inproc endpoints and must outlive this. Throws as client::Link does.
  LinkBackend(client::Options queue, std::optional<client::Options> router,
              zmq::context_t* context = nullptr);
  ~LinkBackend() override;

  void start(Post post, Events events) override;
  void stop() override;
  void ask_queue(v1::Envelope question, Answer answer) override;
  void ask_router(v1::Envelope question, Answer answer) override;
  [[nodiscard]] bool queue_up() const override;
  [[nodiscard]] bool router_up() const override;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;  // shared with work that is posted and not yet done
};

}  // namespace bannette::console
