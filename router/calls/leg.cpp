#include "router/calls/leg.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "router/calls/limits.hpp"

namespace bannette::calls {

namespace {

constexpr std::int64_t second = 1'000;

// What was seen, unless the PBX's own whole seconds say that it cannot be: they differ from the truth by less
// than one.
std::optional<std::int64_t> span(const Moment& from, const Moment& until, std::int64_t counted_s,
                                 bool timed) {
  if (!timed) return std::nullopt;
  std::optional<std::int64_t> seen;
  if (from && until && from.at_ms >= 0 && until.at_ms >= 0)
    seen = std::max<std::int64_t>(0, until.at_ms - from.at_ms);
  if (counted_s < 0) return seen;
  if (seen && std::abs(*seen - counted_s * second) <= second) return seen;
  return counted_s * second;
}

// The channel ended where it stood: the dialplan ran at most its "h" extension.
bool went_nowhere(std::string_view joined, std::string_view gone) {
  if (joined.empty() || gone.empty()) return false;
  const auto context = joined.substr(0, joined.find(','));
  return joined == gone || (gone.starts_with(context) && gone.substr(context.size()).starts_with(",h,"));
}

// QUEUESTATUS: TIMEOUT, LEAVEEMPTY, LEAVEUNAVAIL.
bool gave_up(std::string_view result) {
  return result == "TIMEOUT" || result.starts_with("LEAVE");
}

const Moment& first(const Moment& a, const Moment& b) {
  return !b || (a && not_after(a, b)) ? a : b;
}

}  // namespace

bool not_after(const Moment& a, const Moment& b, std::int64_t slack_ms) {
  if (!a || !b) return false;
  return a.at_ms >= 0 && b.at_ms >= 0 ? a.at_ms <= b.at_ms + slack_ms : a.order <= b.order;
}

bool within(const Moment& a, const Moment& b, std::int64_t ms, std::uint64_t facts) {
  if (a.at_ms >= 0 && b.at_ms >= 0) return std::abs(a.at_ms - b.at_ms) <= ms;
  return (a.order > b.order ? a.order - b.order : b.order - a.order) <= facts;
}

const Moment& Leg::end() const {
  return connected ? connected : first(first(line_ended, left), first(gone, lost));
}

Outcome Leg::outcome() const {
  if (connected || completed) return Outcome::answered;
  if (line_ended) return of_line_ended();
  if (lost) return Outcome::unknown;
  if (left) {
    if (not_after(hangup_requested, left, limits::order_slack)) return Outcome::abandoned;
    if (shutdown) return Outcome::unknown;
    if (gave_up(queue_result)) return Outcome::timeout;
    if (queue_result == "WITHDRAW") return Outcome::withdrawn;
    // A post took it, but the word of it did not come (yet).
    return gap || std::ranges::any_of(rings, [](const Ring& r) { return r.end == Ring::End::answered; })
               ? Outcome::unknown
               : Outcome::exit_key;
  }
  if (gone) return hangup_requested ? Outcome::abandoned : Outcome::unknown;
  return Outcome::open;
}

// QueueCallerAbandon is sent for every end but an answer and a key.
Outcome Leg::of_line_ended() const {
  if (not_after(hangup_requested, line_ended, limits::order_slack)) return Outcome::abandoned;
  if (shutdown) return Outcome::unknown;
  if (withdrawn || queue_result == "WITHDRAW") return Outcome::withdrawn;
  if (redirected) return Outcome::redirected;
  if (gave_up(queue_result)) return Outcome::timeout;
  if (not_after(hangup_forced, line_ended))
    return Outcome::abandoned;  // an administrator, a timer of the PBX
  if (went_on) return Outcome::timeout;
  // The dialplan did not go on after Queue(): the line broke, without a request to hang up.
  if (gone && went_nowhere(joined_place, gone_place)) return Outcome::abandoned;
  if (!call_class || gap) return Outcome::unknown;
  return cut_off() ? Outcome::redirected : Outcome::timeout;
}

// A queue that gives up lets each post that rings be told as "no answer" first; who is taken out of it from
// outside does not.
bool Leg::cut_off() const {
  return std::ranges::any_of(rings, [&](const Ring& ring) {
    if (ring.end == Ring::End::ringing) return not_after(ring.from, line_ended);
    return ring.end == Ring::End::cancelled && within(ring.until, line_ended, limits::order_slack, 8);
  });
}

std::optional<std::int64_t> Leg::wait_ms() const {
  const auto how = outcome();
  if (how == Outcome::open || (lost && !connected && !completed && !line_ended && !left)) return std::nullopt;
  if (how == Outcome::unknown && gap && hold_s < 0) return std::nullopt;
  return span(joined, completed && !connected ? Moment{} : end(), hold_s, timed);
}

std::optional<std::int64_t> Leg::talk_ms() const {
  if (!completed) return std::nullopt;
  return span(connected, completed, talk_s, timed);
}

std::vector<const Ring*> Leg::unanswered() const {
  std::vector<const Ring*> out;
  for (const auto& ring : rings)
    if (ring.end == Ring::End::no_answer) out.push_back(&ring);
  std::ranges::sort(out, {},
                    [](const Ring* ring) { return std::pair(ring->until.at_ms, ring->until.order); });
  return out;
}

std::string_view Leg::end_reason() const {
  if (completed) return completed_reason;
  if (shutdown) return "shutdown";
  if (lost) return "lost";
  return outcome() == Outcome::abandoned && !hangup_requested ? "pbx" : "";
}

}  // namespace bannette::calls
