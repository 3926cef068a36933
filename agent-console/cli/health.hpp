// What /readyz and /metrics say of queue and router. Nothing personal.
#pragma once
#include <string>
#include <vector>

#include "queue/broker/broker.hpp"
#include "router/service/service.hpp"

namespace bannette::console {

// French; empty: ready.
[[nodiscard]] std::vector<std::string> reasons_not_ready(const broker::Health& queue,
                                                         const router::ServiceHealth& router);
// Prometheus text exposition format 0.0.4.
[[nodiscard]] std::string metrics_of(const broker::Health& queue, const router::ServiceHealth& router);

}  // namespace bannette::console
