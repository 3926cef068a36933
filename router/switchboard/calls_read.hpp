// The whole ledger of calls from DATA/calls.db, also while the service runs.
#pragma once
#include <filesystem>
#include <functional>

#include "queue/journal/seal.hpp"
#include "router/calls/call.hpp"
#include "router/telephony/coverage.hpp"

namespace bannette::router {

// Calls that are over by arrival, then those that go on, as their facts say. With `coverage`, what of the
// PBX's life could be heard (facts that retention has erased are missing in it): all facts are read for it.
// Throws journal::CannotOpen, journal::Damaged, sqlite::Error.
void read_calls(const std::filesystem::path& data, const seal::Key& master,
                const std::function<void(const calls::Call&)>& take, const std::string& pbx = {},
                telephony::Coverage* coverage = nullptr);

}  // namespace bannette::router
