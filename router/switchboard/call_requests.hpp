// What people and the console ask of the desk of calls, and who may: all that is answered from the book at
// once.
#pragma once
#include <cstdint>
#include <vector>

#include "router/switchboard/call_book.hpp"
#include "router/switchboard/call_figures.hpp"
#include "router/switchboard/calls_rows.hpp"
#include "router/switchboard/pbx.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::router {

// Everything that a request may need of the desk.
struct CallRoom {
  CallBook& book;
  CallsRows& rows;
  const CallFigures& figures;
  const std::vector<PbxState>& pbxs;
  std::int64_t now_ms = 0;
};

// Is this one of the requests about calls?
[[nodiscard]] bool about_calls(const v1::Envelope& envelope);
[[nodiscard]] bool may_watch_calls(const Authority& who);  // everything of now, and figures
[[nodiscard]] bool may_take_calls(const Authority& who);   // posts, own calls, callbacks

// BindPost, GetCall, ListCalls, QualifyCall, ListCallbacks, SettleCallback but DIAL, CtiEvent. Others are the
// desk's.
[[nodiscard]] Result<v1::Envelope> answered(const CallRoom& room, const v1::Envelope& in,
                                            const Authority& who);

// What must hold before a PBX is asked.
struct Order {
  const CallSite::Post* post = nullptr;
  std::string number;  // to dial
  bool pause = false, paused = false;
  std::string reason;
  std::uint64_t callback = 0;  // locked for it; 0: none
};
// DialNumber, PausePost, SettleCallback with DIAL.
[[nodiscard]] Result<Order> ordered(const CallRoom& room, const v1::Envelope& in, const Authority& who);

}  // namespace bannette::router
