#include "queue/codec/state.hpp"

#include <limits>

#include "bannette/v1/state.pb.h"

namespace bannette::codec {
namespace {

[[noreturn]] void bad(const std::string& what) {
  throw BadRecord("état illisible : " + what, false);
}

[[noreturn]] void newer(const std::string& what) {
  throw BadRecord("état écrit par une version plus récente : " + what, true);
}

void encode_holds(const Dossier& d, v1::DossierState& m) {
  m.set_clock(static_cast<std::uint32_t>(d.clock));
  m.set_paused_ms(d.paused_ms);
  m.set_breached(d.breached);
  m.set_starved(d.starved);
  m.set_seen(d.seen);
  if (d.taken_ms != 0) m.set_taken_ms(d.taken_ms - d.arrived_ms);
  m.set_until_ms(d.until_ms);
  m.set_held_ms(d.held_ms);
  m.set_hold_why(d.hold_why);
}

void encode_ways(const Dossier& d, v1::DossierState& m) {
  m.set_hops(d.hops);
  m.set_merged_into(d.merged_into);
  if (d.proposal) {
    auto& proposal = *m.mutable_proposal();
    proposal.set_to(d.proposal->to);
    proposal.set_from(d.proposal->from);
    proposal.set_why(d.proposal->why);
    proposal.set_until_ms(d.proposal->until_ms);
  }
  for (const auto& copy : d.copies) m.add_copies(copy);
  for (const auto number : d.linked) m.add_linked(number);
  if (d.climb == Climb{}) return;
  auto& climb = *m.mutable_climb();
  climb.set_steps(d.climb.steps);
  climb.set_last_wall_ms(d.climb.last.wall_ms);
  climb.set_last_boot_ms(d.climb.last.boot_ms);
  climb.set_last_boot_id(d.climb.last.boot_id);
  climb.set_acknowledged_by(d.climb.acknowledged_by);
}

void decode_holds(const v1::DossierState& m, Dossier& d) {
  if (m.clock() > static_cast<std::uint32_t>(Delay::Unit::working_days))
    newer("horloge " + std::to_string(m.clock()));
  d.clock = static_cast<Delay::Unit>(m.clock());
  d.paused_ms = m.paused_ms();
  d.breached = m.breached();
  d.starved = m.starved();
  d.seen = m.seen();
  d.taken_ms = m.has_taken_ms() ? m.arrived_ms() + m.taken_ms() : 0;
  d.until_ms = m.until_ms();
  d.held_ms = m.held_ms();
  d.hold_why = m.hold_why();
}

void decode_ways(const v1::DossierState& m, Dossier& d) {
  d.hops = m.hops();
  d.merged_into = m.merged_into();
  d.proposal.reset();
  if (m.has_proposal())
    d.proposal =
        Proposal{m.proposal().to(), m.proposal().from(), m.proposal().why(), m.proposal().until_ms()};
  d.copies.assign(m.copies().begin(), m.copies().end());
  d.linked.assign(m.linked().begin(), m.linked().end());
  const auto& climb = m.climb();
  if (climb.steps() > 0xff) newer("étapes " + std::to_string(climb.steps()));
  d.climb = {static_cast<std::uint8_t>(climb.steps()),
             {climb.last_wall_ms(), climb.last_boot_ms(), climb.last_boot_id()},
             climb.acknowledged_by()};
}

bool has_unknown(const google::protobuf::Message& m) {
  return !m.GetReflection()->GetUnknownFields(m).empty();
}

}  // namespace

void encode_state(const Dossier& d, std::string& out) {
  static thread_local v1::DossierState m;  // reused: its strings keep their memory
  m.Clear();
  m.mutable_id()->assign(reinterpret_cast<const char*>(d.id.bytes.data()), d.id.bytes.size());
  m.set_bannette(d.bannette);
  m.set_topic(d.topic);
  m.set_insee(d.insee);
  m.set_arrived_ms(d.arrived_ms);
  if (d.deadline_ms != 0) m.set_deadline_ms(d.deadline_ms - d.arrived_ms);
  m.set_changed_ms(d.changed_ms - d.arrived_ms);
  m.set_holder(d.holder);
  m.set_lease_ms(d.lease_ms);
  m.set_lease_until_wall_ms(d.lease_until_wall_ms);
  m.set_lease_until_boot_ms(d.lease_until_boot_ms);
  m.set_lease_boot_id(d.lease_boot_id);
  if (d.outcome) m.set_outcome(static_cast<std::uint32_t>(*d.outcome));
  encode_holds(d, m);
  encode_ways(d, m);
  if (!m.SerializeToString(&out)) throw std::length_error("state beyond protobuf's bound");
}

void decode_state(std::string_view bytes, Dossier& d) {
  static thread_local v1::DossierState m;
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !m.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    bad("les octets ne se décodent pas");
  if (has_unknown(m) || has_unknown(m.proposal()) || has_unknown(m.climb())) newer("champ inconnu");
  const auto id = uuid_from_bytes(m.id());
  if (!id) bad("l'identifiant n'a pas 16 octets");
  d.id = *id;
  d.bannette = m.bannette();
  d.topic = m.topic();
  d.insee = m.insee();
  d.arrived_ms = m.arrived_ms();
  d.deadline_ms = m.has_deadline_ms() ? m.arrived_ms() + m.deadline_ms() : 0;
  d.changed_ms = m.arrived_ms() + m.changed_ms();
  d.holder = m.holder();
  d.lease_ms = m.lease_ms();
  d.lease_until_wall_ms = m.lease_until_wall_ms();
  d.lease_until_boot_ms = m.lease_until_boot_ms();
  d.lease_boot_id = m.lease_boot_id();
  d.outcome.reset();
  if (m.outcome() > static_cast<std::uint32_t>(Outcome::duplicate))
    newer("issue " + std::to_string(m.outcome()));
  if (m.outcome() != 0) d.outcome = static_cast<Outcome>(m.outcome());
  decode_holds(m, d);
  decode_ways(m, d);
}

}  // namespace bannette::codec
