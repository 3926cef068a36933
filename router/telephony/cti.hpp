// The generic CTI payload that PBX bridges send to help desks (docs.zammad.org, "Generic CTI": newCall,
// answer, hangup), as facts for the ledger. It has no times (they are those of its arrival), no queue's
// events, and says of a hangup only its cause: so what is asked of it is less than of AMI, and what it cannot
// say stays unknown.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "router/calls/call.hpp"
#include "router/calls/event.hpp"

namespace bannette::telephony {

enum class CtiKind : std::uint8_t { new_call, answer, hangup };

struct CtiMessage {
  CtiKind kind = CtiKind::new_call;
  std::string pbx, id;  // id: as the ledger is to know it
  std::string from, to;
  bool outbound = false;
  std::string queue;  // "" = not said: the number that was called
  std::string cause;  // normalClearing, cancel, noAnswer, busy, congestion, notFound, forwarded; others as
                      // normalClearing
  std::vector<std::string> users;
  std::string answering_number;
  std::int64_t at_ms = 0;  // Unix time of its arrival
};

struct CtiPost {
  std::string interface, name;
};
// Which post a user or an extension means; an empty interface: none that the site knows.
using FindPost = std::function<CtiPost(std::string_view)>;

// `known`: the call as the ledger has it; null where it does not.
[[nodiscard]] std::vector<calls::Event> facts_of(const CtiMessage& message, const calls::Call* known,
                                                 const FindPost& post);

}  // namespace bannette::telephony
