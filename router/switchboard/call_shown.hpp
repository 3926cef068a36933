// The desk of calls as its answers show it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "router/switchboard/call_book.hpp"
#include "router/switchboard/pbx.hpp"

#include "bannette/v1/calls.pb.h"

namespace bannette::router {

inline constexpr int kCallsShown = 150;

void put(v1::CallNow& out, const CallBook& book, const calls::Call& call);
void put(v1::Call& out, const CallBook& book, const calls::Call& call);
void put(v1::PostNow& out, const CallBook& book, const CallSite::Post& post, std::int64_t now_ms);
// `state`: how it ended; empty: it waits.
void put(v1::Callback& out, const CallBook& book, const calls::Callback& entry, std::string_view state = {});
// Everything of now, within what an envelope holds.
void put(v1::CallsNow& out, const CallBook& book, const std::vector<PbxState>& pbxs, std::int64_t now_ms);

}  // namespace bannette::router
