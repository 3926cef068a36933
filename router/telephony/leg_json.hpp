// A leg as `bannette calls --json` writes it: one object a line. The fields are in README.md, "Calls".
#pragma once
#include <string>
#include <string_view>

#include "router/calls/leg.hpp"

namespace bannette::telephony {

[[nodiscard]] std::string leg_json(const calls::Leg& leg, std::string_view call);

}  // namespace bannette::telephony
