// The administrator's routes, and what their handlers share.
#pragma once
#include <algorithm>
#include <string_view>

#include "agent-console/server/handlers.hpp"

namespace bannette::console::handlers {

[[nodiscard]] inline Author author_of(const Call& call) {
  return {call.person().name, call.http.address};
}

// A bannette outside units and services, which people are assigned to by its own name: `standard`,
// `arbitrage`.
[[nodiscard]] inline bool stands_alone(const Catalogue& site, std::string_view bannette) {
  return bannette.find_first_of("/:") == std::string_view::npos &&
         std::any_of(site.bannettes.begin(), site.bannettes.end(),
                     [&](const auto& each) { return each.code == bannette; });
}

// handlers_login.cpp. What failed logins left for the audit; `all`: also what a minute has not put together
// yet. Where the audit cannot be written the log says so.
void write_failed_logins(Api&, bool all = false);

// handlers_accounts.cpp: people and machines.
// Sessions of a changed account are over; their pages need not wait for the next sweep.
void end_changed(Api&);
Answer accounts(Api&, const Call&);
Answer add_account(Api&, const Call&);
Answer change_account(Api&, const Call&);
Answer reset_password(Api&, const Call&);
Answer remove_account(Api&, const Call&);
Answer tokens(Api&, const Call&);
Answer add_token(Api&, const Call&);
Answer add_pbx_token(Api&, const Call&);
Answer remove_token(Api&, const Call&);

// handlers_access.cpp: who is in, the units, the audit.
Answer sessions(Api&, const Call&);
Answer end_sessions(Api&, const Call&);
Answer units(Api&, const Call&);
Answer audit(Api&, const Call&);

// handlers_configuration.cpp
Answer reload(Api&, const Call&);
Answer roll_back(Api&, const Call&);
Answer configurations(Api&, const Call&);
Answer dry_run(Api&, const Call&);
Answer start_dry_run(Api&, const Call&);
Answer cancel_dry_run(Api&, const Call&);
Answer health(Api&, const Call&);

}  // namespace bannette::console::handlers
