#include "queue/codec/wire.hpp"
#include "queue/core/utf8.hpp"

namespace bannette::codec {
void put(v1::Header& out, const Dossier& d) {
  out.set_id(to_bytes(d.id));
  out.set_reference(make_reference(d.number));
  out.set_bannette(d.bannette);
  out.set_state(static_cast<v1::State>(d.state));
  out.set_topic(d.topic);
  out.set_urgency(static_cast<v1::Urgency>(d.urgency));
  out.set_danger(d.danger);
  out.set_insee(d.insee);
  out.set_arrived_ms(d.arrived_ms);
  out.set_deadline_ms(d.deadline_ms);
  out.set_holder(d.holder);
  out.set_fence(d.fence);
  out.set_lease_until_ms(d.lease_until_wall_ms);
  out.set_arrival_seq(d.arrival_seq);
  out.set_changed_seq(d.changed_seq);
  out.set_changed_ms(d.changed_ms);
  if (d.outcome) out.set_outcome(static_cast<v1::Outcome>(*d.outcome));
}

void put(v1::BannetteCount& out, const BannetteCount& c) {
  out.set_bannette(c.bannette);
  out.set_waiting(c.waiting);
  out.set_reserved(c.reserved);
  out.set_in_progress(c.in_progress);
  out.set_danger(c.danger);
  out.set_oldest_waiting_ms(c.oldest_waiting_ms);
  out.set_late(c.late);
  out.set_next_deadline_ms(c.next_deadline_ms);
  out.set_taken(c.taken);
  out.set_wait_median_s(c.wait_median_s);
  out.set_wait_max_s(c.wait_max_s);
}

void put(v1::Actor& out, const Person& person) {
  out.set_name(person.name);
  out.set_role(static_cast<v1::Role>(person.role));
  for (const auto& unit : person.units) out.add_units(unit);
}

v1::Envelope answer_to(const v1::Envelope& request) {
  v1::Envelope envelope;
  envelope.set_request_id(request.request_id());
  return envelope;
}

v1::Envelope error(std::uint64_t request_id, const Refusal& refusal) {
  v1::Envelope envelope;
  envelope.set_request_id(request_id);
  auto& out = *envelope.mutable_error();
  out.set_code(std::string(name(refusal.code)));
  out.set_field(cut(refusal.field, limits::reason_text));
  out.set_detail(cut(refusal.detail, limits::reason_text));
  return envelope;
}

v1::Envelope reply(std::uint64_t request_id, const Reply& reply) {
  if (const auto* refusal = std::get_if<Refusal>(&reply)) return error(request_id, *refusal);
  v1::Envelope envelope;
  envelope.set_request_id(request_id);
  if (const auto* receipt = std::get_if<Receipt>(&reply)) {
    auto& out = *envelope.mutable_receipt();
    out.set_id(to_bytes(receipt->id));
    out.set_reference(make_reference(receipt->number));
    out.set_seq(receipt->seq);
    out.set_bannette(receipt->bannette);
    out.set_arrived_ms(receipt->arrived_ms);
    out.set_deadline_ms(receipt->deadline_ms);
  } else {
    const Done& done = std::get<Done>(reply);
    auto& out = *envelope.mutable_done();
    out.set_seq(done.seq);
    put(*out.mutable_header(), done.dossier);
    out.mutable_header()->set_fence(done.fence);
  }
  return envelope;
}

}  // namespace bannette::codec
