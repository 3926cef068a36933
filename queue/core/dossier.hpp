// A dossier as the queue sees it: no personal content, only what order, rights and lifecycle need.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "queue/core/ids.hpp"

namespace bannette {

// Order of service, first to last. Numbers are those of the wire and of the journal.
enum class Urgency : std::uint8_t { immediate = 1, urgent = 2, priority = 3, normal = 4 };

enum class State : std::uint8_t {
  waiting = 1,      // in its bannette; nobody has it
  reserved = 2,     // somebody looks at it, until the lease ends
  in_progress = 3,  // somebody has taken it in hand; no lease runs
  handled = 4,      // an outcome is recorded
};

enum class Outcome : std::uint8_t {
  answered = 1,
  appointment = 2,
  sent_to_partner = 3,
  unreachable = 4,
  no_further_action = 5,
  duplicate = 6,
};

// Transitions, in one place: see lifecycle.hpp.
enum class ChangeKind : std::uint8_t {
  submitted = 1,      //                      -> waiting
  reserved = 2,       // waiting              -> reserved, fence + 1, lease starts
  renewed = 3,        // reserved             -> reserved, lease starts again
  released = 4,       // reserved             -> waiting, old place kept
  lease_expired = 5,  // reserved             -> waiting, old place kept, by the clock
  accepted = 6,       // reserved             -> in_progress, lease ends, same fence
  taken = 7,          // waiting              -> in_progress, fence + 1 (reserve and accept in one)
  noted = 8,          // reserved, in_progress: unchanged; a text is added
  handled = 9,        // in_progress          -> handled, with an outcome
};

[[nodiscard]] std::string_view name(Urgency urgency);
[[nodiscard]] std::string_view name(State state);
[[nodiscard]] std::string_view name(Outcome outcome);
[[nodiscard]] std::string_view name(ChangeKind kind);
[[nodiscard]] std::optional<Urgency> parse_urgency(std::string_view text);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text);

// 128 bits of BLAKE2b over a request, made by the shell: is a retry the same request?
using Digest = std::array<std::uint8_t, 16>;

// What lists show and what the journal keeps as the current state of a dossier.
struct Dossier {
  Uuid id;
  std::uint64_t number = 0;  // 1, 2, 3 ... without gaps within a site
  std::string bannette;
  State state = State::waiting;
  std::string topic;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string insee;              // 5 characters or empty
  std::int64_t arrived_ms = 0;    // Unix time
  std::int64_t deadline_ms = 0;   // Unix time; 0: none
  std::uint64_t arrival_seq = 0;  // the journal's sequence of its first change: its place
  std::uint64_t changed_seq = 0;  // of its last change
  std::int64_t changed_ms = 0;
  std::uint64_t fence = 0;               // grows by one at each reservation
  std::string holder;                    // empty unless reserved, in_progress or handled
  std::int64_t lease_ms = 0;             // length of the lease; 0 unless reserved
  std::int64_t lease_until_wall_ms = 0;  // for people, and for another boot
  std::int64_t lease_until_boot_ms = 0;  // for this boot
  std::uint64_t lease_boot_id = 0;
  std::optional<Outcome> outcome;
  bool operator==(const Dossier&) const = default;
};

}  // namespace bannette
