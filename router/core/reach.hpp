// What a configuration holds that no call can ever reach: written, and without effect.
#pragma once
#include <string>
#include <vector>

#include "router/core/site.hpp"

namespace bannette::router {

struct Unreachable {
  std::string what;  // French: "sectorisation : Roubaix, Rue de Lannoy pairs 200-300 (utpas-...)"
  std::string why;   // French
  bool operator==(const Unreachable&) const = default;
};

// Rows of streets whose every house an earlier row takes; units without a commune; bannettes that no topic
// leads to; topics that neither model nor safety rule knows; safety rules that another one makes superfluous.
[[nodiscard]] std::vector<Unreachable> unreachable(const Site& site);

}  // namespace bannette::router
