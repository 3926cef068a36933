// Signed webhooks, decided without doing (Standard Webhooks 1.0, standardwebhooks.com): what is signed, what
// an answer means, when a failed event is tried again, and which one is next.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::console::webhook {

// What an endpoint is told of. Nothing personal.
struct Event {
  std::uint64_t seq = 0;  // of the journal: the order of events
  std::string id;         // stable, and never of two events: the header webhook-id
  std::int64_t at_ms = 0;
  std::string kind;    // escalated, breached, unattended ...
  std::string step;    // of an escalation: unit, manager, on_call, supervisors; else empty
  std::string reason;  // of unattended and attended: "restricted" where nobody present may read; else empty
  std::string site, reference, bannette, topic, urgency;  // empty where it is of no dossier
  std::int64_t deadline_ms = 0;                           // 0: none
};

// "ID.TIMESTAMP.BODY", with the time of the attempt in seconds since 1970.
[[nodiscard]] std::string signed_text(std::string_view id, std::int64_t timestamp_s, std::string_view body);

enum class Verdict {
  delivered,    // 2xx
  unreachable,  // no connection: name, TCP or TLS
  failing,      // it answered too late, not in HTTP, or that it cannot now: 3xx, 408, 425, 429, 5xx
  refused,      // any other 4xx: it does not want this event
};
[[nodiscard]] Verdict verdict_of(int status);

// Milliseconds. Attempts are of one event.
inline constexpr std::int64_t kFirstDelay = 1'000;
inline constexpr std::int64_t kLongestDelay = 300'000;
inline constexpr std::uint32_t kAttemptsMost = 900;  // about three days
inline constexpr std::uint32_t kRefusalsMost = 12;   // in a row: about half an hour
inline constexpr std::uint32_t kInTheWay = 3;        // failures after which an event lets others go first
inline constexpr std::size_t kWaitingMost = 1'000;
inline constexpr std::size_t kParkedMost = 10'000;

// After that many failures in a row: doubled each time up to kLongestDelay, of which chance takes up to a
// half (so that endpoints that failed together do not come back together). `random`: any 32 bits, evenly
// spread.
[[nodiscard]] std::int64_t delay_ms(std::uint32_t failures, std::uint32_t random);

struct Delivery {
  std::uint64_t seq = 0;
  std::string id;
  std::string body;
  std::int64_t at_ms = 0;  // of the event, Unix time
  std::uint32_t attempts = 0;
  int status = 0;  // of the last answer; 0: none
  std::string error;
  bool parked = false;  // the attempts came to their end: kept for a human
};

// What one endpoint is still to be told. In order of sequence while it answers; an event that failed
// kInTheWay times does not keep those behind it back. Times are milliseconds of the boot clock.
class Lane {
 public:
  [[nodiscard]] bool room() const { return waiting_ < kWaitingMost; }
  // One that is there already keeps its place; a parked one waits again, as new.
  void add(Delivery delivery);
  std::vector<std::uint64_t> unpark_all();  // the sequences of those that were parked

  // What to send now: nothing while none is due.
  [[nodiscard]] const Delivery* next(std::int64_t now_ms) const;
  // From when on next() gives one; nothing where none waits.
  [[nodiscard]] std::optional<std::int64_t> next_ms() const;

  enum class Fate { delivered, again, parked };
  struct Answer {
    Verdict verdict = Verdict::failing;
    int status = 0;
    std::string error;
    std::int64_t retry_after_ms = 0;  // what the endpoint asks for (RFC 9110, 10.2.3); kLongestDelay at most
  };
  // What became of an attempt. Delivered: it is gone from here. Parking waits where kParkedMost are.
  Fate answered(std::uint64_t seq, const Answer& answer, std::int64_t now_ms, std::uint32_t random);

  [[nodiscard]] const Delivery* find(std::uint64_t seq) const;
  [[nodiscard]] std::size_t waiting() const { return waiting_; }
  [[nodiscard]] std::size_t parked() const { return items_.size() - waiting_; }
  [[nodiscard]] std::int64_t oldest_ms() const;  // Unix time of the oldest that waits; 0: none

 private:
  struct Item {
    Delivery delivery;
    std::int64_t due_ms = 0;
    std::uint32_t refusals = 0;  // in a row
    bool unreached = false;      // the last attempt did not get through
  };
  void delivered(std::map<std::uint64_t, Item>::iterator place);

  std::map<std::uint64_t, Item> items_;  // by sequence
  std::size_t waiting_ = 0;
  std::int64_t gate_ms_ = 0;    // nothing is sent before
  std::uint32_t failures_ = 0;  // of the endpoint, in a row
};

}  // namespace bannette::console::webhook
