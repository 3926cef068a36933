// Which of a PBX's facts are this service's: a PBX may serve a whole administration, and others' calls are
// not to be kept.
#pragma once
#include <string>
#include <vector>

#include "router/calls/event.hpp"

namespace bannette::telephony {

class Ours {
 public:
  // Empty: all. `trunks`: how channels of callers from outside begin; `entries`: how the place in the
  // dialplan begins where they come in ("from-trunk", "from-trunk,0320001122"); `queues`: their names.
  Ours(std::vector<std::string> trunks, std::vector<std::string> entries, std::vector<std::string> queues)
      : trunks_(std::move(trunks)), entries_(std::move(entries)), queues_(std::move(queues)) {}

  // Whether it is to be told. A channel in another's queue is told without that queue: it may be one that was
  // in ours before, and is not gone.
  [[nodiscard]] bool take(calls::Event& event) const;

 private:
  std::vector<std::string> trunks_, entries_, queues_;
};

}  // namespace bannette::telephony
