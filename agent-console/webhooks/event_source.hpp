// Where events come from: the queue's feed, pulled by cursor (pull is the truth, a push only a hint).
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "agent-console/core/webhook.hpp"

namespace bannette::console::webhook {

struct Page {
  // Nothing up to here is missing from `events`. Below what was asked after: the journal ends there, since an
  // older one was restored.
  std::uint64_t scanned_seq = 0;
  bool more = false;          // there may be more at once
  std::vector<Event> events;  // in order
};

class EventSource {
 public:
  virtual ~EventSource() = default;
  // Exactly one call, from any thread, also after who asked is gone: the events after `after_seq`, `limit` at
  // the most; nothing where the queue does not answer now.
  using Answer = std::function<void(std::optional<Page>)>;
  virtual void page(std::uint64_t after_seq, std::size_t limit, Answer answer) = 0;
};

}  // namespace bannette::console::webhook
