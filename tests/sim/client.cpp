#include "tests/sim/client.hpp"

#include <algorithm>
#include <set>

#include "queue/codec/frame.hpp"
#include "queue/codec/wire.hpp"
#include "tests/sim/site.hpp"

namespace bannette::sim {
namespace {

constexpr std::int64_t kHeartbeatMs = 5'000;
constexpr std::int64_t kTimeoutMs = 2'000;
const std::set<std::string> kAskAgain{"timed_out", "busy", "disk_full", "unavailable", "key_expired"};

v1::Envelope timed_out(std::uint64_t id) {
  return codec::error(id, {Code::timed_out, "", "Pas de réponse."});
}

}  // namespace

Client::Client(Schedule& schedule, Network& network, Oracle& oracle, Who who)
    : schedule_(schedule),
      oracle_(oracle),
      network_(network),
      who_(std::move(who)),
      number_(network.add_client()),
      session_(kHeartbeatMs) {}

void Client::start() {
  obey(session_.start(schedule_.now()));
}

void Client::tick_when_due() {
  const std::int64_t due = session_.next_tick_ms();
  if (gone_ || due >= tick_at_) return;
  tick_at_ = due;
  schedule_.after(due - schedule_.now(), [this, due] {
    if (gone_ || due != tick_at_) return;  // an earlier one took its place
    tick_at_ = INT64_MAX;
    obey(session_.tick(schedule_.now()));
  });
}

void Client::send(const v1::Envelope& envelope) {
  network_.client_sends(number_, codec::encode(envelope));
}

v1::Envelope Client::query() const {
  v1::Envelope envelope;
  if (who_.person.empty()) return envelope;
  envelope.mutable_actor()->set_name(who_.person);
  envelope.mutable_actor()->set_role(who_.role);
  for (const auto& unit : who_.units) envelope.mutable_actor()->add_units(unit);
  envelope.mutable_actor()->set_restricted(who_.restricted);
  return envelope;
}

v1::Envelope Client::change() {
  v1::Envelope envelope = query();
  std::array<std::uint8_t, 10> random{};
  ++keys_;
  for (std::size_t i = 0; i < 4; ++i) random[9 - i] = static_cast<std::uint8_t>(keys_ >> (8 * i));
  random[4] = static_cast<std::uint8_t>(number_);
  const Uuid key = make_uuid7(kEpochMs + schedule_.now(), random);
  envelope.set_idempotency_key(key.bytes.data(), key.bytes.size());
  return envelope;
}

void Client::ask(v1::Envelope envelope) {
  const std::uint64_t id = next_id_++;
  envelope.set_request_id(id);
  Asking& asking = asked_[id];
  asking.envelope = std::move(envelope);
  if (!asking.envelope.idempotency_key().empty())
    asking.number = oracle_.asked(schedule_.now(), who_, asking.envelope);
  obey(session_.ask(id, schedule_.now() + kTimeoutMs));
}

void Client::hear(const std::string& bytes) {
  if (gone_) return;
  const std::int64_t now = schedule_.now();
  const auto decoded = codec::decode({codec::kHeader, bytes});
  if (decoded.has_error()) return oracle_.complain("the server sent something that is no message");
  const v1::Envelope& envelope = decoded.value();
  oracle_.seen(who_, envelope);
  if (envelope.has_welcome()) return obey(session_.welcome(now));
  if (envelope.error().code() == "not_authenticated") return obey(session_.not_authenticated(now));
  if (envelope.request_id() == 0) return session_.heard(now);
  obey(session_.reply(envelope.request_id(), now), &envelope);
}

void Client::obey(const session::Actions& actions, const v1::Envelope* heard) {
  for (const session::Action& action : actions) {
    if (std::holds_alternative<session::SendHello>(action)) {
      v1::Envelope hello;
      hello.mutable_hello()->set_protocol(1);
      hello.mutable_hello()->set_heartbeat_ms(kHeartbeatMs);
      send(hello);
    } else if (std::holds_alternative<session::SendHeartbeat>(action)) {
      v1::Envelope beat;
      beat.mutable_heartbeat();
      send(beat);
    } else if (const auto* request = std::get_if<session::SendRequest>(&action)) {
      send(asked_.at(request->id).envelope);
      if (schedule_.chance(5))
        send(asked_.at(request->id).envelope);  // twice, as after a restart of the sender
    } else if (const auto* given = std::get_if<session::GiveAnswer>(&action)) {
      answer(given->id, *heard);
    } else if (const auto* late = std::get_if<session::GiveTimeout>(&action)) {
      answer(late->id, timed_out(late->id));
    }
  }
  tick_when_due();
}

void Client::answer(std::uint64_t id, const v1::Envelope& heard) {
  const Asking asking = std::move(asked_.at(id));
  const v1::Envelope& asked = asking.envelope;
  asked_.erase(id);
  oracle_.answered(schedule_.now(), asking.number, who_, asked, heard);
  const bool is_change = !asked.idempotency_key().empty();
  const bool later = is_change && kAskAgain.contains(heard.error().code());
  if (later || (is_change && schedule_.chance(3))) {
    ++waiting_;
    schedule_.after(schedule_.between(10, 1'500) * (schedule_.is_quiet() ? 10 : 1), [this, asked] {
      --waiting_;
      ask(asked);
    });
  }
  if (is_change && !heard.has_error()) use_a_key_again(asked);
  if (!later) answered(asked, heard);
}

// A program that makes its keys badly: the same one for two things.
void Client::use_a_key_again(const v1::Envelope& confirmed) {
  if (!done_.empty() && schedule_.chance(4) && !resting_) {
    v1::Envelope wrong = confirmed;
    wrong.set_idempotency_key(schedule_.one_of(done_).idempotency_key());
    const bool other = std::none_of(done_.begin(), done_.end(), [&](const v1::Envelope& each) {
      return each.idempotency_key() == wrong.idempotency_key() && each.body_case() == wrong.body_case();
    });
    if (other) {
      oracle_.asked_with_old_key(wrong.idempotency_key());
      ask(std::move(wrong));
    }
  }
  done_.push_back(confirmed);
  if (done_.size() > 5) done_.erase(done_.begin());
}

}  // namespace bannette::sim
