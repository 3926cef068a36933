// Figures of calls as Prometheus reads them: text exposition format 0.0.4.
#pragma once
#include <string>
#include <vector>

#include "router/calls/metrics.hpp"

namespace bannette::router {

[[nodiscard]] std::string exposition(const std::vector<calls::MetricFamily>& families);

}  // namespace bannette::router
