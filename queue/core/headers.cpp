#include "queue/core/headers.hpp"

#include <algorithm>
#include <stdexcept>

#include "queue/core/limits.hpp"

namespace bannette {
namespace {

Rare rare_of(const Dossier& d) {
  Rare rare;
  rare.lease_ms = d.lease_ms;
  rare.lease_until_wall_ms = d.lease_until_wall_ms;
  rare.lease_until_boot_ms = d.lease_until_boot_ms;
  rare.lease_boot_id = d.lease_boot_id;
  rare.until_ms = d.until_ms;
  rare.held_ms = d.held_ms;
  rare.paused_ms = d.paused_ms;
  rare.hold_why = d.hold_why;
  rare.hops = d.hops;
  rare.merged_into = d.merged_into;
  rare.proposal = d.proposal;
  rare.copies = d.copies;
  rare.linked = d.linked;
  rare.climb = d.climb;
  return rare;
}

void put_rare(Dossier& d, const Rare& rare) {
  d.lease_ms = rare.lease_ms;
  d.lease_until_wall_ms = rare.lease_until_wall_ms;
  d.lease_until_boot_ms = rare.lease_until_boot_ms;
  d.lease_boot_id = rare.lease_boot_id;
  d.until_ms = rare.until_ms;
  d.held_ms = rare.held_ms;
  d.paused_ms = rare.paused_ms;
  d.hold_why = rare.hold_why;
  d.hops = rare.hops;
  d.merged_into = rare.merged_into;
  d.proposal = rare.proposal;
  d.copies = rare.copies;
  d.linked = rare.linked;
  d.climb = rare.climb;
}

// Any of it set? Without making one: most dossiers have none.
bool needs_rare(const Dossier& d) {
  return d.lease_ms != 0 || d.until_ms != 0 || d.held_ms != 0 || d.paused_ms != 0 || d.hops != 0 ||
         d.merged_into != 0 || d.proposal || !d.copies.empty() || !d.linked.empty() || d.climb != Climb{};
}

}  // namespace

void Headers::put(const Dossier& d) {
  if (d.number == 0 || d.number > limits::dossiers)
    throw std::length_error("a dossier's number is out of bounds");
  if (headers_.size() < d.number) headers_.resize(d.number);
  Header& h = headers_[d.number - 1];
  if (h.state == State{}) ++size_;
  h.id = d.id;
  h.arrival_seq = d.arrival_seq;
  h.changed_seq = d.changed_seq;
  h.arrived_ms = d.arrived_ms;
  h.deadline_ms = d.deadline_ms;
  h.changed_ms = d.changed_ms;
  h.taken_ms = d.taken_ms;
  h.fence = static_cast<std::uint32_t>(d.fence);
  h.bannette = bannettes.index(d.bannette);
  h.topic = topics.index(d.topic);
  h.holder = people.index(d.holder);
  h.insee = {};
  if (d.insee.size() == h.insee.size()) std::copy(d.insee.begin(), d.insee.end(), h.insee.begin());
  h.state = d.state;
  h.urgency = d.urgency;
  h.outcome = d.outcome ? static_cast<std::uint8_t>(*d.outcome) : std::uint8_t{0};
  h.clock = d.clock;
  h.danger = d.danger;
  h.breached = d.breached;
  h.starved = d.starved;
  h.seen = d.seen;
  if (needs_rare(d)) {
    rare_[d.number] = rare_of(d);
    h.has_rare = true;
  } else if (h.has_rare) {
    rare_.erase(d.number);
    h.has_rare = false;
  }
}

const Header* Headers::find(std::uint64_t number) const {
  if (number == 0 || number > headers_.size()) return nullptr;
  const Header& h = headers_[number - 1];
  return h.state == State{} ? nullptr : &h;
}

const Header& Headers::at(std::uint64_t number) const {
  const Header* h = find(number);
  if (h == nullptr) throw std::logic_error("no dossier " + std::to_string(number));
  return *h;
}

const Rare& Headers::rare(std::uint64_t number, const Header& header) const {
  static const Rare none;
  return header.has_rare ? rare_.at(number) : none;
}

Dossier Headers::opened(std::uint64_t number) const {
  const Header& h = at(number);
  Dossier d;
  d.id = h.id;
  d.number = number;
  d.bannette = bannettes.text(h.bannette);
  d.state = h.state;
  d.topic = topics.text(h.topic);
  d.urgency = h.urgency;
  d.danger = h.danger;
  if (h.insee[0] != 0) d.insee.assign(h.insee.data(), h.insee.size());
  d.arrived_ms = h.arrived_ms;
  d.deadline_ms = h.deadline_ms;
  d.clock = h.clock;
  d.breached = h.breached;
  d.starved = h.starved;
  d.seen = h.seen;
  d.arrival_seq = h.arrival_seq;
  d.changed_seq = h.changed_seq;
  d.changed_ms = h.changed_ms;
  d.taken_ms = h.taken_ms;
  d.fence = h.fence;
  d.holder = people.text(h.holder);
  if (h.outcome != 0) d.outcome = static_cast<Outcome>(h.outcome);
  if (h.has_rare) put_rare(d, rare_.at(number));
  return d;
}

OrderKey Headers::order_of(std::uint64_t number) const {
  const Header& h = at(number);
  return order_key(h.urgency, h.deadline_ms, h.arrival_seq, number);
}

}  // namespace bannette
