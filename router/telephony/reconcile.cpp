#include "router/telephony/reconcile.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <utility>

#include "router/telephony/ami_reader.hpp"
#include "router/telephony/json_text.hpp"

namespace bannette::telephony {

namespace {

using calls::Leg;
using calls::Outcome;

constexpr std::int64_t second = 1'000;
constexpr std::int64_t allowed = second + 100;  // bytes take a moment to come

std::optional<std::int64_t> at(const calls::Moment& moment) {
  return moment && moment.at_ms >= 0 ? std::optional(moment.at_ms) : std::nullopt;
}

// Of one leg that both have, or one of them.
class Comparison {
 public:
  Comparison(const Leg* ours, const LoggedLeg* theirs, const Coverage& coverage, Against against,
             std::vector<Difference>& found)
      : ours_(ours), theirs_(theirs), coverage_(coverage), against_(against), found_(found) {}

  void run() {
    if (ours_ == nullptr) {
      differ("leg", "null", json_text(name(theirs_->outcome)), unheard());
      return;
    }
    if (theirs_ == nullptr) {
      const bool unknown = ours_->began_before && ours_->lost && ours_->outcome() == Outcome::unknown;
      differ("leg", json_text(name(ours_->outcome())), "null",
             unknown ? std::optional(Explanation::connection_lost) : std::nullopt);
      return;
    }
    times();
    outcome();
    durations();
    posts();
    caller();
  }

 private:
  void times() {
    if (!against_.absolute) return;
    time("join", at(ours_->joined), ours_->timed, theirs_->join_s);
    time("answer", at(ours_->connected), ours_->timed, theirs_->answer_s);
    time("end", end_of_ours(), ours_->timed, theirs_->end_s);
  }

  std::optional<std::int64_t> end_of_ours() const {
    if (ours_->completed) return at(ours_->completed);
    if (ours_->connected || (ours_->outcome() == Outcome::unknown && ours_->gap)) return std::nullopt;
    return at(ours_->line_ended ? ours_->line_ended : ours_->left);
  }

  void time(const char* field, std::optional<std::int64_t> ours, bool timed,
            std::optional<std::int64_t> theirs) {
    if (!timed || (!ours && !theirs)) return;
    // queue_log of a time in which we began to listen has no ENTERQUEUE, and we no time of it that was seen.
    if (!theirs && ours_->began_before && std::string_view(field) == "join") return;
    if (ours && theirs && std::abs(*ours - *theirs * second) <= allowed) return;
    const bool guessed = ours_->began_before && std::string_view(field) == "join";
    if (ours && theirs && !guessed) {
      differ(field, json_seconds(ours), json_whole(theirs), std::nullopt);
    } else {
      differ(field, json_seconds(ours), json_whole(theirs), ours && !guessed ? std::nullopt : silence());
    }
  }

  void outcome() {
    const auto ours = ours_->outcome() == Outcome::open ? Outcome::unknown : ours_->outcome();
    if (ours == theirs_->outcome) return;
    std::optional<Explanation> by;
    if (ours == Outcome::redirected && theirs_->outcome == Outcome::abandoned) {
      by = Explanation::redirect_of_waiting_caller;
    } else if (ours == Outcome::unknown) {
      by = silence();
    } else if (theirs_->empty_left && ours == Outcome::exit_key) {
      return;  // both leave without a word of the caller; AMI does not say whether a key was pressed
    }
    differ("outcome", json_text(name(ours)), json_text(name(theirs_->outcome)), by);
  }

  void durations() {
    if (!ours_->timed) return;
    duration("wait_s", ours_->wait_ms(), theirs_->wait_s);
    if (theirs_->agent_again && theirs_->wait_again_s != theirs_->wait_s)
      duration("wait_s", ours_->wait_ms(), theirs_->wait_again_s);
    duration("talk_s", ours_->talk_ms(), theirs_->talk_s);
  }

  void duration(const char* field, std::optional<std::int64_t> ours, std::optional<std::int64_t> theirs) {
    if (!ours && !theirs) return;
    if (ours && theirs && std::abs(*ours - *theirs * second) <= allowed) return;
    if (!theirs && theirs_->outcome == Outcome::unknown && ours_->outcome() != Outcome::answered) return;
    differ(field, json_seconds(ours), json_whole(theirs), ours ? std::nullopt : silence());
  }

  void post(const std::string& theirs) {
    const auto& ours = ours_->post_name.empty() ? ours_->post : ours_->post_name;
    if (ours != theirs)
      differ("post", json_text_or_null(ours), json_text_or_null(theirs),
             ours.empty() ? silence() : std::nullopt);
  }

  void posts() {
    post(theirs_->agent);
    if (theirs_->agent_again && *theirs_->agent_again != theirs_->agent) post(*theirs_->agent_again);
    std::vector<std::string> ours;
    for (const auto* ring : ours_->unanswered()) ours.push_back(ring->name());
    auto theirs = theirs_->ring_no_answer;
    std::ranges::sort(ours);
    std::ranges::sort(theirs);
    if (ours != theirs) {
      const bool fewer = std::ranges::includes(theirs, ours);
      differ("ring_no_answer", json_texts(ours), json_texts(theirs), fewer ? silence() : std::nullopt);
    }
    const auto reason = ours_->completed ? ours_->end_reason() : std::string_view{};
    if (reason != theirs_->end_reason) {
      differ("end_reason", json_text_or_null(reason), json_text_or_null(theirs_->end_reason),
             reason.empty() ? silence() : std::nullopt);
    }
  }

  void caller() {
    if (!theirs_->caller || ours_->withheld || (ours_->began_before && ours_->number.empty())) return;
    const auto theirs = read_caller(*theirs_->caller, {});
    if (theirs.number == ours_->number) return;
    differ("caller", json_text(ours_->number), json_text(theirs.number), std::nullopt);
  }

  // Why we do not know something of a leg that we have.
  std::optional<Explanation> silence() const {
    if (ours_->shutdown) return Explanation::shutdown;
    if (theirs_ != nullptr && coverage_.off(theirs_->first_s * second, theirs_->last_s * second))
      return Explanation::events_off;
    const bool never_ended = ours_->connected ? !ours_->completed : !ours_->line_ended && !ours_->completed;
    if (ours_->began_before || ours_->gap || (ours_->lost && never_ended))
      return Explanation::connection_lost;
    if (ours_->line_ended && !ours_->call_class) return Explanation::missing_event_class;
    return std::nullopt;
  }

  // Why we do not have a leg at all.
  std::optional<Explanation> unheard() const {
    const auto from = theirs_->first_s * second;
    const auto to = theirs_->last_s * second;
    if (coverage_.off(from, to)) return Explanation::events_off;
    if (coverage_.outside(from, to)) return Explanation::connection_lost;
    if (coverage_.without_queues(theirs_->uniqueid)) return Explanation::missing_event_class;
    return std::nullopt;
  }

  void differ(const char* field, std::string ours, std::string theirs, std::optional<Explanation> by) {
    const auto leg = ours_ != nullptr
                         ? ours_->queue + "/" + ours_->uniqueid + "#" + std::to_string(ours_->nth)
                         : theirs_->queue + "/" + theirs_->uniqueid + "#" + std::to_string(theirs_->nth);
    found_.push_back({leg, field, std::move(ours), std::move(theirs), by});
  }

  const Leg* ours_;
  const LoggedLeg* theirs_;
  const Coverage& coverage_;
  Against against_;
  std::vector<Difference>& found_;
};

struct Both {
  std::vector<const Leg*> ours;
  std::vector<const LoggedLeg*> theirs;
};

}  // namespace

std::string_view name(Explanation explanation) {
  static constexpr std::array<std::string_view, 5> names{
      "missing_event_class", "events_off", "connection_lost", "shutdown", "redirect_of_waiting_caller"};
  return names.at(static_cast<std::size_t>(explanation));
}

std::vector<Difference> reconcile(const std::vector<Leg>& ours, const std::vector<LoggedLeg>& theirs,
                                  const Coverage& coverage, Against against) {
  std::map<std::pair<std::string_view, std::string_view>, Both> all;
  for (const auto& leg : ours) all[{leg.uniqueid, leg.queue}].ours.push_back(&leg);
  for (const auto& leg : theirs) all[{leg.uniqueid, leg.queue}].theirs.push_back(&leg);
  std::vector<Difference> found;
  for (auto& [key, both] : all) {
    std::ranges::sort(both.ours, {}, &Leg::nth);
    // Who began to listen in the middle has the last stays of a caller, not the first.
    const bool from_end = !both.ours.empty() && both.ours.front()->began_before;
    const auto count = std::max(both.ours.size(), both.theirs.size());
    const auto pick = [&](const auto& list, std::size_t i) {
      const auto missing = from_end ? count - list.size() : 0;
      return i < missing || i - missing >= list.size() ? nullptr : list[i - missing];
    };
    for (std::size_t i = 0; i < count; ++i)
      Comparison(pick(both.ours, i), pick(both.theirs, i), coverage, against, found).run();
  }
  return found;
}

std::string difference_json(const Difference& difference) {
  return "{\"leg\":" + json_text(difference.leg) + ",\"field\":" + json_text(difference.field) +
         ",\"ours\":" + difference.ours + ",\"theirs\":" + difference.theirs + ",\"explained_by\":" +
         (difference.explained_by ? json_text(name(*difference.explained_by)) : "null") + "}";
}

}  // namespace bannette::telephony
