// What /readyz and /metrics say of queue and router. Nothing personal.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "agent-console/cli/configurations.hpp"
#include "agent-console/webhooks/dispatcher.hpp"
#include "queue/broker/broker.hpp"
#include "router/service/service.hpp"

namespace bannette::console {

// French; empty: ready.
[[nodiscard]] std::vector<std::string> reasons_not_ready(const broker::Health& queue,
                                                         const router::ServiceHealth& router);
// Prometheus text exposition format 0.0.4.
[[nodiscard]] std::string metrics_of(const broker::Health& queue, const router::ServiceHealth& router);
// The same of a roll back that holds, and of the last backup's age (absent: none was made).
[[nodiscard]] std::string metrics_of(const Configurations& kept, const std::filesystem::path& data);

// What the administrator's screen shows of it all, as openapi.json has it ("Health").
struct Whole {
  broker::Health queue;
  router::ServiceHealth router;
  std::vector<webhook::EndpointState> webhooks;
  std::vector<std::string> reasons;  // why it is not ready
  std::filesystem::path data;
  std::string program;  // version
};
[[nodiscard]] std::string health_json(const Whole& whole);

}  // namespace bannette::console
