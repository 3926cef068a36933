// The order of service.
#pragma once
#include <compare>
#include <cstdint>
#include <limits>

#include "queue/core/dossier.hpp"

namespace bannette {

// Urgency class, then deadline (none: last), then arrival. A released or expired dossier has the same key as
// before.
struct OrderKey {
  Urgency urgency = Urgency::normal;
  std::int64_t deadline_ms = 0;
  std::uint64_t arrival_seq = 0;
  std::uint64_t number = 0;  // not needed for the order (arrival is unique); names the dossier
  auto operator<=>(const OrderKey&) const = default;
};

[[nodiscard]] constexpr OrderKey order_key(Urgency urgency, std::int64_t deadline_ms,
                                           std::uint64_t arrival_seq, std::uint64_t number) {
  return {urgency, deadline_ms == 0 ? std::numeric_limits<std::int64_t>::max() : deadline_ms, arrival_seq,
          number};
}

}  // namespace bannette
