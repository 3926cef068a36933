// Whom to look for again. A danger opens and closes after somebody was put on the callback list, and who was
// asked about them may have had no answer: so each entry's number is asked about anew, round after round.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "router/calls/callbacks.hpp"

namespace bannette::router {

class DangerRound {
 public:
  static constexpr std::int64_t each_ms = 60'000;  // a round begins so long after the one before, or later
  static constexpr std::size_t at_once = 8;        // numbers of one asking, twice a second

  // Of those that are on the list when the round begins, in the order in which they are called.
  [[nodiscard]] std::vector<std::string> due(const calls::Callbacks& callbacks, std::int64_t now_ms);

 private:
  std::vector<std::string> left_;  // the next one last
  std::int64_t next_ms_ = 0;
};

}  // namespace bannette::router
