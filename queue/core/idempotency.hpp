// The rule for idempotency keys: a UUIDv7 whose time is near, so that forgetting an old one is safe.
#pragma once
#include <cstdint>
#include <optional>

#include "queue/core/error.hpp"
#include "queue/core/ids.hpp"

namespace bannette {

// Nothing where the key may be used at this time; else key_missing, malformed or key_expired
// (limits::key_age_max, limits::key_ahead_max).
[[nodiscard]] std::optional<Refusal> check_key(const std::optional<Uuid>& key, std::int64_t wall_ms);

}  // namespace bannette
