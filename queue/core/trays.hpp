// The bannettes as indexes over the dossiers: who waits in what order, who is held, what is offered or copied
// here.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "queue/core/headers.hpp"
#include "queue/core/timers.hpp"

namespace bannette {

struct BannetteCount {
  std::string bannette;
  std::uint64_t waiting = 0;
  std::uint64_t reserved = 0;
  std::uint64_t in_progress = 0;
  std::uint64_t on_hold = 0;
  std::uint64_t danger = 0;            // waiting or reserved, in danger
  std::uint64_t unacknowledged = 0;    // open, in danger, and no person has acknowledged it
  std::int64_t oldest_waiting_ms = 0;  // arrival; 0: none waits
  std::uint64_t late = 0;              // waiting or reserved, past their deadline
  std::int64_t next_deadline_ms = 0;   // of those that wait; 0: none
  std::uint64_t offered = 0;           // redirects proposed to this bannette
  std::uint64_t starved = 0;           // waiting beyond what the site allows
  std::uint64_t restricted = 0;        // waiting, of restricted topics
  std::uint64_t unread = 0;            // waiting, and nobody of the bannette has seen the content
  bool unattended = false;             // a standing alarm: nobody watches it
  bool restricted_unattended =
      false;                        // another: nobody who watches it may read what waits of restricted topics
  std::uint64_t taken = 0;          // taken in hand since start
  std::int64_t wait_median_s = -1;  // arrival to taking in hand, last 64; -1: fewer than 5
  std::int64_t wait_max_s = -1;
};

// When somebody of some people had a bannette in view last, on the boot clock.
struct Presence {
  std::int64_t watched_until_ms = 0;
  std::int64_t unwatched_since_ms = 0;
};

// One bannette.
class Tray {
 public:
  std::set<OrderKey> waiting;
  std::set<OrderKey> held;          // reserved, in progress or on hold
  std::set<std::uint64_t> offered;  // numbers: proposed to this bannette
  std::set<std::uint64_t> copies;   // numbers: open, and readable here

  Presence anybody;  // of those who work in it
  Presence cleared;  // of those among them who may work on what is restricted

  [[nodiscard]] bool empty() const {
    return waiting.empty() && held.empty() && offered.empty() && copies.empty();
  }
  void enter(std::uint64_t number, const Header& header, const Rare& rare, const OrderKey& key);
  void leave(const Header& header, const Rare& rare, const OrderKey& key);
  void took(std::int64_t waited_ms);  // one was taken in hand
  [[nodiscard]] BannetteCount count(const Headers& headers, std::int64_t wall_ms) const;
  [[nodiscard]] const std::map<std::uint32_t, std::uint64_t>& waiting_by_topic() const { return by_topic_; }

 private:
  void tally(const Header& header, const Rare& rare, int by);

  std::uint64_t reserved_ = 0, on_hold_ = 0, danger_ = 0, unacknowledged_ = 0, late_ = 0, starved_ = 0,
                unread_ = 0, taken_ = 0;
  mutable Timers arrivals_;  // (arrival, number) of what waits, and of some that do not any more
  std::map<std::uint32_t, std::uint64_t> by_topic_;  // how many wait, by interned topic
  std::deque<std::int64_t> waits_ms_;                // the last limits::wait_sample
};

class Trays {
 public:
  void enter(const Headers& headers, std::uint64_t number);
  void leave(const Headers& headers, std::uint64_t number);
  Tray& of(std::uint32_t bannette) { return trays_[bannette]; }
  [[nodiscard]] const std::map<std::uint32_t, Tray>& all() const { return trays_; }
  [[nodiscard]] std::map<std::uint32_t, Tray>& all() { return trays_; }

 private:
  template <class F>
  void each_beside(const Headers& headers, const Header& header, const Rare& rare, F&& f);

  std::map<std::uint32_t, Tray> trays_;  // by interned bannette
};

}  // namespace bannette
