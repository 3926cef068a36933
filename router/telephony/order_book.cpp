#include "router/telephony/order_book.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "router/telephony/readable.hpp"

namespace bannette::telephony {
namespace {

Answered refused(std::uint64_t order, Refusal refusal) {
  Answered answer;
  answer.order = order;
  answer.refusal = std::move(refusal);
  return answer;
}

constexpr std::size_t kSaid = 200;  // bytes kept of why a PBX refuses

Refusal by_pbx(std::string_view message) {
  return {Code::bad_state, "", "L'autocommutateur refuse : " + readable(message, kSaid)};
}

Refusal too_late() {
  return {Code::timed_out, "",
          "L'autocommutateur n'a pas répondu à temps ; ce qui a été demandé peut arriver encore."};
}

}  // namespace

void OrderBook::add(std::uint64_t order, std::string action_id, const Pause&, std::int64_t now_ms) {
  Open open;
  open.order = order;
  open.action_id = std::move(action_id);
  open.due_ms = now_ms + patience_.answer;
  open_.push_back(std::move(open));
}

void OrderBook::add(std::uint64_t order, std::string action_id, const Dial& dial, std::int64_t now_ms) {
  Open open;
  open.order = order;
  open.action_id = std::move(action_id);
  open.due_ms = now_ms + patience_.answer;
  open.dial = true;
  open.channel_id = dial.channel_id;
  open.ring_ms = dial.how.ring_ms;
  open_.push_back(std::move(open));
}

// Takes away each for which `ended` is true.
template <class Ended>
void OrderBook::close(Ended ended) {
  std::erase_if(open_, ended);
}

bool OrderBook::step(Open& open, DialStep step, std::int64_t now_ms, Answers& out) {
  if (step == DialStep::accepted) {
    if (std::exchange(open.accepted, true)) return false;
    open.due_ms = now_ms + open.ring_ms + patience_.answer;
  } else if (step == DialStep::post_answered) {
    if (std::exchange(open.post_answered, true)) return false;
    open.due_ms = now_ms + patience_.talk;
  }
  Answered answer;
  answer.order = open.order;
  answer.step = step;
  answer.last = last(step);
  out.push_back(std::move(answer));
  return last(step);
}

bool OrderBook::answer(const AmiMessage& message, std::int64_t now_ms, Answers& out) {
  const auto id = message.get("ActionID");
  const auto open =
      std::find_if(open_.begin(), open_.end(), [&](const Open& each) { return each.action_id == id; });
  if (id.empty() || open == open_.end()) return false;
  if (message.get("Response") != "Success") {
    out.push_back(refused(open->order, by_pbx(message.get("Message"))));
    open_.erase(open);
  } else if (open->dial) {
    step(*open, DialStep::accepted, now_ms, out);
  } else {
    Answered done;
    done.order = open->order;
    out.push_back(done);
    open_.erase(open);
  }
  return true;
}

// Of an Originate there are two DialEnds: the post's has no channel that dials and says more than
// OriginateResponse (a busy post: Reason 0), the citizen's has the post's channel. A channel that is gone
// after the post's answer without the second was hung up by the post.
void OrderBook::event(const AmiMessage& message, std::int64_t now_ms, Answers& out) {
  if (open_.empty()) return;
  const auto event = message.event();
  const auto channel = message.get("Uniqueid");
  if (event == "OriginateResponse") {
    const auto id = message.get("ActionID");
    close([&](Open& each) {
      if (!each.dial || each.action_id != id) return false;
      const auto said = step_of_originate(message.get("Response"), message.get("Reason"));
      return step(each, said == DialStep::post_failed ? each.post : said, now_ms, out);
    });
  } else if (event == "DialEnd" && channel.empty()) {
    for (auto& each : open_) {
      if (!each.dial || each.channel_id != message.get("DestUniqueid")) continue;
      const auto end = step_of_dial_end(message.get("DialStatus"));
      if (end == DialStep::busy) each.post = DialStep::post_busy;
      if (end == DialStep::no_answer) each.post = DialStep::post_no_answer;
    }
  } else if (event == "DialEnd") {
    close([&](Open& each) {
      return each.dial && each.channel_id == channel &&
             step(each, step_of_dial_end(message.get("DialStatus")), now_ms, out);
    });
  } else if (event == "Hangup") {
    close([&](Open& each) {
      return each.dial && each.channel_id == channel && each.post_answered &&
             step(each, DialStep::given_up, now_ms, out);
    });
  }
}

void OrderBook::tick(std::int64_t now_ms, Answers& out) {
  close([&](Open& each) {
    if (each.due_ms > now_ms) return false;
    if (each.accepted || each.post_answered)
      step(each, DialStep::unknown, now_ms, out);
    else
      out.push_back(refused(each.order, too_late()));
    return true;
  });
}

void OrderBook::drop(Answers& out) {
  for (auto& each : open_) {
    if (each.accepted || each.post_answered)
      step(each, DialStep::unknown, 0, out);
    else
      out.push_back(refused(each.order,
                            {Code::timed_out, "",
                             "La connexion à l'autocommutateur s'est rompue avant sa réponse ; ce qui a été "
                             "demandé peut avoir été fait."}));
  }
  open_.clear();
}

std::int64_t OrderBook::due_ms() const {
  auto due = std::numeric_limits<std::int64_t>::max();
  for (const auto& each : open_) due = std::min(due, each.due_ms);
  return due;
}

}  // namespace bannette::telephony
