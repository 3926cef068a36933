// Rules that a server may break, so that the oracle can be seen to notice. The code under test stays as it
// is: a rule is broken between it and the world, by saboteur.hpp.
#pragma once
#include <cstdint>

namespace bannette::sim {

enum class Mutant : std::uint8_t {
  none,
  reply_before_commit,   // what was written counts as durable
  no_fence_check,        // every fence and every holder is made right before the desk sees it
  dedup_forgotten,       // each message arrives under a key of its own
  keys_in_memory_only,   // no key survives a restart
  key_reused_unchecked,  // whatever comes with a known key is taken for the first request
  unit_filter_missing,   // every unit's key opens the first unit's bannettes
  priority_ignored,      // "next" gives the last one that waits
  leases_never_end,      // the boot clock stands still
  leases_by_wall_clock,  // who sets the clock ends leases
  clock_looked_at_late,  // every ten seconds
  disk_lies,             // a crash loses the last thing that was synced
  torn_batch,            // a crash keeps a part of a transaction
  hints_after_revoked,   // the session of a revoked key goes on
  fences_begin_again,    // at each restart
  escalation_in_memory,  // a restart forgets which steps were taken
  escalation_slow,       // three times too late
  on_call_forgotten,     // out of hours nobody is on call
  acknowledgement_lost,  // at each restart
  danger_closed_by_clock,
  danger_merged_away,
  deadline_lost_on_return,
  place_lost_on_return,
  proposal_in_two_trays,  // a tray shows what is only proposed to it
  proposals_never_end,
  holds_never_end,
  closing_forgotten,
  starvation_unnoticed,
  breach_unnoticed,
  nobody_watches,  // and no alarm is raised
  calendar_not_recomputed,
  events_skipped,
  content_for_everybody,  // a proposal shows a restricted content
  content_of_another,
  readings_of_nobody,  // a history does not tell who read
  right_to_everybody,  // each agent has the right to restricted topics
  topic_told,          // a tray tells the topic of a restricted one
  last_one,
};

}  // namespace bannette::sim
