// What is counted of calls in a time, from which every figure of that time is reckoned (figures.hpp). Two of
// them merge exactly: half hours make a day, days a year. Bounded: numbers, four spreads, and the callers'
// hashes.
#pragma once
#include <cstdint>
#include <optional>

#include <boost/unordered/unordered_flat_set.hpp>

#include "router/calls/callbacks.hpp"
#include "router/calls/spread.hpp"

namespace bannette::calls {

// What became of a call, or of one passage through one queue. The numbers are stored.
enum class Fate : std::uint8_t {
  waiting = 1,  // not yet known
  answered,
  abandoned,        // the person hung up, after 5 s or more
  abandoned_short,  // within 5 s
  overflowed,       // left the queue unanswered, not by hanging up
  unknown,          // how it ended is not known
  turned_away,      // never in a queue: closed or saturated
};

// One call as figures see it. No text of a person.
struct Fact {
  std::int64_t arrival_ms = 0;  // Unix time; 0: not known, then it belongs to no half hour
  Fate fate = Fate::waiting;
  bool outgoing = false;     // from a post; then `fate` is answered or not
  std::uint64_t caller = 0;  // keyed hash of the number; 0: withheld
  // Milliseconds; nothing where not known.
  std::optional<std::int64_t> wait_ms;      // until answered, hung up, or away
  std::optional<std::int64_t> handling_ms;  // talk and hold, once ended
  std::optional<std::int64_t> wrap_up_ms;   // once ended
  bool operator==(const Fact&) const = default;
};

// How long posts were what, in milliseconds, of all posts together: figures of single posts would be figures
// of single persons at work, which the service does not need and the law makes heavy (Code du travail, art.
// L1121-1, L1222-4).
struct PostTime {
  std::int64_t half_hour_ms = 0;  // its beginning, Unix time
  std::int64_t busy_ms = 0;       // talk, hold, wrap-up
  std::int64_t free_ms = 0;       // connected, neither busy nor paused
  std::int64_t paused_ms = 0;     // paused and not busy
  bool operator==(const PostTime&) const = default;
};

// How many posts are what at a moment.
struct PostCounts {
  std::int64_t busy = 0, free = 0, paused = 0;
  bool operator==(const PostCounts&) const = default;
};

// Callers, each once. Beyond `bound` it cannot say any more.
class People {
 public:
  static constexpr std::size_t bound = 1'000'000;
  void add(std::uint64_t caller);  // 0 is nobody
  void merge(const People& other);
  [[nodiscard]] std::optional<std::uint64_t> count() const;

 private:
  boost::unordered_flat_set<std::uint64_t> callers_;
  bool full_ = false;
};

struct Tally {
  std::uint64_t waiting = 0, answered = 0, abandoned = 0, abandoned_short = 0, overflowed = 0, unknown = 0;
  std::uint64_t turned_away = 0, withheld = 0, missed_withheld = 0, outgoing = 0, outgoing_answered = 0;
  std::uint64_t opened = 0, reached = 0, unreachable = 0, resolved = 0, dropped = 0;  // callbacks
  std::int64_t busy_ms = 0, free_ms = 0, paused_ms = 0;
  Spread wait, patience, handling, wrap_up;
  People calling, served;

  void add(const Fact& fact);
  void add(const PostTime& time);
  void add(const CallbackChange& change);
  // A number that was called back and answered; `caller` is its keyed hash.
  void add_reached(std::uint64_t caller) { served.add(caller); }
  void merge(const Tally& other);

  [[nodiscard]] std::uint64_t offered() const {
    return waiting + answered + abandoned + abandoned_short + overflowed + unknown;
  }
};

}  // namespace bannette::calls
