// What the queue must know of a site.
#pragma once
#include "queue/core/rules.hpp"
#include "router/core/site.hpp"

namespace bannette {

// Its code, all bannettes (unit by service, service:CODE, standard, arbitrage), topics with their delays, and
// what site.toml says of time.
[[nodiscard]] Rules rules_of(const router::Site& site);

}  // namespace bannette
