// What of a PBX's life we could hear, and when: with it a difference between our ledger and the PBX's own log
// is explained, or not.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "router/calls/event.hpp"

namespace bannette::telephony {

namespace limits {
inline constexpr std::size_t stretches = 100'000;  // of one stream; beyond, the last one goes on
inline constexpr std::size_t channels_without_queues = 100'000;
}  // namespace limits

// A time in which what reaches us did not change. Unix milliseconds; to_ms = -1: it goes on.
struct Stretch {
  std::int64_t from_ms = -1, to_ms = -1;
  bool connected = false;
  bool off = false;    // the event mask let nothing through
  bool heard = false;  // some event came
};

class Coverage {
 public:
  // Each event that came, also one that is no fact: its privilege ("agent,all") and the channel that it is
  // about. Times as the facts have them; -1 where none is known.
  void heard(std::int64_t at_ms, std::string_view privilege, std::string_view uniqueid);
  void see(const calls::Event& fact);
  void end(std::int64_t at_ms);  // the stream is over

  [[nodiscard]] bool timed() const { return timed_; }
  // Of a time, seconds rounded down by whoever counted: whether all of it can have been outside of what we
  // could hear, whether some of it was while events were off.
  [[nodiscard]] bool outside(std::int64_t from_ms, std::int64_t to_ms) const;
  [[nodiscard]] bool off(std::int64_t from_ms, std::int64_t to_ms) const;
  // This channel was told of, and never anything of a queue: AMI's class "agent" does not reach us.
  [[nodiscard]] bool without_queues(std::string_view uniqueid) const;
  [[nodiscard]] const std::vector<Stretch>& stretches() const { return stretches_; }

 private:
  void begin(std::int64_t at_ms, bool connected, bool off);
  void close(std::int64_t at_ms);
  std::vector<Stretch> stretches_;
  boost::unordered_flat_set<std::string> channels_;  // until the first event of class "agent"
  bool agent_class_ = false;
  bool timed_ = true;
};

}  // namespace bannette::telephony
