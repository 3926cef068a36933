#include "queue/codec/record.hpp"

#include <algorithm>
#include <limits>

#include "bannette/v1/record.pb.h"

namespace bannette::codec {
namespace {

constexpr std::uint32_t format_known = 2;

template <std::size_t N>
std::string_view view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

template <class T>
void set(std::string* field, T&& text) {
  field->assign(text.data(), text.size());
}

[[noreturn]] void bad(const std::string& what) {
  throw BadRecord("enregistrement illisible : " + what, false);
}
[[noreturn]] void newer(const std::string& what) {
  throw BadRecord("enregistrement écrit par une version plus récente : " + what, true);
}

// An enumeration's value from 1 to `last`: 0 is never written, more is of a later version.
template <class Enum>
Enum in_range(std::uint32_t value, Enum last, const char* field) {
  if (value == 0) bad(std::string(field) + " vaut 0");
  if (value > static_cast<std::uint32_t>(last)) newer(std::string(field) + " vaut " + std::to_string(value));
  return static_cast<Enum>(value);
}

template <class Message>
void parse(Message& message, std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    bad("les octets ne se décodent pas");
  if (!message.GetReflection()->GetUnknownFields(message).empty()) newer("champ inconnu");
}

void decode_submitted(const v1::Record& m, Change& change) {
  change.bannette = m.bannette();
  change.topic = m.topic();
  change.insee = m.insee();
  change.danger = m.danger();
  change.deadline_ms = m.deadline_ms();
  if (m.urgency() != 0) change.urgency = in_range(m.urgency(), Urgency::normal, "urgency");
  if (change.kind == ChangeKind::submitted && m.urgency() == 0) bad("urgency vaut 0");
}

void decode_identity(const v1::Record& m, Change& change) {
  const auto id = uuid_from_bytes(m.dossier_id());
  if (!id) bad("dossier_id n'a pas 16 octets");
  change.id = *id;
  if (!m.key().empty()) {
    change.key = uuid_from_bytes(m.key());
    if (!change.key) bad("key n'a pas 16 octets");
  }
  if (m.digest().empty()) return;
  if (m.digest().size() != change.digest.size()) bad("digest n'a pas 16 octets");
  std::copy(m.digest().begin(), m.digest().end(), change.digest.begin());
}

void decode_later(const v1::Record& m, Change& change) {
  // Format 1 did not say it; its actor is the key itself where no person was named.
  change.by_person = m.format() == 1 ? m.actor() != m.principal() && m.principal() != "clock" : m.by_person();
  if (m.clock() != 0) change.clock = in_range(m.clock(), Delay::Unit::working_days, "clock");
  change.paused_ms = m.paused_ms();
  change.to = m.to();
  change.person = m.person();
  change.from_ms = m.from_ms();
  change.until_ms = m.until_ms();
  change.other = m.other();
  if (m.step() != 0) change.step = in_range(m.step(), Step::supervisors, "step");
}

}  // namespace

void encode_record(const Change& change, std::uint64_t epoch, std::string& out) {
  static thread_local v1::Record m;  // reused: its strings keep their memory
  m.Clear();
  m.set_format(format_known);
  m.set_epoch(epoch);
  m.set_previous_seq(change.previous_seq);
  m.set_wall_ms(change.at.wall_ms);
  m.set_boot_ms(change.at.boot_ms);
  m.set_boot_id(change.at.boot_id);
  m.set_kind(static_cast<std::uint32_t>(change.kind));
  set(m.mutable_dossier_id(), view(change.id.bytes));
  set(m.mutable_principal(), change.principal);
  set(m.mutable_actor(), change.actor);
  set(m.mutable_reason(), change.reason);
  if (change.key) set(m.mutable_key(), view(change.key->bytes));
  if (change.digest != Digest{}) set(m.mutable_digest(), view(change.digest));
  set(m.mutable_bannette(), change.bannette);
  set(m.mutable_topic(), change.topic);
  set(m.mutable_insee(), change.insee);
  m.set_urgency(static_cast<std::uint32_t>(change.urgency));
  m.set_danger(change.danger);
  m.set_deadline_ms(change.deadline_ms);
  m.set_fence(change.fence);
  m.set_lease_ms(change.lease_ms);
  if (change.outcome) m.set_outcome(static_cast<std::uint32_t>(*change.outcome));
  m.set_by_person(change.by_person);
  m.set_clock(static_cast<std::uint32_t>(change.clock));
  m.set_paused_ms(change.paused_ms);
  set(m.mutable_to(), change.to);
  set(m.mutable_person(), change.person);
  m.set_from_ms(change.from_ms);
  m.set_until_ms(change.until_ms);
  m.set_other(change.other);
  if (change.step) m.set_step(static_cast<std::uint32_t>(*change.step));
  if (!m.SerializeToString(&out)) throw std::length_error("record beyond protobuf's bound");
}

DecodedRecord decode_record(std::string_view bytes) {
  static thread_local v1::Record m;
  parse(m, bytes);
  if (m.format() == 0) bad("format vaut 0");
  if (m.format() > format_known) newer("format " + std::to_string(m.format()));
  if (m.format() > 1 && (m.seq() != 0 || m.number() != 0 || !m.site().empty()))
    bad("ce que sa ligne dit y est aussi");
  DecodedRecord record;
  record.format = m.format();
  record.site = m.site();
  record.epoch = m.epoch();
  Change& change = record.change;
  change.seq = m.seq();
  change.previous_seq = m.previous_seq();
  change.at = {m.wall_ms(), m.boot_ms(), m.boot_id()};
  change.kind = in_range(m.kind(), kLastChange, "kind");
  change.number = m.number();
  change.principal = m.principal();
  change.actor = m.actor();
  change.reason = m.reason();
  decode_identity(m, change);
  decode_submitted(m, change);
  change.fence = m.fence();
  change.lease_ms = m.lease_ms();
  if (m.outcome() != 0) change.outcome = in_range(m.outcome(), Outcome::duplicate, "outcome");
  decode_later(m, change);
  return record;
}

void encode_personal(std::string_view content, std::string_view text, std::string_view contact,
                     std::string& out) {
  out.clear();
  if (content.empty() && text.empty() && contact.empty()) return;
  v1::Personal m;
  set(m.mutable_content(), content);
  set(m.mutable_text(), text);
  set(m.mutable_contact(), contact);
  if (!m.SerializeToString(&out)) throw std::length_error("personal content beyond protobuf's bound");
}

PersonalParts decode_personal(std::string_view bytes) {
  v1::Personal m;
  parse(m, bytes);
  return {std::move(*m.mutable_content()), std::move(*m.mutable_text()), std::move(*m.mutable_contact())};
}

}  // namespace bannette::codec
