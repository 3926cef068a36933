// Words and forms that people see: French labels of the enumerations, and times.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "queue/core/authority.hpp"
#include "queue/core/dossier.hpp"

namespace bannette::console {

inline constexpr std::array<Why, 12> kWhys{
    Why::wrong_territory,   Why::wrong_topic,      Why::not_competent,
    Why::incomplete,        Why::no_capacity,      Why::awaiting_person,
    Why::awaiting_document, Why::awaiting_partner, Why::appointment_set,
    Why::absence,           Why::safety,           Why::other};

inline constexpr std::array<Purpose, 7> kPurposes{
    Purpose::arbitration, Purpose::danger,        Purpose::late, Purpose::complaint,
    Purpose::quality,     Purpose::legal_request, Purpose::other};

[[nodiscard]] std::string_view label(Urgency urgency);
[[nodiscard]] std::string_view label(Outcome outcome);
[[nodiscard]] std::string_view label(Why why);
[[nodiscard]] std::string_view label(Purpose purpose);
[[nodiscard]] std::optional<Why> parse_why(std::string_view text);  // the wire's word

// "2026-11-25T09:30:00.000Z" (ISO 8601, UTC, milliseconds) of a Unix time in milliseconds.
[[nodiscard]] std::string iso8601(std::int64_t unix_ms);
// Back, to the second or finer; the zone is "Z" or an offset ("+02:00") and must be there: a date without one
// would be a guess. From 1970 to 9999.
[[nodiscard]] std::optional<std::int64_t> parse_iso8601(std::string_view text);

}  // namespace bannette::console
