// Other rules of the same site, asked for by another thread and taken up by the broker's own.
#pragma once
#include <cstdint>
#include <future>
#include <mutex>
#include <optional>
#include <vector>

#include "queue/core/leftover.hpp"
#include "queue/core/rules.hpp"
#include "queue/desk/desk.hpp"

namespace bannette::broker {

// What becomes of bannettes that the new rules do not name and that hold open dossiers.
enum class Leaving : std::uint8_t {
  look_only,  // nothing changes in any case
  refuse,     // then nothing changes
  accept,     // they keep them, as after a start
};

class NewRules {
 public:
  // There when the broker's thread has looked; broken where it never will. A second one before that replaces
  // the first.
  [[nodiscard]] std::future<std::vector<Leftover>> ask(Rules rules, Leaving leaving);
  // The broker's thread: the rules that the desk has now, where they are others.
  [[nodiscard]] std::optional<Rules> take(desk::Desk& desk, const Instant& now);

 private:
  struct Asked {
    Rules rules;
    Leaving leaving;
    std::promise<std::vector<Leftover>> answer;
  };
  std::mutex mutex_;
  std::optional<Asked> asked_;
};

// To the log, at a start.
void warn_of_leftovers(const Rules& rules, const desk::Desk& desk, const Instant& now);

}  // namespace bannette::broker
