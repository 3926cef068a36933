// A dossier as the queue sees it: no personal content, only what order, rights and lifecycle need.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "queue/core/clock.hpp"
#include "queue/core/delay.hpp"
#include "queue/core/ids.hpp"

namespace bannette {

// Order of service, first to last. Numbers are those of the wire and of the journal.
enum class Urgency : std::uint8_t { immediate = 1, urgent = 2, priority = 3, normal = 4 };

enum class State : std::uint8_t {
  waiting = 1,      // in its bannette; nobody has it
  reserved = 2,     // somebody looks at it, until the lease ends
  in_progress = 3,  // somebody has taken it in hand; no lease runs
  handled = 4,      // an outcome is recorded; it may be reopened until it closes
  on_hold = 5,      // taken in hand, and nothing can be done until a date; its clock is paused
  closed = 6,       // for good
  merged = 7,       // it was another dossier's duplicate: that one goes on
};

enum class Outcome : std::uint8_t {
  answered = 1,
  appointment = 2,
  sent_to_partner = 3,
  unreachable = 4,
  no_further_action = 5,
  duplicate = 6,
};

// Why somebody holds, redirects, refuses, returns, moves or reassigns. `other` needs words beside it.
enum class Why : std::uint8_t {
  wrong_territory = 1,
  wrong_topic = 2,
  not_competent = 3,
  incomplete = 4,
  no_capacity = 5,
  awaiting_person = 6,
  awaiting_document = 7,
  awaiting_partner = 8,
  appointment_set = 9,
  absence = 10,
  safety = 11,
  other = 12,
};

// Why somebody of no right of their own looks into a dossier. `other` needs words beside it.
enum class Purpose : std::uint8_t {
  arbitration = 1,
  danger = 2,
  late = 3,
  complaint = 4,
  quality = 5,
  legal_request = 6,
  other = 7,
};

// Whom an unacknowledged danger has reached.
enum class Step : std::uint8_t { unit = 1, manager = 2, on_call = 3, supervisors = 4 };

// Transitions, in one place: see lifecycle.hpp.
enum class ChangeKind : std::uint8_t {
  submitted = 1,      //                      -> waiting
  reserved = 2,       // waiting              -> reserved, fence + 1, lease starts
  renewed = 3,        // reserved             -> reserved, lease starts again
  released = 4,       // reserved             -> waiting, old place kept
  lease_expired = 5,  // reserved             -> waiting, old place kept, by the clock
  accepted = 6,       // reserved             -> in_progress, lease ends, same fence
  taken = 7,          // waiting              -> in_progress, fence + 1 (reserve and accept in one)
  noted = 8,          // a text is added
  handled = 9,        // in_progress, on_hold -> handled, with an outcome
  held = 10,          // in_progress          -> on_hold, until a date; the clock is paused
  resumed = 11,       // on_hold              -> in_progress, by a person or by the clock
  reassigned = 12,    // open                 -> in_progress of another person (on_hold stays so), fence + 1
  // A redirect is a proposal: the dossier stays where it is, and the sender answers for it.
  proposed = 13,            // reserved, in_progress, on_hold -> in_progress
  proposal_accepted = 14,   // -> waiting in the other bannette, fence + 1, place and deadline kept
  proposal_refused = 15,    // unchanged
  proposal_withdrawn = 16,  // unchanged
  proposal_expired = 17,    // unchanged, by the clock; an alarm
  copied = 18,              // another bannette may read it
  returned = 19,            // held -> waiting at the switchboard, fence + 1, place and deadline kept
  moved = 20,               // open -> waiting in another bannette: a supervisor's decision
  reopened = 21,            // handled -> in_progress, fence + 1
  closed = 22,              // handled -> closed, by a person or by the clock
  merged = 23,              // open -> merged into another
  absorbed = 24,            // that other one's history says so
  acknowledged = 25,        // a human has seen the danger: it climbs no further
  escalated = 26,           // a danger reached the next step
  breached = 27,            // its deadline passed before it was taken in hand
  starved = 28,             // it has waited longer than the site allows
  rescheduled = 29,         // the calendar changed, and with it the deadline
  // Content is shown; the reason says by which right ("unit", "proposal", "copy") or for which Purpose. A
  // reading or a taking soon before, by the same person, stands for it (readings.hpp).
  read = 30,
  // Of the site: no dossier, number 0.
  calendar_changed = 31,  // hours, closures or delays are others than before
  delegated = 32,         // a person's dossiers may be worked on by another, for a time
  delegation_ended = 33,
  unattended = 34,  // dossiers wait in a bannette, it is open, and nobody watches it
  attended = 35,
  clock_jumped = 36,  // wall time moved against boot time by more than 5 s
  // Of a dossier again.
  linked = 37,  // another dossier is of the same call
};
inline constexpr ChangeKind kLastChange = ChangeKind::linked;

// Is it a change of the site rather than of a dossier?
[[nodiscard]] constexpr bool of_site(ChangeKind kind) {
  return kind >= ChangeKind::calendar_changed && kind <= ChangeKind::clock_jumped;
}
// Somebody saw the content.
[[nodiscard]] constexpr bool is_reading(ChangeKind kind) {
  return kind == ChangeKind::read || kind == ChangeKind::reserved || kind == ChangeKind::taken;
}
// What supervisors, on-call people and webhooks are told of.
[[nodiscard]] bool is_event(ChangeKind kind);

[[nodiscard]] std::string_view name(Urgency urgency);
[[nodiscard]] std::string_view name(State state);
[[nodiscard]] std::string_view name(Outcome outcome);
[[nodiscard]] std::string_view name(ChangeKind kind);
[[nodiscard]] std::string_view name(Why why);
[[nodiscard]] std::string_view name(Step step);
[[nodiscard]] std::string_view name(Purpose purpose);
[[nodiscard]] std::optional<Urgency> parse_urgency(std::string_view text);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text);
[[nodiscard]] std::optional<Purpose> parse_purpose(std::string_view text);

// 128 bits of BLAKE2b over a request, made by the shell: is a retry the same request?
using Digest = std::array<std::uint8_t, 16>;

// A redirect that waits for its answer.
struct Proposal {
  std::string to;    // bannette
  std::string from;  // who proposed: the holder
  std::string why;
  std::int64_t until_ms = 0;  // Unix time; then it ends by itself
  bool operator==(const Proposal&) const = default;
};

// How far a danger has climbed. Calendar time, on the boot clock.
struct Climb {
  std::uint8_t steps = 0;  // bit (Step - 1): fired
  Instant last;            // of the last step
  std::string acknowledged_by;
  bool operator==(const Climb&) const = default;
};
[[nodiscard]] constexpr bool has_fired(const Climb& climb, Step step) {
  return (climb.steps >> (static_cast<unsigned>(step) - 1) & 1U) != 0;
}

// Where the deadline for taking in hand stands.
enum class DeadlineState : std::uint8_t { none = 1, running = 2, paused = 3, met = 4, breached = 5 };

// What lists show and what the journal keeps as the current state of a dossier.
struct Dossier {
  Uuid id;
  std::uint64_t number = 0;  // 1, 2, 3 ... without gaps within a site
  std::string bannette;
  State state = State::waiting;
  std::string topic;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string insee;                      // 5 characters or empty
  std::int64_t arrived_ms = 0;            // Unix time
  std::int64_t deadline_ms = 0;           // Unix time; 0: none
  Delay::Unit clock = Delay::Unit::none;  // on which the deadline runs
  std::int64_t paused_ms = 0;             // on that clock: how much holds have moved the deadline
  bool breached = false;                  // the deadline passed before it was taken in hand; never taken back
  bool starved = false;
  bool seen = false;                     // somebody of its bannette has seen the content since it came there
  std::uint64_t arrival_seq = 0;         // the journal's sequence of its first change: its place
  std::uint64_t changed_seq = 0;         // of its last change
  std::int64_t changed_ms = 0;           // readings by one's own right, or for a purpose, do not count
  std::int64_t taken_ms = 0;             // of the last taking in hand; 0 while it waits
  std::uint64_t fence = 0;               // grows by one with each new holder
  std::string holder;                    // who has it; in handled and after: who had it
  std::int64_t lease_ms = 0;             // length of the lease; 0 unless reserved
  std::int64_t lease_until_wall_ms = 0;  // for people, and for another boot
  std::int64_t lease_until_boot_ms = 0;  // for this boot
  std::uint64_t lease_boot_id = 0;
  std::int64_t until_ms = 0;      // on_hold: when it resumes; handled: when it closes; 0: not by itself
  std::int64_t held_ms = 0;       // on_hold: since when
  std::string hold_why;           // on_hold: coded
  std::uint32_t hops = 0;         // accepted redirects
  std::uint64_t merged_into = 0;  // number
  std::optional<Proposal> proposal;
  std::vector<std::string> copies;    // bannettes that may read it, sorted
  std::vector<std::uint64_t> linked;  // numbers of others of the same call, sorted
  Climb climb;                        // danger only
  std::optional<Outcome> outcome;
  bool operator==(const Dossier&) const = default;
};

[[nodiscard]] constexpr bool is_open(State state) {
  return state == State::waiting || state == State::reserved || state == State::in_progress ||
         state == State::on_hold;
}
// A breach is a recorded change, made before any later command: the mark alone tells.
[[nodiscard]] DeadlineState deadline_state(const Dossier& dossier);

}  // namespace bannette
