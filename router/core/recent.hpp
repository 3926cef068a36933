// The calls of the last weeks, without their words: has this one been made before? By the same number, or
// from the same commune with a note that is like this one's. It says so and gives the reason; nothing is
// merged for it. Pure.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "queue/core/ids.hpp"
#include "router/core/sketch.hpp"

namespace bannette::router {

// A call that was logged. No text of a person.
struct Seen {
  Uuid key;                  // of its request
  std::uint64_t number = 0;  // of its dossier; 0: not confirmed by the queue yet
  std::int64_t at_ms = 0;    // Unix time
  std::uint64_t caller = 0;  // keyed hash of the caller's number; 0: none
  std::string insee;         // empty: not known
  std::string topic;
  std::string bannette;
  Sketch sketch;
  bool operator==(const Seen&) const = default;
};

// What is asked of them.
struct Question {
  std::int64_t now_ms = 0;
  std::uint64_t caller = 0;
  std::string insee;
  std::string topic;
  Sketch sketch;
};

struct Earlier {
  Seen seen;
  bool same_caller = false;
  bool same_commune = false;
  bool same_topic = false;
  int percent = 0;  // of the notes' likeness
};

class Recent {
 public:
  static constexpr std::size_t bound = 50'000;  // beyond, the oldest is forgotten
  static constexpr std::int64_t window_ms = 30LL * 24 * 3'600'000;
  // From here on two notes are called alike. Of pairs of the training notes by different callers, with the
  // same topic 0.2 % are above `alike_percent`, with different topics 0.01 % above `much_percent`; of notes
  // said again with slips, shortened, left out and added words (a sixth of each) 95 % are.
  static constexpr int alike_percent = 25;  // same commune, same topic
  static constexpr int much_percent = 40;   // same commune, whatever the topic
  static constexpr std::int64_t moment_ms =
      3'600'000;  // same commune, same topic, so near in time: whatever the notes
  static constexpr std::size_t moment_most = 2;
  static constexpr std::size_t caller_most = 5;

  // In order of time, about. One of the same key takes the other's place.
  void add(Seen seen);
  void forget(std::int64_t now_ms);  // what is older than the window
  [[nodiscard]] std::size_t size() const { return by_order_.size(); }

  // Most telling first, at most `most`: the same number, newest first; then notes that are alike, the likest
  // first; then those of the same moment.
  [[nodiscard]] std::vector<Earlier> like(const Question& question, std::size_t most) const;

 private:
  using Order = std::uint64_t;
  void drop_oldest();
  [[nodiscard]] Earlier compare(const Seen& seen, const Question& question) const;

  std::map<Order, Seen> by_order_;
  std::map<Uuid, Order> by_key_;
  std::unordered_map<std::string, std::deque<Order>> by_insee_;
  std::unordered_map<std::uint64_t, std::deque<Order>> by_caller_;
  Order last_ = 0;
};

}  // namespace bannette::router
