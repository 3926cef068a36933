// What an endpoint receives: JSON of the form that Standard Webhooks advises (type, timestamp, data).
#pragma once
#include <string>

#include "agent-console/core/webhook.hpp"

namespace bannette::console::webhook {

// `console`: the console's address as people reach it, for the link; empty: none. Texts that are empty are
// left out.
[[nodiscard]] std::string body_of(const Event& event, const std::string& console);

// RFC 3339, UTC, milliseconds.
[[nodiscard]] std::string rfc3339(std::int64_t at_ms);

}  // namespace bannette::console::webhook
