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
  bool by_person = false;   // a person acted, not a key or the clock alone: it acknowledges a danger
  std::string reason;       // coded: "next", "chosen", an outcome's name ...
  std::optional<Uuid> key;  // idempotency key of the request
  Digest digest{};          // of the request, with the key

  // submitted; `bannette` also where a dossier leaves one (proposal_accepted, returned, moved) and unattended
  std::string bannette;
  std::string topic;
  std::string insee;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  // submitted, rescheduled, and where a hold ends
  std::int64_t deadline_ms = 0;
  Delay::Unit clock = Delay::Unit::none;
  std::int64_t paused_ms = 0;  // by this hold, on that clock
  // reserved, renewed, taken; the others repeat the fence that they were checked against, or its successor
  std::uint64_t fence = 0;
  std::int64_t lease_ms = 0;
  // handled
  std::optional<Outcome> outcome;
  // A bannette (proposed, copied, proposal_accepted, returned, moved), a person (reassigned, delegated), the
  // rules' fingerprint (calendar_changed).
  std::string to;
  std::string person;         // delegated, delegation_ended: whose dossiers
  std::int64_t from_ms = 0;   // delegated
  std::int64_t until_ms = 0;  // held, proposed, handled, delegated; clock_jumped: by how much, signed
  std::uint64_t other = 0;    // merged, absorbed, linked: the other dossier's number
  std::optional<Step> step;   // escalated

  bool operator==(const Change&) const = default;
};

}  // namespace bannette
