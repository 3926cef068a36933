// Who logged the dossiers of late: but for the router, only they may link another to one of them.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>

#include "queue/core/change.hpp"
#include "queue/core/limits.hpp"

namespace bannette {

// Bounded by limits::logged and limits::link_age; rebuilt at a start from the changes that bear a key.
class Logged {
 public:
  void add(const Change& change) {
    if (change.kind != ChangeKind::submitted) return;
    by_number_.push_back({change.number, change.at.wall_ms, change.actor});
    while (by_number_.size() > limits::logged ||
           by_number_.front().wall_ms < change.at.wall_ms - limits::link_age)
      by_number_.pop_front();
  }
  // Empty: nobody that is remembered.
  [[nodiscard]] std::string_view by(std::uint64_t number, std::int64_t wall_ms) const {
    const auto found = std::lower_bound(by_number_.begin(), by_number_.end(), number,
                                        [](const One& one, std::uint64_t n) { return one.number < n; });
    const bool there = found != by_number_.end() && found->number == number;
    return there && found->wall_ms >= wall_ms - limits::link_age ? std::string_view(found->actor) : "";
  }

 private:
  struct One {
    std::uint64_t number = 0;
    std::int64_t wall_ms = 0;
    std::string actor;
  };
  std::deque<One> by_number_;  // ascending
};

}  // namespace bannette
