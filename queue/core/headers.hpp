// What stays in memory of each dossier. A million of them must fit: what most lack (a lease, a proposal, a
// danger's climb) stands apart, and names are interned.
#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "queue/core/dossier.hpp"
#include "queue/core/interned.hpp"
#include "queue/core/order.hpp"
#include "queue/core/people.hpp"

namespace bannette {

struct Header {
  Uuid id;
  std::uint64_t arrival_seq = 0, changed_seq = 0;
  std::int64_t arrived_ms = 0, deadline_ms = 0, changed_ms = 0, taken_ms = 0;
  std::uint32_t fence = 0, bannette = 0, topic = 0, holder = 0;
  std::array<char, 5> insee{};  // zeros: none
  State state{};                // 0: there is none of this number
  Urgency urgency{};
  std::uint8_t outcome = 0;  // 0: none
  Delay::Unit clock{};
  bool danger = false, breached = false, starved = false, seen = false, has_rare = false;
};
static_assert(sizeof(Header) <= 100);

// What few dossiers have.
struct Rare {
  std::int64_t lease_ms = 0, lease_until_wall_ms = 0, lease_until_boot_ms = 0;
  std::uint64_t lease_boot_id = 0;
  std::int64_t until_ms = 0, held_ms = 0, paused_ms = 0;
  std::string hold_why;
  std::uint32_t hops = 0;
  std::uint64_t merged_into = 0;
  std::optional<Proposal> proposal;
  std::vector<std::string> copies;
  std::vector<std::uint64_t> linked;
  Climb climb;
  bool operator==(const Rare&) const = default;
};

class Headers {
 public:
  // Numbers are dense. Throws std::length_error beyond limits::dossiers.
  void put(const Dossier& dossier);
  [[nodiscard]] const Header* find(std::uint64_t number) const;
  [[nodiscard]] const Header& at(std::uint64_t number) const;  // must be there
  [[nodiscard]] const Rare& rare(std::uint64_t number, const Header& header) const;
  [[nodiscard]] Dossier opened(std::uint64_t number) const;  // must be there
  [[nodiscard]] OrderKey order_of(std::uint64_t number) const;
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::uint64_t last_number() const { return headers_.size(); }

  Interned bannettes, topics;
  People people;

 private:
  std::deque<Header> headers_;  // by number - 1; a deque grows without a copy
  std::unordered_map<std::uint64_t, Rare> rare_;
  std::size_t size_ = 0;
};

}  // namespace bannette
