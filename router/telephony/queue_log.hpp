// Asterisk's own queue_log, read as legs: epoch|uniqueid|queue|agent|event|data... Whole seconds, cut off.
// Source: docs.asterisk.org, "Queue Logs"; app_queue.c of Asterisk.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "router/calls/leg.hpp"

namespace bannette::telephony {

namespace limits {
inline constexpr std::size_t queue_log_line = 4'096;
inline constexpr std::size_t queue_log_legs = 2'000'000;
inline constexpr std::size_t queue_log_shown = 20;  // lines that could not be read, told by their number
}  // namespace limits

struct LoggedLeg {
  std::string queue, uniqueid;
  std::uint32_t nth = 1;
  std::int64_t first_s = 0, last_s = 0;          // its first and last line, Unix seconds
  std::optional<std::int64_t> join_s, answer_s;  // ENTERQUEUE, CONNECT
  std::optional<std::int64_t> end_s;             // the line that ends it
  calls::Outcome outcome = calls::Outcome::unknown;
  std::optional<std::int64_t> wait_s, talk_s;  // as Asterisk counted
  std::string agent;                           // who answered
  // The line that ends a conversation says again who answered and after how long.
  std::optional<std::int64_t> wait_again_s;
  std::optional<std::string> agent_again;
  std::vector<std::string> ring_no_answer;  // agents, one a line
  std::string end_reason;                   // caller, agent, transfer
  std::optional<std::string> caller;        // of ENTERQUEUE
  bool empty_left = false;                  // EXITEMPTY: nobody was there any more
};

struct QueueLog {
  std::vector<LoggedLeg> legs;  // in the order of their first lines
  std::uint64_t lines = 0;
  std::uint64_t unread = 0;              // lines that are none
  std::vector<std::uint64_t> unread_at;  // the first of them, from 1
};

// Throws std::runtime_error where there are more legs than queue_log_legs, or the stream breaks.
[[nodiscard]] QueueLog read_queue_log(std::istream& in);

}  // namespace bannette::telephony
