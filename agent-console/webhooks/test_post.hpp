// One event of kind "test", posted now and waited for: what `bannette webhook test` does.
#pragma once
#include <cstdint>

#include "agent-console/core/webhook.hpp"
#include "agent-console/webhooks/store.hpp"

namespace bannette::console::webhook {

// `now_ms`: Unix time; also makes the event's id. Blocks for 11 s at the most, and for the system's resolver.
[[nodiscard]] Lane::Answer post_test(const Endpoint& endpoint, std::int64_t now_ms);

}  // namespace bannette::console::webhook
