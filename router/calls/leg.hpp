// A caller's way through one queue: from joining it to leaving it, with the evidence of how it ended.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bannette::calls {

// When something was told: its time where one is known, and its place in the order of arrival.
struct Moment {
  std::int64_t at_ms = -1;  // Unix time; -1 = no time is known
  std::uint64_t order = 0;  // 0 = never told
  explicit operator bool() const { return order != 0; }
  bool operator==(const Moment&) const = default;
};

// `a` was told and did not come after `b`: by time where both have one, else by arrival.
[[nodiscard]] bool not_after(const Moment& a, const Moment& b, std::int64_t slack_ms = 0);

// Near each other: in time where both have one, else in the order of arrival.
[[nodiscard]] bool within(const Moment& a, const Moment& b, std::int64_t ms, std::uint64_t facts);

enum class Outcome : std::uint8_t {
  open,        // still waiting or talking
  answered,    // a post took it
  abandoned,   // the caller (or the line) gave up
  timeout,     // the queue gave up
  exit_key,    // the caller pressed a key to leave
  withdrawn,   // taken out by QueueWithdrawCaller
  redirected,  // taken out by a redirect
  unknown,     // it ended and nothing says how: shutdown, connection lost, class missing
};
[[nodiscard]] std::string_view name(Outcome outcome);

// One post that rang for the leg.
struct Ring {
  enum class End : std::uint8_t { ringing, answered, no_answer, cancelled };
  std::string post, post_name, uniqueid;  // interface, member's name, the post's channel
  Moment from, until;
  std::int64_t ring_ms = -1;  // as the PBX counted
  End end = End::ringing;

  [[nodiscard]] const std::string& name() const { return post_name.empty() ? post : post_name; }
};

struct Leg {
  std::string pbx, queue, uniqueid, linkedid;
  std::uint32_t nth = 1;  // the caller's n-th time in this queue
  std::string number, caller_name;
  bool withheld = false;  // the number is known to the PBX, and not to be shown
  std::int32_t position = -1;

  Moment joined, left, line_ended, connected, completed;
  Moment hangup_requested, hangup_forced, went_on,
      gone;                            // of the caller's channel while it was in this queue, or next
  Moment redirected, withdrawn, lost;  // lost: the connection or the PBX went away under it
  std::string joined_place, gone_place;
  std::string queue_result;   // QUEUESTATUS
  bool timed = false;         // the times of its facts are known
  bool call_class = false;    // AMI's class "call" reached us while it was here
  bool shutdown = false;      // the PBX was stopping
  bool began_before = false;  // it was here before we were
  bool gap = false;           // for some of its time nobody listened: what was not told may have happened
  std::int64_t hold_s = -1, talk_s = -1;       // as the PBX counted
  std::string post, post_name, post_uniqueid;  // who answered
  std::string completed_reason;                // caller, agent, transfer
  std::vector<Ring> rings;

  [[nodiscard]] bool waiting() const {
    return !left && !line_ended && !connected && !completed && !ended_otherwise();
  }
  [[nodiscard]] bool talking() const { return connected && !completed && !ended_otherwise(); }
  [[nodiscard]] bool over() const { return !waiting() && !talking(); }
  [[nodiscard]] Outcome outcome() const;
  // When waiting ended; not told where it has not.
  [[nodiscard]] const Moment& end() const;
  // Nothing where no time is known. Milliseconds; where what we saw and what the PBX counted are more than a
  // second apart (bytes that lay in a buffer, an answer that we joined late) the PBX's whole seconds.
  [[nodiscard]] std::optional<std::int64_t> wait_ms() const;
  [[nodiscard]] std::optional<std::int64_t> talk_ms() const;
  // Those that rang without an answer, in the order in which they ended.
  [[nodiscard]] std::vector<const Ring*> unanswered() const;
  // caller, agent, transfer of an answered leg; caller, pbx, shutdown, lost of others; "" = nothing said.
  [[nodiscard]] std::string_view end_reason() const;

 private:
  [[nodiscard]] Outcome of_line_ended() const;
  [[nodiscard]] bool cut_off() const;
  [[nodiscard]] bool ended_otherwise() const { return static_cast<bool>(lost) || static_cast<bool>(gone); }
};

}  // namespace bannette::calls
