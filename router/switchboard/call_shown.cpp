#include "router/switchboard/call_shown.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "queue/core/limits.hpp"
#include "queue/core/utf8.hpp"
#include "router/core/phone.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t kNameMost = 64;   // bytes of a caller's name
constexpr std::size_t kPostsMost = 64;  // beyond, a site needs another screen
constexpr std::size_t kLinesMost = 32;
constexpr std::size_t kBytesMost = 56 * 1024;  // of all; an envelope holds 64 KiB

// As one writes it everywhere; what is no such number, as the PBX has it.
std::string shown_number(const calls::Call& call) {
  if (call.withheld || call.number.empty()) return {};
  return e164(call.number).value_or(cut(call.number, limits::phone));
}

// Busy with a call that is over: in wrap-up until it is qualified, or the time is over.
bool wraps_up(const calls::Call& call, const CallSite& site, std::int64_t now_ms) {
  return call.state == calls::State::wrap_up && !call.wrapped && !call.typed && call.ended &&
         now_ms < call.ended.at_ms + site.wrap_up_ms;
}

bool is_now(const calls::Call& call, const CallSite& site, std::int64_t now_ms) {
  if (call.direction == calls::Direction::internal && call.legs.empty()) return false;
  return (!calls::final(call.state) && call.state != calls::State::wrap_up) || wraps_up(call, site, now_ms);
}

const calls::Call* wrapping_at(const CallBook& book, const CallSite::Post& post, std::int64_t now_ms) {
  const calls::Call* found = nullptr;
  book.ledger().each_call([&](const calls::Call& call) {
    if (call.pbx == post.pbx && call.post == post.interface && wraps_up(call, book.site(), now_ms))
      found = &call;
  });
  return found;
}

const char* state_of(const calls::Post& post, const calls::Call* call, const calls::Call* wrapping) {
  // AST_DEVICE_*: Event::status.
  constexpr std::int32_t free = 1, invalid = 4, unavailable = 5, rings = 6;
  if (call != nullptr) {
    if (!post.talking) return "ringing";
    return call->state == calls::State::held ? "held" : "talking";
  }
  if (wrapping != nullptr) return "wrap_up";
  if (post.status == invalid || post.status == unavailable) return "unavailable";
  if (post.paused) return "paused";
  if (post.status == rings) return "ringing";
  if (post.status > free && post.status != unavailable)
    return "talking";  // on the telephone, with no call of a queue
  return post.status == free ? "free" : "unknown";
}

std::string queue_of(const calls::Call& call) {
  return call.legs.empty() ? std::string() : call.legs.back().queue;
}

// Who may least be left out stands in front: a call that rings at a post must reach its screen.
int rank_of(const calls::Call& call) {
  switch (call.state) {
    case calls::State::presented:
    case calls::State::talking:
    case calls::State::held:
      return 0;
    case calls::State::wrap_up:
      return 1;
    case calls::State::queued:
      return 2;
    default:
      return 3;
  }
}

void put_lines(v1::CallsNow& out, const CallBook& book) {
  struct Line {
    std::uint32_t waiting = 0;
    std::int64_t oldest_ms = 0;
  };
  std::map<std::string, Line> waiting;
  book.ledger().each_call([&](const calls::Call& call) {
    if (call.state != calls::State::queued && call.state != calls::State::presented) return;
    if (call.legs.empty()) return;
    Line& line = waiting[call.legs.back().queue];
    ++line.waiting;
    const std::int64_t joined = call.legs.back().joined.at_ms;
    if (joined > 0 && (line.oldest_ms == 0 || joined < line.oldest_ms)) line.oldest_ms = joined;
  });
  const auto add = [&](const std::string& queue, const std::string& label, const Line& line) {
    if (out.lines_size() >= static_cast<int>(kLinesMost)) return;
    auto& shown = *out.add_lines();
    shown.set_queue(queue);
    shown.set_label(label);
    shown.set_waiting(line.waiting);
    shown.set_oldest_ms(line.oldest_ms);
  };
  for (const auto& queue : book.site().queues) {
    add(queue.code, queue.label, waiting[queue.code]);
    waiting.erase(queue.code);
  }
  for (const auto& [queue, line] : waiting) add(queue, queue, line);
}

void put_calls(v1::CallsNow& out, const CallBook& book, std::int64_t now_ms) {
  std::vector<const calls::Call*> open;
  book.ledger().each_call([&](const calls::Call& call) {
    if (is_now(call, book.site(), now_ms)) open.push_back(&call);
  });
  std::sort(open.begin(), open.end(), [](const calls::Call* a, const calls::Call* b) {
    return std::tuple(rank_of(*a), a->announced.at_ms, a->id) <
           std::tuple(rank_of(*b), b->announced.at_ms, b->id);
  });
  for (const calls::Call* call : open) {
    if (out.calls_size() >= kCallsShown || out.ByteSizeLong() > kBytesMost) break;
    put(*out.add_calls(), book, *call);
  }
  out.set_left_out(static_cast<std::uint32_t>(open.size() - static_cast<std::size_t>(out.calls_size())));
}

}  // namespace

void put(v1::CallNow& out, const CallBook& book, const calls::Call& call) {
  out.set_id(call.id);
  out.set_state(std::string(calls::name(call.state)));
  out.set_pbx(call.pbx);
  out.set_queue(queue_of(call));
  out.set_number(shown_number(call));
  if (!call.withheld) out.set_name(cut(call.caller_name, kNameMost));
  out.set_outbound(call.direction == calls::Direction::outbound);
  const CallSite::Post* post = book.site().post_at(call.pbx, call.post);
  out.set_post(post == nullptr ? call.post : post->code);
  out.set_person(call.person);
  out.set_arrived_ms(call.announced.at_ms);
  out.set_since_ms(call.since.at_ms);
  if (call.state == calls::State::queued || call.state == calls::State::presented)
    out.set_queued_ms(call.legs.empty() ? 0 : call.legs.back().joined.at_ms);
  if (call.state == calls::State::wrap_up && !call.wrapped && call.ended)
    out.set_wrap_up_until_ms(call.ended.at_ms + book.site().wrap_up_ms);
  for (const auto& each : call.dossiers) out.add_dossiers(each);
  if (book.is_awaited(call.id)) out.add_dossiers("");
}

void put(v1::Call& out, const CallBook& book, const calls::Call& call) {
  put(*out.mutable_now(), book, call);
  if (call.ended) out.set_ended_ms(call.ended.at_ms);
  out.set_outcome(call.outcome);
  out.set_redirected_to(call.redirected_to);
  out.set_qualified_by(call.qualified_by);
  if (call.qualified_at) out.set_qualified_ms(call.qualified_at.at_ms);
  for (const auto& leg : call.legs) {
    auto& shown = *out.add_legs();
    shown.set_queue(leg.queue);
    shown.set_uniqueid(leg.uniqueid);
    shown.set_linkedid(leg.linkedid);
    shown.set_nth(leg.nth);
    if (leg.joined && leg.joined.at_ms >= 0) shown.set_join_ms(leg.joined.at_ms);
    if (leg.over() || leg.connected) shown.set_outcome(std::string(calls::name(leg.outcome())));
    if (const auto wait = leg.wait_ms()) shown.set_wait_ms(*wait);
    if (const auto talk = leg.talk_ms()) shown.set_talk_ms(*talk);
    shown.set_post(leg.post_name);
    for (const auto& ring : leg.rings)
      if (ring.end == calls::Ring::End::no_answer) shown.add_ring_no_answer(ring.post_name);
    shown.set_end_reason(std::string(leg.end_reason()));
  }
}

void put(v1::PostNow& out, const CallBook& book, const CallSite::Post& post, std::int64_t now_ms) {
  out.set_code(post.code);
  out.set_name(post.name);
  out.set_pbx(post.pbx);
  const calls::Post* known = book.ledger().post(calls::Posts::id(post.pbx, post.interface));
  if (known == nullptr) {
    out.set_state("unknown");
    return;
  }
  const calls::Call* call = known->call.empty() ? nullptr : book.ledger().find(known->call);
  const calls::Call* wrapping = call == nullptr ? wrapping_at(book, post, now_ms) : nullptr;
  out.set_state(state_of(*known, call, wrapping));
  out.set_person(known->person);
  if (call != nullptr) out.set_call(call->id);
  if (wrapping != nullptr) out.set_call(wrapping->id);
  out.set_since_ms(wrapping != nullptr ? wrapping->ended.at_ms : std::max<std::int64_t>(known->since_ms, 0));
  if (known->paused) out.set_pause(cut(known->pause_reason, limits::code));
}

void put(v1::Callback& out, const CallBook& book, const calls::Callback& entry, std::string_view state) {
  out.set_id(std::to_string(entry.id));
  out.set_number(entry.number);
  out.set_queue(entry.queue);
  out.set_state(!state.empty() ? std::string(state) : entry.locked() ? "locked" : "waiting");
  out.set_attempts(entry.attempts);
  out.set_tries(entry.tries);
  out.set_danger(entry.danger);
  out.set_first_ms(entry.first_ms);
  out.set_last_ms(entry.last_ms);
  if (entry.tries > 0) out.set_tried_ms(entry.rests_until_ms - book.site().callbacks.rest_ms);
  out.set_locked_by(entry.person);
  out.set_locked_until_ms(entry.locked_until_ms);
}

void put(v1::CallsNow& out, const CallBook& book, const std::vector<PbxState>& pbxs, std::int64_t now_ms) {
  out.set_version(book.version());
  out.set_at_ms(now_ms);
  for (const auto& post : book.site().posts) {
    if (out.posts_size() >= static_cast<int>(kPostsMost)) break;
    put(*out.add_posts(), book, post, now_ms);
  }
  put_lines(out, book);
  for (const auto& each : pbxs) {
    auto& shown = *out.add_pbxs();
    shown.set_code(each.code);
    shown.set_kind(each.kind);
    shown.set_up(each.up);
    shown.set_since_ms(each.since_ms);
    shown.set_trouble(cut(each.trouble, limits::reason_text));
    shown.set_events(each.events);
    shown.set_malformed(each.malformed);
    shown.set_reconnects(each.reconnects);
  }
  for (const auto& each : book.site().pauses) {
    auto& shown = *out.add_pauses();
    shown.set_code(each.code);
    shown.set_label(each.label);
  }
  put_calls(out, book, now_ms);
  out.set_callbacks(static_cast<std::uint32_t>(book.callbacks().size()));
}

}  // namespace bannette::router
