// Every bound of the queue, named and explained. Sizes in bytes, times in milliseconds unless the name says
// otherwise.
#pragma once
#include <cstddef>
#include <cstdint>

namespace bannette::limits {

inline constexpr std::size_t envelope = 64 * 1024;  // one message on the wire, both frames
inline constexpr std::size_t note = 20'000;         // an operator's note: 10,000 characters of two bytes
inline constexpr std::size_t added_note = 8'000;    // a note added by an agent, or the text of an outcome
inline constexpr std::size_t commune = 200;
inline constexpr std::size_t address = 400;
inline constexpr std::size_t caller_name = 120;
inline constexpr std::size_t phone = 40;
inline constexpr std::size_t call = 128;     // a call's id
inline constexpr std::size_t code = 64;      // topic, bannette part, unit, person's login
inline constexpr std::size_t bannette = 96;  // UNIT/SERVICE
inline constexpr std::size_t reasons = 32;   // kept with a dossier
inline constexpr std::size_t reason_text = 300;
inline constexpr std::size_t actor_units = 16;
inline constexpr std::size_t holder = 2 * code + 8;  // a person, or "unit:CODE/person"
inline constexpr std::size_t copies = 8;             // bannettes that may read a dossier beside its own
inline constexpr std::size_t linked = 8;             // dossiers of the same call that a submission names
inline constexpr std::size_t links = 16;             // of one dossier, both ways
inline constexpr std::int64_t link_age = 24LL * 3600 * 1000;
inline constexpr std::size_t logged = 65'536;  // who logged what, newest: three days' calls of a large centre
// Reads of one dossier by one person within it are one record: as long as one has a page open over one
// matter, and short enough that who comes back to it later the same day is seen to.
inline constexpr std::int64_t reading = 10 * 60 * 1000;
inline constexpr std::size_t readings = 65'536;  // remembered for that; beyond, the oldest is recorded again
inline constexpr std::size_t people = 200'000;   // names of holders in memory; beyond: busy
inline constexpr std::size_t people_of_unit = 2'000;  // of one unit's key: it cannot take the others' room
inline constexpr std::size_t delegations = 1'000;
inline constexpr std::size_t delegations_of_unit = 100;  // for the people of one unit's key

inline constexpr std::int64_t hold_max = 366LL * 24 * 3600 * 1000;
inline constexpr std::int64_t delegation_max = 366LL * 24 * 3600 * 1000;
inline constexpr std::int64_t watch = 120'000;  // a bannette counts as watched so long after somebody looked
inline constexpr std::int64_t watch_round = 5'000;  // presence is looked at so often
inline constexpr std::int64_t clock_jump = 5'000;   // wall against boot time; more is told

inline constexpr std::int64_t lease_default = 120'000;
inline constexpr std::int64_t lease_min = 5'000;
inline constexpr std::int64_t lease_max = 3'600'000;

inline constexpr std::int64_t close_after_default = 7LL * 24 * 3'600'000;  // from handled to closed
inline constexpr std::int64_t close_after_min = 3'600'000;
inline constexpr std::int64_t close_after_max = 365LL * 24 * 3'600'000;
inline constexpr std::size_t on_call = 64;  // periods of the configuration
inline constexpr std::size_t on_call_label = 120;
inline constexpr std::size_t on_call_people = 16;  // login names of one period

inline constexpr std::int64_t key_age_max =
    30LL * 24 * 3600 * 1000;  // beyond it a key is refused, so forgetting is safe
inline constexpr std::int64_t key_ahead_max = 2LL * 3600 * 1000;
inline constexpr std::size_t keys_of_unit = 1'000'000;  // of one unit's key: it cannot make all others busy
inline constexpr std::size_t sessions_of_unit = 256;
inline constexpr std::size_t keys = 2'000'000;  // remembered idempotency keys; full means busy

inline constexpr std::size_t dossiers = 4'000'000;  // headers in memory; full means busy
inline constexpr std::size_t bannettes = 4'096;
inline constexpr std::size_t ended_looked_at =
    50'000;  // headers, for one page of ended ones: few milliseconds; beyond, the caller asks on
inline constexpr std::size_t wait_sample = 64;  // accepted dossiers that a bannette's waits are computed on

inline constexpr std::size_t due_at_once = 256;  // changes that the clock makes before a command
inline constexpr std::size_t command_own =
    32;  // the most that a command itself makes, with what it brings at once
inline constexpr std::size_t command_records = 2 * due_at_once + command_own;
inline constexpr std::size_t recomputed_at_once =
    8'192;  // deadlines looked at in one go after a calendar's change
inline constexpr std::size_t batch_records = 1'024;  // in one transaction
inline constexpr std::size_t batch_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t filling_records = 4'096;   // waiting for the batch in flight; beyond: busy
inline constexpr std::size_t filling_outputs = 16'384;  // replies that wait for durability; beyond: busy

inline constexpr std::size_t sessions = 4'096;
inline constexpr std::uint32_t credit = 1'000;
inline constexpr std::int64_t heartbeat_default = 5'000;
inline constexpr std::int64_t heartbeat_min = 1'000;
inline constexpr std::int64_t heartbeat_max = 60'000;
inline constexpr int heartbeats_missed = 3;  // then a session is forgotten

inline constexpr std::uint32_t tray_page = 100;
inline constexpr std::uint32_t tray_page_max = 200;  // the page is shorter where long names fill the envelope
inline constexpr std::size_t found = 20;
inline constexpr std::size_t history = 200;  // entries shown of one dossier, newest kept

}  // namespace bannette::limits
