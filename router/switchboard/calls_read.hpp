// The whole ledger of calls from DATA/calls.db, also while the service runs.
#pragma once
#include <filesystem>
#include <functional>

#include "queue/journal/seal.hpp"
#include "router/calls/call.hpp"
#include "router/telephony/coverage.hpp"

namespace bannette::router {

// Calls that are over by arrival, then those that go on, as their facts say. Answers what of the PBX's life
// could be heard (facts that retention has erased are missing in it). Throws journal::CannotOpen,
// journal::Damaged, sqlite::Error.
telephony::Coverage read_calls(const std::filesystem::path& data, const seal::Key& master,
                               const std::string& pbx, const std::function<void(const calls::Call&)>& take);

}  // namespace bannette::router
