// How long posts are busy, free and paused: looked at whenever the ledger has changed and on each tick, so
// that what was seen last is what went on since.
#pragma once
#include <cstdint>
#include <vector>

#include <date/tz.h>

#include "router/calls/ledger.hpp"
#include "router/calls/tally.hpp"

namespace bannette::calls {

struct PostRules {
  // A telephone is connected day and night. It counts as a post at work where a login is bound to it; sites
  // that do not bind logins count every telephone that the PBX can reach.
  bool bound_only = true;
  // Work after a call keeps a post busy for so long at the most: the site's time for it. A call that nobody
  // qualifies does not hold it for hours.
  std::int64_t wrap_up_most_ms = 10LL * 60'000;
};

// Of all posts. Busy wins over paused: a pause asked for in a call begins at its end.
[[nodiscard]] PostCounts posts_now(const Ledger& ledger, std::int64_t now_ms, const PostRules& rules);

class PostClock {
 public:
  // Time between two looks that is longer was not watched (the machine slept, the service stalled) and is not
  // counted.
  static constexpr std::int64_t gap_most_ms = 120'000;

  explicit PostClock(const date::time_zone& zone) : zone_(&zone) {}

  // The ledger as it stands now. A time before the last look changes what is seen, and counts nothing.
  void look(const Ledger& ledger, std::int64_t now_ms, const PostRules& rules);
  // What has been counted since the last taking, by half hour: to be added to the half hours, and kept.
  [[nodiscard]] std::vector<PostTime> take();
  [[nodiscard]] const PostCounts& seen() const { return seen_; }

 private:
  const date::time_zone* zone_;
  PostCounts seen_;
  std::int64_t last_ms_ = -1;
  std::vector<PostTime> counted_;
};

}  // namespace bannette::calls
