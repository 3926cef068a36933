#include "tests/sim/saboteur.hpp"

#include <algorithm>

#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"

namespace bannette::sim {
namespace {

constexpr std::int64_t kYear = 365LL * 24 * 3'600'000;

// The message, where it is one that only a holder may send.
template <class Visit>
void with_held(v1::Envelope& envelope, Visit visit) {
  switch (envelope.body_case()) {
    case v1::Envelope::kRenew:
      return visit(*envelope.mutable_renew());
    case v1::Envelope::kRelease:
      return visit(*envelope.mutable_release());
    case v1::Envelope::kAccept:
      return visit(*envelope.mutable_accept());
    case v1::Envelope::kNote:
      return visit(*envelope.mutable_note());
    case v1::Envelope::kHandle:
      return visit(*envelope.mutable_handle());
    case v1::Envelope::kHold:
      return visit(*envelope.mutable_hold());
    case v1::Envelope::kSendBack:
      return visit(*envelope.mutable_send_back());
    default:
      return;
  }
}

void make_fence_right(v1::Envelope& envelope, const Bannettes& bannettes) {
  with_held(envelope, [&](auto& message) {
    const auto named = codec::target(message.dossier());
    if (named.has_error()) return;
    const auto number = named.value().number ? *named.value().number : dossier_number(*named.value().id);
    const auto dossier = bannettes.find(number);
    if (!dossier || dossier->holder.find('/') == std::string::npos) return;
    message.set_fence(dossier->fence);
    envelope.mutable_actor()->set_name(dossier->holder.substr(dossier->holder.find('/') + 1));
  });
}

void take_the_last(v1::Envelope& envelope, const Authority& who, const Bannettes& bannettes) {
  if (!(envelope.has_take() && envelope.take().dossier().empty())) return;
  const auto tray = bannettes.tray(who, {}, 200);
  if (tray.has_error()) return;
  for (const Dossier& each : tray.value().items)
    if (each.state == State::waiting) envelope.mutable_take()->set_dossier(make_reference(each.number));
}

bool comes_back(ChangeKind kind) {
  return kind == ChangeKind::returned || kind == ChangeKind::released || kind == ChangeKind::lease_expired;
}

}  // namespace

Rules Saboteur::rules(Rules rules) const {
  if (is(Mutant::escalation_slow)) {
    rules.step_immediate_ms *= 3;
    rules.step_urgent_ms *= 3;
  }
  if (is(Mutant::on_call_forgotten)) rules.on_call.clear();
  if (is(Mutant::nobody_watches)) rules.unattended_ms = kYear;
  if (is(Mutant::starvation_unnoticed)) rules.starvation_ms = kYear;
  if (is(Mutant::content_for_everybody))
    for (auto& topic : rules.topics) topic.restricted = false;
  return rules;
}

Instant Saboteur::instant(Instant now, std::int64_t wall_offset_ms) const {
  if (is(Mutant::leases_never_end)) now.boot_ms = 3'600'000;
  if (is(Mutant::leases_by_wall_clock)) now.boot_ms += 4'000'000 + wall_offset_ms;
  return now;
}

Authority Saboteur::authority(std::string_view principal, const Rules& rules) const {
  if (is(Mutant::unit_filter_missing) && principal.starts_with("unit:"))
    return *authority_of("unit:" + std::string(owner_of(rules.bannettes.front())));
  return *authority_of(principal);
}

std::string Saboteur::received(const std::string& bytes, const Authority& who, const desk::Desk& desk) {
  const bool tampers = is(Mutant::dedup_forgotten) || is(Mutant::no_fence_check) ||
                       is(Mutant::priority_ignored) || is(Mutant::key_reused_unchecked) ||
                       is(Mutant::right_to_everybody);
  if (!tampers) return bytes;
  auto decoded = codec::decode({codec::kHeader, bytes});
  if (decoded.has_error()) return bytes;
  v1::Envelope& envelope = decoded.value();
  if (is(Mutant::right_to_everybody) && who.kind == Authority::Kind::console && envelope.has_actor())
    envelope.mutable_actor()->set_restricted(true);
  if (envelope.idempotency_key().empty()) return codec::encode(envelope);
  if (is(Mutant::key_reused_unchecked)) {
    const auto [first, is_new] = first_.emplace(envelope.idempotency_key(), bytes);
    const std::uint64_t id = envelope.request_id();
    if (!is_new) envelope = codec::decode({codec::kHeader, first->second}).value();
    envelope.set_request_id(id);
  }
  if (is(Mutant::dedup_forgotten)) {
    std::string& key = *envelope.mutable_idempotency_key();
    ++made_keys_;
    for (std::size_t i = 0; i < 4; ++i) key[12 + i] = static_cast<char>(made_keys_ >> (8 * i));
  }
  if (is(Mutant::no_fence_check)) make_fence_right(envelope, desk.bannettes());
  if (is(Mutant::priority_ignored)) take_the_last(envelope, who, desk.bannettes());
  return codec::encode(envelope);
}

void Saboteur::written(std::vector<journal::Entry>& batch) const {
  for (journal::Entry& entry : batch) {
    if (is(Mutant::readings_of_nobody) && entry.persist.change.kind == ChangeKind::read)
      entry.persist.change.actor = "personne";
    if (!comes_back(entry.persist.change.kind)) continue;
    if (is(Mutant::deadline_lost_on_return)) entry.persist.after.deadline_ms = 0;
    if (is(Mutant::place_lost_on_return)) entry.persist.after.arrival_seq = entry.persist.change.seq;
  }
}

std::size_t Saboteur::tears(const std::vector<journal::Entry>& batch) const {
  for (std::size_t i = 0; is(Mutant::torn_batch) && i < batch.size(); ++i)
    if (batch[i].persist.change.kind == ChangeKind::merged) return i + 1;
  return 0;
}

void Saboteur::read(Dossier& d) const {
  if (is(Mutant::fences_begin_again) && d.state == State::waiting) d.fence = 0;
  if (is(Mutant::escalation_in_memory)) d.climb.steps = 0;
  if (is(Mutant::acknowledgement_lost)) d.climb.acknowledged_by.clear();
  if (is(Mutant::danger_closed_by_clock) && d.danger && d.state == State::handled)
    d.until_ms = d.changed_ms + 60'000;
  if (is(Mutant::danger_merged_away)) d.danger = false;
  if (is(Mutant::proposals_never_end) && d.proposal) d.proposal->until_ms += kYear;
  if (is(Mutant::holds_never_end) && d.state == State::on_hold) d.until_ms += kYear;
  if (is(Mutant::closing_forgotten) && d.state == State::handled) d.until_ms = 0;
  if (is(Mutant::breach_unnoticed)) d.breached = true;
}

// As desk::reload() does, but for what is read() otherwise.
Bannettes Saboteur::reload(const Rules& rules, journal::Journal& journal, const Instant& now,
                           const Instant& began) const {
  Bannettes bannettes(rules);
  journal.load(
      [&](const Dossier& dossier) {
        Dossier altered = dossier;
        read(altered);
        bannettes.restore(altered, began);
      },
      now.wall_ms - limits::key_age_max - limits::key_ahead_max,
      [&](const Change& change) {
        if (!is(Mutant::keys_in_memory_only)) bannettes.restore_key(change);
      },
      [&](const Change& change) { bannettes.restore_site(change); });
  bannettes.begin(journal.head().seq, journal.last_number(), now);
  return bannettes;
}

void Saboteur::sent(v1::Envelope& envelope, const Authority& who, const desk::Desk& desk,
                    journal::Journal& journal) {
  if (is(Mutant::events_skipped) && envelope.has_events() && envelope.events().items_size() > 1)
    envelope.mutable_events()->mutable_items()->RemoveLast();
  if (is(Mutant::proposal_in_two_trays) && envelope.has_tray())
    for (const auto& offered : envelope.tray().offered()) {
      *envelope.mutable_tray()->add_items() = offered;
      envelope.mutable_tray()->set_total(envelope.tray().total() + 1);
    }
  if (is(Mutant::topic_told) && envelope.has_tray())
    for (auto& item : *envelope.mutable_tray()->mutable_items())
      if (item.restricted()) item.set_topic("danger");
  if (is(Mutant::content_of_another) && envelope.has_dossier() && envelope.dossier().has_content() &&
      desk.bannettes().size() > 1 && who.kind == Authority::Kind::unit)
    if (const auto content = journal.content(1))
      envelope.mutable_dossier()->mutable_content()->ParseFromString(*content);
}

}  // namespace bannette::sim
