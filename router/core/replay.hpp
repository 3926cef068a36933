// Past calls decided anew: what another configuration would have made of them. It compares what a machine
// proposed with what a machine proposes; what a human had decided stays the human's, and is said beside it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "router/core/decision.hpp"

namespace bannette::router {

inline constexpr std::size_t replay_listed_max = 10'000;  // of each list; all are counted

// What was, or would be, proposed for a call.
struct Proposed {
  std::string topic;
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string bannette;
  std::string insee;
  std::string unit;
  bool operator==(const Proposed&) const = default;
};
[[nodiscard]] Proposed proposed_of(const Decision& decision);

struct PastCall {
  std::string reference;
  std::int64_t arrived_ms = 0;  // Unix time
  Call call;                    // with the commune that a human chose, where one did
  Proposed then;                // by the machine, as it was recorded
  Proposed sent;  // what stood after the operator's corrections; insee and unit are not looked at
};

// One call that would be decided otherwise.
struct Otherwise {
  std::string reference;
  std::int64_t arrived_ms = 0;
  std::string before, after;  // as the list says: bannettes, topics, or urgency and danger in French
  std::string why;            // French, nothing personal; empty where the list says it
  std::string human;          // French: where the operator had decided otherwise than the machine; or empty
  std::string note;           // as typed: for whoever may read it
};

struct Load {
  std::uint64_t before = 0;
  std::uint64_t after = 0;
};

struct Uncovered {
  std::string insee;
  std::string name;
  std::string unit_before;  // empty: it had none either
  std::uint64_t calls = 0;
};

struct Replayed {
  std::uint64_t compared = 0;
  std::uint64_t dropped_count = 0, moved_count = 0, topics_count = 0, raised_count = 0;
  std::vector<Otherwise> dropped;           // a lower urgency, or no danger any more: to be acknowledged
  std::vector<Otherwise> moved;             // to another bannette
  std::vector<Otherwise> topics;            // another topic
  std::vector<Otherwise> raised;            // a higher urgency, or a danger
  std::map<std::string, Load> by_bannette;  // what goes there, after the humans' corrections
  std::map<std::string, Load> by_unit;      // the same by whose bannette it is
  std::vector<Uncovered> uncovered;  // communes without a unit from which there were calls, or that had one
};

class Replay {
 public:
  // Both prepared, and outlive it. `before`: compare with its decisions rather than with what was recorded.
  explicit Replay(const Site& after, const Site* before = nullptr);

  void add(const PastCall& past);
  [[nodiscard]] Replayed finish();

 private:
  struct Compared;
  void compare(const Compared& each);
  void count_load(const Compared& each);
  void cover(const Proposed& before, const Proposed& after);

  const Site& after_;
  const Site* before_;
  std::map<std::string, Uncovered> uncovered_;
  Replayed out_;
};

}  // namespace bannette::router
