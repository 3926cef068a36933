// Opening hours as the oracle reckons with them: span by span, with no table, no zone and no holiday, for a
// run that lies within one winter fortnight.
#pragma once
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace bannette::sim {

inline constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

// Minutes of the local day; 0 is Monday.
using Hours = std::array<std::vector<std::pair<int, int>>, 7>;

[[nodiscard]] bool is_open(const Hours& hours, std::int64_t wall_ms);
// When so much opening time has passed; amount_ms > 0.
[[nodiscard]] std::int64_t after(const Hours& hours, std::int64_t wall_ms, std::int64_t amount_ms);
[[nodiscard]] std::int64_t between(const Hours& hours, std::int64_t from_ms, std::int64_t to_ms);
// The last closing of the n-th working day after today.
[[nodiscard]] std::int64_t closing(const Hours& hours, std::int64_t wall_ms, std::int64_t days);

}  // namespace bannette::sim
