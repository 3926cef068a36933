// Figures of webhooks for Prometheus. The label is the endpoint's name.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "agent-console/webhooks/dispatcher.hpp"

namespace bannette::console::webhook {

// Prometheus' text format 0.0.4. `now_ms`: Unix time.
[[nodiscard]] std::string metrics_of(const std::vector<EndpointState>& endpoints, std::int64_t now_ms);

}  // namespace bannette::console::webhook
