// Rules that a server may break, so that the oracle can be seen to notice. The code under test stays as it
// is: a rule is broken between it and the world.
#pragma once

namespace bannette::sim {

enum class Mutant {
  none,
  reply_before_commit,  // what was written counts as durable
  no_fence_check,       // every fence and every holder is made right before the desk sees it
  dedup_forgotten,      // each message arrives under a key of its own
  unit_filter_missing,  // every unit's key opens the first unit's bannettes
  leases_never_end,     // the boot clock stands still
  leases_end_late,      // the clock is looked at every ten seconds
  disk_lies,            // a crash loses the last thing that was synced
  hints_after_revoked,  // the session of a revoked key goes on
};

}  // namespace bannette::sim
