// The order of service.
#pragma once
#include <compare>
#include <cstdint>
#include <limits>

#include "queue/core/dossier.hpp"

namespace bannette {

// Urgency class, then deadline (none: last), then arrival. A dossier that comes back has the same key as
// before. 24 bytes, because a million of them wait in memory.
struct OrderKey {
  std::int64_t deadline_ms = 0;
  std::uint64_t arrival_seq = 0;
  std::uint32_t number = 0;  // not needed for the order (arrival is unique); names the dossier
  Urgency urgency = Urgency::normal;

  bool operator==(const OrderKey&) const = default;
  constexpr auto operator<=>(const OrderKey& other) const {
    if (auto by = urgency <=> other.urgency; by != 0) return by;
    if (auto by = deadline_ms <=> other.deadline_ms; by != 0) return by;
    return arrival_seq <=> other.arrival_seq;
  }
};

inline constexpr std::int64_t kNoDeadline = std::numeric_limits<std::int64_t>::max();

[[nodiscard]] constexpr OrderKey order_key(Urgency urgency, std::int64_t deadline_ms,
                                           std::uint64_t arrival_seq, std::uint64_t number) {
  return {deadline_ms == 0 ? kNoDeadline : deadline_ms, arrival_seq, static_cast<std::uint32_t>(number),
          urgency};
}

}  // namespace bannette
