// Events from the queue's feed (ListEvents), over a session of its own as the console.
#pragma once
#include <string>

#include "agent-console/webhooks/event_source.hpp"
#include "queue/client/link.hpp"

namespace bannette::console::webhook {

// What of an event leaves the house: neither the actor nor the reason nor the person that is told, and of a
// restricted dossier not its topic. They stay in the journal.
[[nodiscard]] Event event_of(const v1::Event& from, const std::string& site);

class QueueEvents final : public EventSource {
 public:
  // `options`: how to reach the queue; `site`: its code, for what is told. Starts the session. Throws
  // std::invalid_argument for an address that ZeroMQ refuses.
  QueueEvents(client::Options options, zmq::context_t* context, std::string site);
  void page(std::uint64_t after_seq, std::size_t limit, Answer answer) override;

 private:
  std::string site_;
  client::Link link_;
};

}  // namespace bannette::console::webhook
