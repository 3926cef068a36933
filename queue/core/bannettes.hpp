// The bannettes of a site: one deterministic state machine. Same input, same output; no I/O, no clock, no randomness.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "queue/core/command.hpp"
#include "queue/core/order.hpp"
#include "queue/core/rules.hpp"

namespace bannette {

struct BannetteCount {
  std::string bannette;
  std::uint64_t waiting = 0;
  std::uint64_t reserved = 0;
  std::uint64_t in_progress = 0;
  std::uint64_t danger = 0;             // waiting or reserved, in danger
  std::int64_t oldest_waiting_ms = 0;   // arrival; 0: none waits
  std::uint64_t late = 0;               // waiting or reserved, past their deadline
  std::int64_t next_deadline_ms = 0;    // 0: none
  std::uint64_t taken = 0;              // taken in hand since start
  std::int64_t wait_median_s = -1;      // arrival to taking in hand, last 64; -1: fewer than 5
  std::int64_t wait_max_s = -1;
};

struct TrayPage {
  std::vector<Dossier> items;  // waiting in order of service, then reserved and in progress in the same order
  std::uint64_t total = 0;
};

class Bannettes {
 public:
  explicit Bannettes(Rules rules);

  // Start: every open or handled dossier, then every remembered key, in order of sequence; then begin().
  void restore(const Dossier& dossier, const Instant& now);
  void restore_key(const Change& change, const Instant& now);
  void begin(std::uint64_t last_seq, std::uint64_t last_number);

  // Validates and decides. Expired leases are ended first. Bounds: limits.hpp.
  [[nodiscard]] Effects apply(const Request& request, const Instant& now);
  // Ends the leases that are over. At most `most` at a time.
  [[nodiscard]] std::vector<Persist> expire(const Instant& now, std::size_t most = 256);
  // When expire() has something to do next, on the boot clock; nothing: no lease runs.
  [[nodiscard]] std::optional<std::int64_t> next_expiry_boot_ms() const;

  [[nodiscard]] std::optional<Dossier> find(std::uint64_t number) const;
  // Bannettes not known are refused; those that the caller may not see are passed over.
  [[nodiscard]] Result<TrayPage> tray(const Authority& who, const std::vector<std::string>& bannettes,
                                      std::size_t limit) const;
  [[nodiscard]] std::vector<BannetteCount> counts(std::int64_t wall_ms) const;
  [[nodiscard]] bool knows(std::string_view bannette) const;
  [[nodiscard]] std::uint64_t last_seq() const { return last_seq_; }
  [[nodiscard]] std::size_t size() const { return dossiers_.size(); }
  [[nodiscard]] const Rules& rules() const { return rules_; }

 private:
  struct Tray;
  struct KeyId;
  struct Remembered;
  // ... see bannettes.cpp
};

}  // namespace bannette
