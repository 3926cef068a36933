// From the ledger's calls to what figures count and whom the callback list keeps.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "router/calls/call.hpp"
#include "router/calls/callbacks.hpp"
#include "router/calls/caller.hpp"
#include "router/calls/tally.hpp"

namespace bannette::calls {

// A call as figures see it, open or finished. Nothing for one that they do not count: of a post with a post,
// typed by hand, not yet in a queue, and of a post to the outside while it rings. Arrival is the first
// queue's; the wait goes on through all.
[[nodiscard]] std::optional<Fact> fact_of(const Call& call, const CallerHash& hash);

// Its passages through the queues, each with the queue's code: figures of one queue. `short_ms`:
// Rules::short_ms.
[[nodiscard]] std::vector<std::pair<std::string, Fact>> facts_by_queue(const Call& call,
                                                                       const CallerHash& hash,
                                                                       std::int64_t short_ms);

// What a call means for the callback list. Told on each change of a call and again when the ledger has
// finished it (`finished`); twice does no harm. An answer counts at once. A miss counts once nothing of the
// call is left: between two queues a caller who overflows is in none, and still on the line. Where AMI's
// class "call" is missing nobody can tell, and it waits for the end. A caller taken out of the queue by a
// person (withdrawn, redirected) is in that person's hands, and not missed.
CallbackChanges tell(Callbacks& callbacks, const Call& call, bool finished, std::int64_t now_ms);

// Did the person who was called from a post answer?
[[nodiscard]] bool answered_outside(const Call& call);

}  // namespace bannette::calls
