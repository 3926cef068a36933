// When the server could do its duty, and what its clocks said: what lateness is measured against.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "queue/core/clock.hpp"

namespace bannette::sim {

class Timeline {
 public:
  struct State {
    bool ready = false;            // the process runs, is not frozen, and the disk answers
    std::int64_t wall_offset = 0;  // of the server's wall clock
    std::uint64_t boot_id = 0;
    std::int64_t started = 0;  // when the process did
    bool operator==(const State&) const = default;
  };

  void booted(std::uint64_t boot_id, std::int64_t at) { boots_[boot_id] = at; }
  void now_is(std::int64_t at, const State& state);

  // When it was, by the boot clock, which nobody can set.
  [[nodiscard]] std::int64_t when(const Instant& instant) const;

  // How long the server was ready in one stretch, within a time, with something undone that was due. By the
  // wall clock as it stood ...
  [[nodiscard]] std::int64_t overdue_by_wall(std::int64_t due_wall_ms, std::int64_t from,
                                             std::int64_t to) const;
  // ... or by the boot clock: so long after `began`. Another boot goes by its wall clock; where that was set
  // meanwhile, all that can be asked is that the time runs out once more.
  [[nodiscard]] std::int64_t overdue_by_boot(std::int64_t began, std::int64_t length_ms, std::int64_t from,
                                             std::int64_t to) const;
  // Did the machine start anew, and its wall clock change, between these?
  [[nodiscard]] bool rebooted(std::int64_t from, std::int64_t to) const;
  [[nodiscard]] bool clock_set(std::int64_t from, std::int64_t to) const;

  struct Jump {
    std::int64_t at, by_ms;
  };
  // Of the wall clock, seen by a process that ran before and for `after_ms` afterwards, undisturbed.
  [[nodiscard]] std::vector<Jump> jumps(std::int64_t after_ms) const;

 private:
  struct Stretch {
    std::int64_t from, to;
    State state;
  };
  template <class Due>
  std::int64_t overdue(std::int64_t from, std::int64_t to, Due due) const;
  [[nodiscard]] std::size_t first_after(std::int64_t at) const;

  std::map<std::uint64_t, std::int64_t> boots_;
  std::vector<Stretch> stretches_;  // the last one has no end yet
};

}  // namespace bannette::sim
