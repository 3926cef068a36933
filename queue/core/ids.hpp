// Identifiers: UUIDs (RFC 9562), dossier ids, and the reference that people speak.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bannette {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
};

[[nodiscard]] std::string to_string(const Uuid& id);                        // 8-4-4-4-12, lower case
[[nodiscard]] std::optional<Uuid> parse_uuid(std::string_view text);        // that form only, either case
[[nodiscard]] std::string to_bytes(const Uuid& id);                         // 16 bytes, as on the wire
[[nodiscard]] std::optional<Uuid> uuid_from_bytes(std::string_view bytes);  // exactly 16 bytes

// A UUIDv7 (RFC 9562, 5.7) of this time with these 74 bits of randomness (the rest of the 80 is ignored).
[[nodiscard]] Uuid make_uuid7(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random);
[[nodiscard]] bool is_uuid7(const Uuid& id);
[[nodiscard]] std::int64_t uuid7_time_ms(const Uuid& id);

// A dossier's id is a UUIDv7 that holds its number (1, 2, 3 ... within a site) in its lowest 40 bits, so that
// a number is found without an index. Knowing an id gives no right: authorisation is checked on each use.
[[nodiscard]] Uuid make_dossier_id(std::int64_t unix_ms, std::uint64_t number, std::uint64_t site_tag);
[[nodiscard]] std::uint64_t dossier_number(const Uuid& id);

// The reference that people speak: 23 letters and digits without look-alikes, five and a check character,
// "K7F-3MX". The check (weights 2..7 modulo the prime 23) finds every wrong character and every swap of two
// neighbours. Numbers are spread, so that neighbours do not look alike. Bounds: number >= 1.
[[nodiscard]] std::string make_reference(std::uint64_t number);
// The number, or nothing where the form or the check character is wrong. Case, spaces and hyphens are
// ignored.
[[nodiscard]] std::optional<std::uint64_t> parse_reference(std::string_view text);

}  // namespace bannette
