// What a PBX tells by the console's webhook.
#pragma once
#include "router/switchboard/call_requests.hpp"

namespace bannette::router {

// A repetition, and what comes too late, changes nothing and is no error. not_found: no such PBX here.
[[nodiscard]] Result<v1::Envelope> take_cti(const CallRoom& room, const v1::CtiEvent& in);

}  // namespace bannette::router
