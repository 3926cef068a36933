// One change of one dossier: a line of its history, and the unit that the journal keeps.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "queue/core/clock.hpp"
#include "queue/core/dossier.hpp"

namespace bannette {

struct Change {
  std::uint64_t seq = 0;  // 1, 2, 3 ... without gaps over the whole journal
  std::uint64_t previous_seq =
      0;  // of the same dossier; 0 for its first: the history is walked without an index
  Instant at;
  ChangeKind kind = ChangeKind::submitted;
  Uuid id;
  std::uint64_t number = 0;
  std::string principal;    // authenticated: "unit:CODE", "router", "console", "clock"
  std::string actor;        // the person or the principal: what the history shows
  std::string reason;       // coded: "next", "chosen", an outcome's name ...
  std::optional<Uuid> key;  // idempotency key of the request
  Digest digest{};          // of the request, with the key

  // submitted
  std::string bannette;
  std::string topic;
  std::string insee;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::int64_t deadline_ms = 0;
  // reserved, renewed, taken; the others repeat the fence that they were checked against
  std::uint64_t fence = 0;
  std::int64_t lease_ms = 0;
  // handled
  std::optional<Outcome> outcome;

  bool operator==(const Change&) const = default;
};

}  // namespace bannette
