// From a call as logged to a request of the queue: what the machine proposes, what the human corrected, what
// is refused. Pure but for the messages; the site is given.
#pragma once
#include <string>
#include <vector>

#include "queue/core/error.hpp"
#include "router/core/decision.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::router {

// `day`: of the call, where the site is.
[[nodiscard]] Result<v1::Classified> classify(const Site& site, const v1::Classify& in,
                                              date::local_days day = {});

// Refused: a kind that is not known, a query that is empty or beyond its bound, a limit beyond 50.
[[nodiscard]] Result<v1::Suggested> suggest(const Site& site, const v1::Suggest& in,
                                            date::local_days day = {});

// The Submit that a LogCall becomes; key, actor and request id are the caller's to set. Refused: a note that
// is empty, fields beyond their bounds, unknown topic, bannette, commune or urgency, a danger that is not at
// least urgent, a topic that makes no dossier (no_dossier), and links without a call. `siblings`: references
// of the dossiers that the call has; links to others are left out.
[[nodiscard]] Result<v1::Submit> submission(const Site& site, const v1::LogCall& in,
                                            date::local_days day = {},
                                            const std::vector<std::string>& siblings = {});

}  // namespace bannette::router
