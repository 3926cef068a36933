#include "queue/codec/state.hpp"

#include <limits>

#include "bannette/v1/state.pb.h"

namespace bannette::codec {
namespace {

[[noreturn]] void bad(const std::string& what) {
  throw BadRecord("état illisible : " + what, false);
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
  if (!m.SerializeToString(&out)) throw std::length_error("state beyond protobuf's bound");
}

void decode_state(std::string_view bytes, Dossier& d) {
  static thread_local v1::DossierState m;
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !m.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    bad("les octets ne se décodent pas");
  if (!m.GetReflection()->GetUnknownFields(m).empty())
    throw BadRecord("état écrit par une version plus récente : champ inconnu", true);
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
    throw BadRecord("état écrit par une version plus récente : issue " + std::to_string(m.outcome()), true);
  if (m.outcome() != 0) d.outcome = static_cast<Outcome>(m.outcome());
}

}  // namespace bannette::codec
