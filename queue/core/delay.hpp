// How long something may take, and on which clock.
#pragma once
#include <cstdint>

namespace bannette {

struct Delay {
  enum class Unit : std::uint8_t { none, calendar_ms, working_ms, working_days };
  Unit unit = Unit::none;
  std::int64_t amount = 0;
  bool operator==(const Delay&) const = default;
};

}  // namespace bannette
