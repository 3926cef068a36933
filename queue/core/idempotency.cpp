#include "queue/core/idempotency.hpp"

#include "queue/core/limits.hpp"

namespace bannette {

std::optional<Refusal> check_key(const std::optional<Uuid>& key, std::int64_t wall_ms) {
  if (!key)
    return Refusal{Code::key_missing, "idempotency_key", "Une clé d'idempotence (UUIDv7) est nécessaire."};
  if (!is_uuid7(*key))
    return Refusal{Code::malformed, "idempotency_key", "La clé d'idempotence n'est pas un UUIDv7."};
  const std::int64_t time = uuid7_time_ms(*key);
  if (time < wall_ms - limits::key_age_max)
    return Refusal{Code::key_expired, "idempotency_key", "La clé d'idempotence a plus de 30 jours."};
  if (time > wall_ms + limits::key_ahead_max)
    return Refusal{Code::key_expired, "idempotency_key",
                   "La clé d'idempotence est en avance de plus de 2 heures."};
  return std::nullopt;
}

}  // namespace bannette
