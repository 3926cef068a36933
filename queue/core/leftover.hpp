// What a changed configuration leaves behind: dossiers in bannettes that it does not name any more.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "queue/core/bannettes.hpp"

namespace bannette {

struct Leftover {
  std::string bannette;
  std::uint64_t dossiers = 0;  // open ones
  bool operator==(const Leftover&) const = default;
};

// The bannettes of `counts` that hold open dossiers and are not in the rules. Their dossiers are served as
// before to those who may read them, and nothing new comes in; somebody must move them.
[[nodiscard]] std::vector<Leftover> leftovers(const Rules& rules, const std::vector<BannetteCount>& counts);

}  // namespace bannette
