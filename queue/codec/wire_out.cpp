#include "queue/codec/wire.hpp"
#include "queue/core/utf8.hpp"

namespace bannette::codec {
namespace {

void put(v1::Proposal& out, const Proposal& proposal) {
  out.set_to(proposal.to);
  out.set_from(proposal.from);
  out.set_why(proposal.why);
  out.set_until_ms(proposal.until_ms);
}

void put(v1::Climb& out, const Climb& climb) {
  for (auto step : {Step::unit, Step::manager, Step::on_call, Step::supervisors})
    if (has_fired(climb, step)) out.add_fired(static_cast<v1::Step>(step));
  out.set_last_ms(climb.last.wall_ms);
  out.set_acknowledged_by(climb.acknowledged_by);
}

}  // namespace

void put(v1::Header& out, const Dossier& d, TopicSight topic) {
  out.set_id(to_bytes(d.id));
  out.set_reference(make_reference(d.number));
  out.set_bannette(d.bannette);
  out.set_state(static_cast<v1::State>(d.state));
  if (topic != TopicSight::hidden) out.set_topic(d.topic);
  out.set_restricted(topic != TopicSight::open);
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
  out.set_deadline_state(static_cast<v1::DeadlineState>(deadline_state(d)));
  out.set_starved(d.starved);
  out.set_until_ms(d.until_ms);
  out.set_hold_why(d.hold_why);
  out.set_hops(d.hops);
  if (topic != TopicSight::hidden)  // copied where such topics go: as telling as its name
    for (const auto& copy : d.copies) out.add_copies(copy);
  for (const auto number : d.linked) out.add_linked(make_reference(number));
  if (d.merged_into != 0) out.set_merged_into(make_reference(d.merged_into));
  if (d.proposal) put(*out.mutable_proposal(), *d.proposal);
  if (d.danger) put(*out.mutable_climb(), d.climb);
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
  out.set_on_hold(c.on_hold);
  out.set_unacknowledged(c.unacknowledged);
  out.set_offered(c.offered);
  out.set_starved(c.starved);
  out.set_unattended(c.unattended);
  out.set_restricted_unattended(c.restricted_unattended);
  out.set_restricted(c.restricted);
  out.set_unread(c.unread);
}

void put(v1::HistoryEntry& out, const Change& change) {
  out.set_seq(change.seq);
  out.set_at_ms(change.at.wall_ms);
  out.set_actor(change.actor);
  out.set_change(std::string(name(change.kind)));
  out.set_reason(change.reason);
  out.set_to(change.to);
  out.set_until_ms(change.until_ms);
  if (change.other != 0) out.set_other(make_reference(change.other));
}

void put(v1::Event& out, const Change& change, std::string_view site, const std::optional<Dossier>& dossier,
         TopicSight topic) {
  out.set_seq(change.seq);
  out.set_id(event_id(change, site));
  out.set_at_ms(change.at.wall_ms);
  out.set_change(std::string(name(change.kind)));
  if (change.step) out.set_step(static_cast<v1::Step>(*change.step));
  out.set_actor(change.actor);
  out.set_reason(change.reason);
  out.set_to(change.to);
  out.set_bannette(change.bannette);
  if (change.kind == ChangeKind::clock_jumped) out.set_by_ms(change.until_ms);
  if (!dossier) return;
  out.set_bannette(dossier->bannette);
  out.set_dossier(to_bytes(dossier->id));
  out.set_reference(make_reference(dossier->number));
  if (topic != TopicSight::hidden) out.set_topic(dossier->topic);
  out.set_restricted(topic != TopicSight::open);
  out.set_urgency(static_cast<v1::Urgency>(dossier->urgency));
  out.set_danger(dossier->danger);
  out.set_deadline_ms(dossier->deadline_ms);
}

std::string event_id(const Change& change, std::string_view site) {
  return std::string(site) + "-" + std::to_string(change.seq) + "-" + std::to_string(change.at.wall_ms);
}

void put(v1::Actor& out, const Person& person) {
  out.set_name(person.name);
  out.set_role(static_cast<v1::Role>(person.role));
  for (const auto& unit : person.units) out.add_units(unit);
  out.set_restricted(person.restricted);
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

v1::Envelope reply(std::uint64_t request_id, const Reply& reply, TopicSight topic) {
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
    if (done.dossier.number == 0) return envelope;
    put(*out.mutable_header(), done.dossier, topic);
    out.mutable_header()->set_fence(done.fence);
  }
  return envelope;
}

}  // namespace bannette::codec
