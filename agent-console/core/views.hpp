// Words and forms that people see: French labels of the enumerations, and times.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "queue/core/authority.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::console {

[[nodiscard]] std::string_view label(Urgency urgency);
[[nodiscard]] std::string_view label(Outcome outcome);

// "2026-11-25T09:30:00.000Z" (ISO 8601, UTC, milliseconds) of a Unix time in milliseconds.
[[nodiscard]] std::string iso8601(std::int64_t unix_ms);

}  // namespace bannette::console
