// The bannettes of a site: one deterministic state machine. Same input, same output; no I/O, no clock, no
// randomness.
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
  std::uint64_t danger = 0;            // waiting or reserved, in danger
  std::int64_t oldest_waiting_ms = 0;  // arrival; 0: none waits
  std::uint64_t late = 0;              // waiting or reserved, past their deadline
  std::int64_t next_deadline_ms = 0;   // 0: none
  std::uint64_t taken = 0;             // taken in hand since start
  std::int64_t wait_median_s = -1;     // arrival to taking in hand, last 64; -1: fewer than 5
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
  void restore(const Dossier& d, const Instant& now);
  void restore_key(const Change& change, const Instant& now);
  void begin(std::uint64_t last_seq, std::uint64_t last_number);

  // Validates and decides. Expired leases are ended first. Bounds: limits.hpp.
  [[nodiscard]] Effects apply(const Request& request, const Instant& now);
  // Ends the leases that are over. At most `most` at a time.
  [[nodiscard]] std::vector<Persist> expire(const Instant& now, std::size_t most = limits::expired_at_once);
  // When expire() has something to do next, on the boot clock; nothing: no lease runs.
  [[nodiscard]] std::optional<std::int64_t> next_expiry_boot_ms() const;

  [[nodiscard]] std::optional<Dossier> find(std::uint64_t number) const;
  // A bannette that is not known, or that the caller may not see, is refused: one answer for both.
  [[nodiscard]] Result<TrayPage> tray(const Authority& who, const std::vector<std::string>& bannettes,
                                      std::size_t limit) const;
  [[nodiscard]] std::vector<BannetteCount> counts(std::int64_t wall_ms) const;
  [[nodiscard]] bool knows(std::string_view bannette) const;
  [[nodiscard]] std::uint64_t last_seq() const { return last_seq_; }
  [[nodiscard]] std::size_t size() const { return dossiers_.size(); }
  [[nodiscard]] const Rules& rules() const { return rules_; }

 private:
  // What stays in memory of a dossier: names are interned. At most 250 bytes (asserted in bannettes.cpp).
  struct Header {
    Uuid id;
    std::uint64_t arrival_seq, changed_seq, fence, lease_boot_id;
    std::int64_t arrived_ms, deadline_ms, changed_ms, lease_ms, lease_until_wall_ms, lease_until_boot_ms;
    std::int64_t lease_end_boot_ms;  // on this boot's clock; what the journal says is kept beside it
    std::uint32_t bannette, topic, holder;
    std::array<char, 5> insee;  // zeros: none
    State state;
    Urgency urgency;
    std::optional<Outcome> outcome;
    bool danger;
  };
  struct Tray {
    std::set<OrderKey> waiting;
    std::set<OrderKey> held;  // reserved or in progress
    std::uint64_t reserved = 0;
    std::uint64_t taken = 0;
    std::deque<std::int64_t> waits_ms;  // the last limits::wait_sample
  };
  struct KeyId {
    std::uint32_t principal;
    Uuid key;
    bool operator==(const KeyId&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const KeyId& id) const;
  };
  struct Remembered {
    Digest digest;
    std::uint64_t seq, number, fence;
  };
  struct Forgettable {
    std::int64_t accepted_ms;
    KeyId id;
  };
  // Strings that repeat, kept once. Index 0 is the empty string.
  class Names {
   public:
    std::uint32_t index(std::string_view text);
    [[nodiscard]] const std::string& text(std::uint32_t index) const { return texts_[index]; }
    [[nodiscard]] bool knows(std::string_view text) const { return indexes_.contains(text); }
    [[nodiscard]] std::size_t size() const { return texts_.size(); }

   private:
    std::deque<std::string> texts_{std::string{}};
    std::unordered_map<std::string_view, std::uint32_t> indexes_{{std::string_view{}, 0}};
  };

  [[nodiscard]] Dossier opened(std::uint64_t number, const Header& header) const;
  [[nodiscard]] OrderKey key_of(std::uint64_t number, const Header& header) const;
  void put(const Dossier& dossier, std::int64_t lease_end_boot_ms);
  void enter(std::uint64_t number, const Header& header);
  void leave(std::uint64_t number, const Header& header);
  Persist commit(Change change, const Instant& now);
  void forget_keys(std::int64_t wall_ms);
  [[nodiscard]] Tray& tray_of(std::uint32_t bannette);

  [[nodiscard]] std::optional<Reply> replay(const Request& request, const KeyId& id) const;
  [[nodiscard]] Result<Change> decide(const Request& request, const Instant& now) const;
  [[nodiscard]] Result<Change> decide_submit(const Request& request, const Submit& submit,
                                             const Instant& now) const;
  [[nodiscard]] Result<Change> decide_hold(const Request& request, const Target& target, ChangeKind kind,
                                           std::int64_t lease_ms) const;
  [[nodiscard]] Result<Change> decide_held(const Request& request, const Target& target, std::uint64_t fence,
                                           ChangeKind kind) const;
  [[nodiscard]] Result<std::uint64_t> chosen(const Authority& who, const Target& target) const;
  [[nodiscard]] Result<std::uint64_t> next(const Authority& who, const Target& target) const;
  [[nodiscard]] std::int64_t deadline(const std::string& topic, Urgency urgency, std::int64_t wall_ms) const;
  [[nodiscard]] Result<std::vector<std::uint32_t>> visible(const Authority& who,
                                                           const std::vector<std::string>& names,
                                                           bool (*may)(const Authority&,
                                                                       std::string_view)) const;

  Rules rules_;
  std::uint64_t site_tag_ = 0;
  std::uint64_t last_seq_ = 0;
  std::uint64_t last_number_ = 0;
  Names bannette_names_, topic_names_, people_, principals_;
  std::unordered_map<std::uint64_t, Header> dossiers_;       // by number
  std::map<std::uint32_t, Tray> trays_;                      // by bannette
  std::set<std::uint32_t> known_bannettes_, known_topics_;   // those of the rules
  std::set<std::pair<std::int64_t, std::uint64_t>> leases_;  // (end on the boot clock, number)
  std::unordered_map<KeyId, Remembered, KeyHash> keys_;
  std::deque<Forgettable> key_ages_;
};

}  // namespace bannette
