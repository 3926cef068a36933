#include "router/switchboard/call_record.hpp"

#include <array>

#include "bannette/v1/call_record.pb.h"

namespace bannette::router {
namespace {

using calls::Moment;

// The moments of a leg and of a call in the order in which they are kept: append only.
template <class Leg>
auto moments_of_leg(Leg& leg) {
  return std::array{&leg.joined,        &leg.left,      &leg.line_ended,
                    &leg.connected,     &leg.completed, &leg.hangup_requested,
                    &leg.hangup_forced, &leg.went_on,   &leg.gone,
                    &leg.redirected,    &leg.withdrawn, &leg.lost};
}
template <class Call>
auto moments_of_call(Call& call) {
  return std::array{&call.announced, &call.answered, &call.ended,       &call.wrapped, &call.qualified_at,
                    &call.seen,      &call.since,    &call.transferred, &call.held,    &call.resumed};
}

void put(v1::MomentKept& out, const Moment& moment) {
  out.set_at_ms(moment.at_ms);
  out.set_order(moment.order);
}
Moment moment_of(const v1::MomentKept& in) {
  return {in.at_ms(), in.order()};
}

void put(v1::RingKept& out, const calls::Ring& ring) {
  out.set_post(ring.post);
  out.set_post_name(ring.post_name);
  out.set_uniqueid(ring.uniqueid);
  put(*out.mutable_from(), ring.from);
  put(*out.mutable_until(), ring.until);
  out.set_ring_ms(ring.ring_ms);
  out.set_end(static_cast<std::uint32_t>(ring.end));
}
calls::Ring ring_of(const v1::RingKept& in) {
  calls::Ring ring{in.post(), in.post_name(), in.uniqueid(), moment_of(in.from()), moment_of(in.until())};
  ring.ring_ms = in.ring_ms();
  ring.end = static_cast<calls::Ring::End>(in.end());
  return ring;
}

void put(v1::LegKept& out, v1::LegHidden& hidden, const calls::Leg& leg) {
  out.set_pbx(leg.pbx);
  out.set_queue(leg.queue);
  out.set_uniqueid(leg.uniqueid);
  out.set_linkedid(leg.linkedid);
  out.set_nth(leg.nth);
  out.set_withheld(leg.withheld);
  out.set_position(leg.position);
  for (const Moment* each : moments_of_leg(leg)) put(*out.add_moments(), *each);
  out.set_queue_result(leg.queue_result);
  out.set_call_class(leg.call_class);
  out.set_shutdown(leg.shutdown);
  out.set_began_before(leg.began_before);
  out.set_hold_s(leg.hold_s);
  out.set_talk_s(leg.talk_s);
  out.set_post(leg.post);
  out.set_post_name(leg.post_name);
  out.set_post_uniqueid(leg.post_uniqueid);
  out.set_completed_reason(leg.completed_reason);
  out.set_timed(leg.timed);
  out.set_gap(leg.gap);
  for (const auto& ring : leg.rings) put(*out.add_rings(), ring);
  hidden.set_number(leg.number);
  hidden.set_name(leg.caller_name);
  hidden.set_joined_place(leg.joined_place);
  hidden.set_gone_place(leg.gone_place);
}

calls::Leg leg_of(const v1::LegKept& in) {
  calls::Leg leg;
  leg.pbx = in.pbx();
  leg.queue = in.queue();
  leg.uniqueid = in.uniqueid();
  leg.linkedid = in.linkedid();
  leg.nth = in.nth();
  leg.withheld = in.withheld();
  leg.position = in.position();
  const auto moments = moments_of_leg(leg);
  for (int i = 0; i < in.moments_size() && i < static_cast<int>(moments.size()); ++i)
    *moments[static_cast<std::size_t>(i)] = moment_of(in.moments(i));
  leg.queue_result = in.queue_result();
  leg.call_class = in.call_class();
  leg.shutdown = in.shutdown();
  leg.began_before = in.began_before();
  leg.hold_s = in.hold_s();
  leg.talk_s = in.talk_s();
  leg.post = in.post();
  leg.post_name = in.post_name();
  leg.post_uniqueid = in.post_uniqueid();
  leg.completed_reason = in.completed_reason();
  leg.timed = in.timed();
  leg.gap = in.gap();
  for (const auto& ring : in.rings()) leg.rings.push_back(ring_of(ring));
  return leg;
}

template <class Message>
bool parse(Message& message, std::string_view bytes) {
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

CallRecord record_of(const calls::Event& event, std::string call) {
  v1::CallEvent out;
  out.set_kind(static_cast<std::uint32_t>(event.kind));
  out.set_pbx(event.pbx);
  out.set_queue(event.queue);
  out.set_uniqueid(event.uniqueid);
  out.set_linkedid(event.linkedid);
  out.set_other(event.other);
  out.set_channel(event.channel);
  out.set_post(event.post);
  out.set_post_name(event.post_name);
  out.set_number(event.number);
  out.set_name(event.name);
  out.set_reason(event.reason);
  out.set_place(event.place);
  out.set_at_ms(event.at_ms);
  out.set_timed(event.timed);
  out.set_from_call_class(event.from_call_class);
  out.set_withheld(event.withheld);
  out.set_ring_ms(event.ring_ms);
  out.set_hold_s(event.hold_s);
  out.set_talk_s(event.talk_s);
  out.set_cause(event.cause);
  out.set_position(event.position);
  out.set_status(event.status);
  out.set_paused(event.paused);
  out.set_stamped(event.stamped);
  CallRecord record{CallRecordKind::fact, std::move(call), event.at_ms, {}, out.SerializeAsString()};
  if (event.kind == calls::Kind::bound) record.seat = event.pbx + ":" + event.post;
  return record;
}

std::optional<calls::Event> event_of(std::string_view hidden) {
  v1::CallEvent in;
  if (!parse(in, hidden) || in.kind() > 255) return std::nullopt;
  calls::Event event;
  event.kind = static_cast<calls::Kind>(in.kind());
  event.pbx = in.pbx();
  event.queue = in.queue();
  event.uniqueid = in.uniqueid();
  event.linkedid = in.linkedid();
  event.other = in.other();
  event.channel = in.channel();
  event.post = in.post();
  event.post_name = in.post_name();
  event.number = in.number();
  event.name = in.name();
  event.reason = in.reason();
  event.place = in.place();
  event.at_ms = in.at_ms();
  event.timed = in.timed();
  event.from_call_class = in.from_call_class();
  event.withheld = in.withheld();
  event.ring_ms = in.ring_ms();
  event.hold_s = in.hold_s();
  event.talk_s = in.talk_s();
  event.cause = in.cause();
  event.position = in.position();
  event.status = in.status();
  event.paused = static_cast<std::int8_t>(in.paused());
  event.stamped = in.stamped();
  return event;
}

CallRecord record_of(const calls::CallbackChange& change) {
  v1::CallbackKept out;
  out.set_what(static_cast<std::uint32_t>(change.what));
  out.set_at_ms(change.at_ms);
  out.set_entry(change.entry);
  out.set_number(change.number);
  out.set_dialled(change.dialled);
  out.set_call(change.call);
  out.set_queue(change.queue);
  out.set_post(change.post);
  out.set_person(change.person);
  out.set_reason(change.reason);
  out.set_arrival_ms(change.arrival_ms);
  out.set_until_ms(change.until_ms);
  out.set_danger(change.danger);
  out.set_as(static_cast<std::uint32_t>(change.as));
  out.set_end(static_cast<std::uint32_t>(change.end));
  return {CallRecordKind::callback, change.call, change.at_ms, {}, out.SerializeAsString()};
}

std::optional<calls::CallbackChange> callback_of(std::string_view hidden) {
  v1::CallbackKept in;
  if (!parse(in, hidden)) return std::nullopt;
  calls::CallbackChange change;
  change.what = static_cast<calls::CallbackChange::What>(in.what());
  change.at_ms = in.at_ms();
  change.entry = in.entry();
  change.number = in.number();
  change.dialled = in.dialled();
  change.call = in.call();
  change.queue = in.queue();
  change.post = in.post();
  change.person = in.person();
  change.reason = in.reason();
  change.arrival_ms = in.arrival_ms();
  change.until_ms = in.until_ms();
  change.danger = in.danger();
  change.as = static_cast<calls::MissedAs>(in.as());
  change.end = static_cast<calls::CallbackEnd>(in.end());
  return change;
}

CallRecord record_of(const calls::Call& call, std::uint64_t caller) {
  v1::CallKept out;
  v1::CallHidden hidden;
  out.set_id(call.id);
  out.set_pbx(call.pbx);
  out.set_linkedid(call.linkedid);
  out.set_state(static_cast<std::uint32_t>(call.state));
  out.set_direction(static_cast<std::uint32_t>(call.direction));
  out.set_withheld(call.withheld);
  for (const auto& leg : call.legs) put(*out.add_legs(), *hidden.add_legs(), leg);
  out.set_post(call.post);
  out.set_post_name(call.post_name);
  out.set_person(call.person);
  for (const Moment* each : moments_of_call(call)) put(*out.add_moments(), *each);
  for (const auto& each : call.dossiers) out.add_dossiers(each);
  out.set_outcome(call.outcome);
  out.set_dial_result(call.dial_result);
  out.set_caller(caller);
  out.set_qualified_by(call.qualified_by);
  out.set_timed(call.timed);
  out.set_call_class(call.call_class);
  out.set_typed(call.typed);
  hidden.set_number(call.number);
  hidden.set_name(call.caller_name);
  hidden.set_redirected_to(call.redirected_to);
  return {CallRecordKind::call, call.id, call.announced.at_ms, out.SerializeAsString(),
          hidden.SerializeAsString()};
}

std::optional<KeptCall> call_of(std::string_view clear, std::string_view hidden_bytes) {
  v1::CallKept in;
  v1::CallHidden hidden;
  if (!parse(in, clear) || !parse(hidden, hidden_bytes)) return std::nullopt;
  KeptCall kept;
  calls::Call& call = kept.call;
  call.id = in.id();
  call.pbx = in.pbx();
  call.linkedid = in.linkedid();
  call.state = static_cast<calls::State>(in.state());
  call.direction = static_cast<calls::Direction>(in.direction());
  call.withheld = in.withheld();
  for (int i = 0; i < in.legs_size(); ++i) {
    calls::Leg leg = leg_of(in.legs(i));
    if (i < hidden.legs_size()) {
      leg.number = hidden.legs(i).number();
      leg.caller_name = hidden.legs(i).name();
      leg.joined_place = hidden.legs(i).joined_place();
      leg.gone_place = hidden.legs(i).gone_place();
    }
    call.legs.push_back(std::move(leg));
  }
  call.post = in.post();
  call.post_name = in.post_name();
  call.person = in.person();
  const auto moments = moments_of_call(call);
  for (int i = 0; i < in.moments_size() && i < static_cast<int>(moments.size()); ++i)
    *moments[static_cast<std::size_t>(i)] = moment_of(in.moments(i));
  call.dossiers.assign(in.dossiers().begin(), in.dossiers().end());
  call.outcome = in.outcome();
  call.dial_result = in.dial_result();
  call.qualified_by = in.qualified_by();
  call.timed = in.timed();
  call.call_class = in.call_class();
  call.typed = in.typed();
  call.number = hidden.number();
  call.caller_name = hidden.name();
  call.redirected_to = hidden.redirected_to();
  kept.caller = in.caller();
  return kept;
}

CallRecord record_of(const CallLink& link) {
  v1::CallLink out;
  out.set_call(link.call);
  out.set_key(to_bytes(link.key));
  out.set_person(link.person);
  out.set_number(link.number);
  out.set_at_ms(link.at_ms);
  out.set_given_up(link.given_up);
  return {CallRecordKind::link, link.call, link.at_ms, out.SerializeAsString(), {}};
}

CallRecord record_of(const calls::PostTime& time) {
  v1::PostTimeKept out;
  out.set_half_hour_ms(time.half_hour_ms);
  out.set_busy_ms(time.busy_ms);
  out.set_free_ms(time.free_ms);
  out.set_paused_ms(time.paused_ms);
  return {CallRecordKind::post_time, {}, time.half_hour_ms, out.SerializeAsString(), {}};
}

std::optional<calls::PostTime> post_time_of(std::string_view clear) {
  v1::PostTimeKept in;
  if (!parse(in, clear)) return std::nullopt;
  return calls::PostTime{in.half_hour_ms(), in.busy_ms(), in.free_ms(), in.paused_ms()};
}

std::optional<CallLink> link_of(std::string_view clear) {
  v1::CallLink in;
  if (!parse(in, clear)) return std::nullopt;
  const auto key = uuid_from_bytes(in.key());
  if (!key) return std::nullopt;
  return CallLink{in.call(), in.person(), *key, in.number(), in.at_ms(), in.given_up()};
}

}  // namespace bannette::router
