#include "router/service/forwarding.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "queue/system/clock.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kAsked = 8'192;  // answers of the queue that wait for the service's thread
constexpr std::int64_t kPumpMs = 250;

const Refusal kNoRoom{Code::disk_full, "", "Le disque du serveur est plein : rien n'a été enregistré."};

// The queue did not take it now, or nobody knows.
bool is_passing(const std::string& code) {
  return code == name(Code::busy) || code == name(Code::unavailable) || code == name(Code::timed_out) ||
         code == name(Code::disk_full) || code == name(Code::not_authenticated);
}

// A caller is known by their number alone; who has none is in nobody's way.
std::string lane_of(const v1::Envelope& asked) {
  return asked.submit().contact().empty() ? asked.idempotency_key() : asked.submit().contact();
}

v1::Envelope refusal(const Refusal& why) {
  v1::Envelope out;
  out.mutable_error()->set_code(std::string(name(why.code)));
  out.mutable_error()->set_field(why.field);
  out.mutable_error()->set_detail(why.detail);
  return out;
}

v1::Envelope recorded(const std::string& bannette, std::int64_t since_ms) {
  v1::Envelope out;
  out.mutable_recorded()->set_bannette(bannette);
  out.mutable_recorded()->set_since_ms(since_ms);
  return out;
}

// In order of field numbers, so that the same request has the same bytes.
Letter letter_of(const v1::Envelope& asked) {
  Letter letter;
  letter.key = *uuid_from_bytes(asked.idempotency_key());
  letter.since_ms = system::now().wall_ms;
  letter.bannette = asked.submit().bannette();
  asked.SerializeToString(&letter.envelope);
  return letter;
}

}  // namespace

Forwarding::Forwarding(zmq::context_t& context, ForwardingOptions options)
    : options_(std::move(options)),
      outbox_(options_.data / "outbox.db", seal::subkey(options_.master, seal::Use::outbox)),
      answers_(2 * kAsked) {
  client::Options to_queue;
  to_queue.endpoint = options_.queue;
  to_queue.program = "router";
  to_queue.request_timeout = std::chrono::milliseconds{options_.patience_ms};
  to_queue.outstanding = kAsked;
  link_ = std::make_unique<client::Link>(to_queue, &context);
  outbox_.each_waiting([this](const Letter& letter) { enter(letter); }, system::now().wall_ms);
}

Forwarding::~Forwarding() {
  link_.reset();
}

void Forwarding::enter(const Letter& letter) {
  v1::Envelope asked;
  if (!asked.ParseFromString(letter.envelope)) return;
  lanes_.letter(lane_of(asked), letter.place);
  if (asked.submit().danger()) dangers_.insert(letter.place);
}

bool Forwarding::is_full() const {
  return asked_ >= kAsked / 2 || live_.size() >= kAsked / 2;
}

void Forwarding::ask(v1::Envelope question, Told told) {
  ++asked_;
  const auto answered = std::make_shared<Answered>(Answered{std::move(told), {}});
  link_->ask(std::move(question), [this, answered](v1::Envelope&& reply) {
    answered->reply = std::move(reply);
    // Never full: no more than its bound are asked.
    if (!answers_.put(*answered)) spdlog::critical("an answer of the queue found no room");
  });
}

void Forwarding::drain() {
  for (auto& each : answers_.drain()) {
    --asked_;
    each.told(std::move(each.reply));
  }
}

void Forwarding::submit(v1::Envelope asked, Told told) {
  if (lanes_.letters() > 0) {  // a repetition of what waits here
    const auto kept = outbox_.waiting(letter_of(asked));
    if (kept && kept->has_error()) return told(refusal(kept->error()));
    if (kept) return told(recorded(kept->value().bannette, kept->value().since_ms));
  }
  const std::uint64_t ticket = ++last_ticket_;
  Live live{std::move(asked), std::move(told), {}};
  live.lane = lane_of(live.asked);
  const auto entry = lanes_.arrive(live.lane, ticket);
  if (entry == Lanes::Entry::keep) {
    (void)record(live);
    return;
  }
  live_.emplace(ticket, std::move(live));
  if (entry == Lanes::Entry::send) send_live(ticket);
}

void Forwarding::send_live(std::uint64_t ticket) {
  v1::Envelope question = live_.at(ticket).asked;
  ask(std::move(question), [this, ticket](v1::Envelope&& reply) { live_answered(ticket, std::move(reply)); });
}

void Forwarding::live_answered(std::uint64_t ticket, v1::Envelope&& reply) {
  const auto node = live_.extract(ticket);
  const Live& live = node.mapped();
  // A full disk of the queue is the outbox's disk too: passed on as it is.
  const std::string& code = reply.error().code();
  if (reply.has_error() && is_passing(code) && code != name(Code::disk_full)) {
    (void)record(live);
  } else {
    const v1::Envelope answer = reply;
    live.told(std::move(reply));
    if (answer.has_receipt() && logged_) logged_(live.asked, &answer.receipt());
  }
  const auto followers = lanes_.ended(live.lane, ticket);
  for (const std::uint64_t each : followers.keep) (void)record(live_.extract(each).mapped());
  if (followers.send) send_live(*followers.send);
}

// "Recorded here, not yet in the bannette": durable in the outbox before it is said.
bool Forwarding::record(const Live& live) {
  std::error_code error;
  const auto space = std::filesystem::space(options_.data, error);
  if (!error && space.available < options_.free_space_mark) {
    live.told(refusal(kNoRoom));
    return false;
  }
  Letter letter = letter_of(live.asked);
  const auto kept = outbox_.put(letter);
  if (kept.has_error()) {
    live.told(refusal(kept.error()));
    return false;
  }
  letter.place = kept.value();
  enter(letter);
  next_pump_ms_ = 0;
  live.told(recorded(letter.bannette, letter.since_ms));
  if (logged_) logged_(live.asked, nullptr);
  return true;
}

void Forwarding::pump(std::int64_t boot_ms) {
  if (boot_ms < next_pump_ms_) return;
  const bool up = link_->up();
  if (up && !was_up_) lanes_.wake();
  was_up_ = up;
  while (up) {
    const auto place = lanes_.next(boot_ms);
    if (!place) break;
    send_letter(*place, boot_ms);
  }
  next_pump_ms_ = boot_ms + kPumpMs;
  if (const auto due = lanes_.next_due_ms(); due && up) next_pump_ms_ = std::min(next_pump_ms_, *due);
}

void Forwarding::send_letter(std::uint64_t place, std::int64_t boot_ms) {
  const auto letter = outbox_.at(place);
  v1::Envelope asked;
  if (!letter || letter->envelope.empty() || !asked.ParseFromString(letter->envelope)) {
    const bool aside = outbox_.set_aside(place, "damaged", {system::now().wall_ms, "router", ""}).has_value();
    if (aside) dangers_.erase(place);
    return lanes_.answered(place, aside ? Lanes::Answer::settled : Lanes::Answer::later, boot_ms);
  }
  v1::Envelope question = asked;
  ask(std::move(question), [this, place, asked = std::move(asked)](v1::Envelope&& reply) {
    letter_answered(place, asked, reply);
  });
}

void Forwarding::letter_answered(std::uint64_t place, const v1::Envelope& asked, const v1::Envelope& reply) {
  bool settled = false;
  if (reply.has_receipt()) {
    // If this finds no room the letter is sent again, and its key makes that harmless.
    settled = outbox_.done(place).has_value();
    if (settled && logged_) logged_(asked, &reply.receipt());
  } else if (reply.has_error() && !is_passing(reply.error().code())) {
    const std::string& code = reply.error().code();
    spdlog::error("outbox: letter {} refused for good: {}", place, code);
    settled =
        outbox_.set_aside(place, code, {system::now().wall_ms, "router", reply.error().detail()}).has_value();
  }
  if (settled) {
    last_.erase(place);
    dangers_.erase(place);
  } else {
    last_[place] = reply.error().code();
  }
  lanes_.answered(place, settled ? Lanes::Answer::settled : Lanes::Answer::later, system::boot_ms());
  next_pump_ms_ = 0;
}

v1::OutboxLetter Forwarding::shown(const Letter& letter) const {
  v1::OutboxLetter out;
  out.set_place(letter.place);
  out.set_key(to_bytes(letter.key));
  out.set_since_ms(letter.since_ms);
  out.set_bannette(letter.bannette);
  out.set_aside(letter.aside);
  v1::Envelope asked;
  if (asked.ParseFromString(letter.envelope)) {
    out.set_urgency(asked.submit().urgency());
    out.set_danger(asked.submit().danger());
  }
  out.set_tries(lanes_.tries(letter.place));
  if (const auto last = last_.find(letter.place); last != last_.end()) out.set_last(last->second);
  out.set_under_way(lanes_.is_under_way(letter.place));
  return out;
}

void Forwarding::report(v1::OutboxReport& out) {
  const auto state = outbox_.state();
  out.set_waiting(state.waiting);
  out.set_aside(state.aside);
  out.set_oldest_ms(state.oldest_ms);
  out.set_queue_up(link_->up());
}

void Forwarding::list(v1::OutboxLetters& out, std::uint64_t after_place, std::size_t limit) {
  out.set_at_ms(system::now().wall_ms);
  report(*out.mutable_report());
  for (const auto& letter : outbox_.list(after_place, limit)) *out.add_items() = shown(letter);
}

void Forwarding::acts(v1::OutboxLetters& out, std::size_t limit) {
  out.set_at_ms(system::now().wall_ms);
  report(*out.mutable_report());
  for (const auto& act : outbox_.acts(limit)) {
    auto& each = *out.add_acts();
    each.set_at_ms(act.at_ms);
    each.set_act(act.act);
    each.set_place(act.place);
    each.set_key(to_bytes(act.key));
    each.set_since_ms(act.since_ms);
    each.set_bannette(act.bannette);
    each.set_actor(act.actor);
    each.set_text(act.text);
  }
}

Result<v1::OutboxLetter> Forwarding::retry(std::uint64_t place, const Deed& deed) {
  auto letter = outbox_.retry(place, deed);
  if (letter.has_error()) return letter.error();
  spdlog::warn("outbox: letter {} to be sent again, by {}", place, deed.actor);
  enter(letter.value());
  next_pump_ms_ = 0;
  letter.value().aside.clear();
  return shown(letter.value());
}

Result<v1::OutboxLetter> Forwarding::discard(std::uint64_t place, const Deed& deed) {
  auto letter = outbox_.discard(place, deed);
  if (letter.has_error()) return letter.error();
  spdlog::warn("outbox: letter {} given up, by {}", place, deed.actor);
  return shown(letter.value());
}

}  // namespace bannette::router
