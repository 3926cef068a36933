#include "router/telephony/queue_log.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <istream>
#include <stdexcept>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "router/telephony/readable.hpp"

namespace bannette::telephony {

namespace {

using calls::Outcome;

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const auto bar = line.find('|');
    fields.push_back(line.substr(0, bar));
    if (bar == std::string_view::npos) return fields;
    line.remove_prefix(bar + 1);
  }
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t read = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return read;
}

// The n-th from the end: what stands before may hold what people named.
std::optional<std::int64_t> from_end(const std::vector<std::string_view>& data, std::size_t n) {
  return n <= data.size() ? number(data[data.size() - n]) : std::nullopt;
}

struct Line {
  std::int64_t at_s = 0;
  std::string_view uniqueid, queue, agent, event;
  std::vector<std::string_view> data;
};

std::string key(std::string_view queue, std::string_view who) {
  return std::string(queue) + '\n' + std::string(who);
}

class Legs {
 public:
  explicit Legs(QueueLog& log) : log_(log) {}

  void take(const Line& line) {
    if (line.event == "ENTERQUEUE") {
      auto& leg = begin(line);
      leg.join_s = line.at_s;
      leg.caller = line.data.size() > 1 ? std::string(line.data[1]) : std::string();
      return;
    }
    if (line.event == "COMPLETEAGENT" || line.event == "COMPLETECALLER") {
      talked(line, line.event == "COMPLETEAGENT" ? "agent" : "caller", 3);
    } else if (line.event == "BLINDTRANSFER" || line.event == "ATTENDEDTRANSFER") {
      talked(line, "transfer", 3);
    } else if (line.event == "TRANSFER") {
      talked(line, "transfer", line.data.size() > 4 ? 3 : 2);
    } else if (line.event == "CONNECT") {
      auto& leg = last(line);
      leg.answer_s = line.at_s;
      leg.agent = line.agent;
      leg.outcome = Outcome::answered;
      talks_[key(line.queue, line.agent)] = static_cast<std::size_t>(&leg - log_.legs.data());
      leg.wait_s = line.data.empty() ? std::nullopt : number(line.data[0]);
    } else if (line.event == "RINGNOANSWER") {
      last(line).ring_no_answer.emplace_back(line.agent);
    } else {
      left(line);
    }
  }

 private:
  void left(const Line& line) {
    if (line.event == "ABANDON") {
      gave_up(line, Outcome::abandoned, 2);
    } else if (line.event == "EXITWITHTIMEOUT") {
      gave_up(line, Outcome::timeout, 2);
    } else if (line.event == "EXITEMPTY") {
      gave_up(line, Outcome::timeout, 2);
      last(line).empty_left = true;
    } else if (line.event == "EXITWITHKEY") {
      gave_up(line, Outcome::exit_key, 3);
    } else if (line.event == "WITHDRAW") {
      gave_up(line, Outcome::withdrawn, 2);
    }
  }

  void gave_up(const Line& line, Outcome outcome, std::size_t wait) {
    auto& leg = last(line);
    if (leg.end_s) return;  // ABANDON comes twice where the caller hangs up during the post's announcement
    leg.outcome = outcome;
    leg.end_s = line.at_s;
    leg.wait_s = line.data.size() > wait ? number(line.data[wait]) : std::nullopt;
  }

  // hold|talk|position, the last `from` of the data.
  void talked(const Line& line, std::string_view reason, std::size_t from) {
    auto& leg = talking(line);
    leg.outcome = Outcome::answered;
    leg.end_s = line.at_s;
    leg.end_reason = reason;
    leg.agent_again = line.agent;
    leg.wait_again_s = from_end(line.data, from);
    if (!leg.answer_s) {
      leg.agent = line.agent;
      leg.wait_s = leg.wait_again_s;
    }
    leg.talk_s = from_end(line.data, from - 1);
  }

  LoggedLeg& begin(const Line& line) {
    if (log_.legs.size() >= limits::queue_log_legs) throw std::runtime_error("queue_log : trop d'appels");
    auto& all = by_[key(line.queue, line.uniqueid)];
    all.push_back(log_.legs.size());
    auto& leg = log_.legs.emplace_back();
    leg.queue = line.queue;
    leg.uniqueid = line.uniqueid;
    leg.nth = static_cast<std::uint32_t>(all.size());
    leg.first_s = leg.last_s = line.at_s;
    return leg;
  }

  LoggedLeg& last(const Line& line) {
    const auto found = by_.find(key(line.queue, line.uniqueid));
    if (found == by_.end()) return begin(line);
    auto& leg = log_.legs[found->second.back()];
    leg.last_s = std::max(leg.last_s, line.at_s);
    return leg;
  }

  // The end of a conversation is told by another thread: the caller may be in the queue again by then.
  LoggedLeg& talking(const Line& line) {
    const auto found = by_.find(key(line.queue, line.uniqueid));
    if (found != by_.end()) {
      for (const auto at : found->second) {
        auto& leg = log_.legs[at];
        if (!leg.answer_s || leg.end_s || leg.agent != line.agent) continue;
        leg.last_s = std::max(leg.last_s, line.at_s);
        return leg;
      }
      return last(line);
    }
    // Where a Local channel was optimised away the caller has another id by now: whose conversation began and
    // lasted so?
    if (const auto open = talks_.find(key(line.queue, line.agent)); open != talks_.end()) {
      auto& leg = log_.legs[open->second];
      const auto talk = from_end(line.data, 2);
      if (!leg.end_s && talk && std::abs(*leg.answer_s + *talk - line.at_s) <= 1) {
        leg.last_s = std::max(leg.last_s, line.at_s);
        return leg;
      }
    }
    return last(line);
  }

  QueueLog& log_;
  boost::unordered_flat_map<std::string, std::vector<std::size_t>> by_;  // queue and caller
  boost::unordered_flat_map<std::string, std::size_t> talks_;  // queue and agent: the last that was answered
};

bool next_line(std::istream& in, std::string& line) {
  if (!std::getline(in, line)) {
    if (in.bad()) throw std::runtime_error("queue_log : lecture impossible");
    return false;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace

QueueLog read_queue_log(std::istream& in) {
  QueueLog log;
  Legs legs(log);
  std::string bytes;
  while (next_line(in, bytes)) {
    ++log.lines;
    if (bytes.empty()) continue;
    const auto text = readable(bytes, limits::queue_log_line + 1);  // names as the ledger reads them in AMI
    const auto fields = fields_of(text);
    const auto at = number(fields[0]);
    if (text.size() > limits::queue_log_line || fields.size() < 5 || !at || fields[4].empty()) {
      ++log.unread;
      if (log.unread_at.size() < limits::queue_log_shown) log.unread_at.push_back(log.lines);
      continue;
    }
    Line line{*at, fields[1], fields[2], fields[3], fields[4], {fields.begin() + 5, fields.end()}};
    if (line.uniqueid.empty() || line.uniqueid == "NONE" || line.uniqueid == "MANAGER" ||
        line.uniqueid == "REALTIME")
      continue;
    legs.take(line);
  }
  return log;
}

}  // namespace bannette::telephony
