// The figures of calls as the desk keeps them: half hours of all calls and of each queue, the posts' time,
// and this moment.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "router/calls/facts.hpp"
#include "router/calls/figures.hpp"
#include "router/calls/half_hours.hpp"
#include "router/calls/post_clock.hpp"
#include "router/switchboard/call_book.hpp"

#include "bannette/v1/calls.pb.h"

namespace bannette::router {

class CallFigures {
 public:
  static constexpr std::size_t queues_most = 64;  // further ones are counted with all together only
  static constexpr std::size_t rows_most = 62;

  explicit CallFigures(const CallBook& book);

  // At a start.
  void fold(const KeptCall& call);
  void fold(const calls::CallbackChange& change);
  void fold(const calls::PostTime& time) { all_.add(time); }

  void add(const calls::Call& call);                             // that is over
  void look(std::int64_t now_ms);                                // at the posts
  [[nodiscard]] std::vector<calls::PostTime> take_post_times();  // counted in, and to be kept

  // Refused: malformed (a time that ends before it begins), too_large (more than rows_most rows, or 400
  // days), unknown_enum (step), not_found (queue).
  [[nodiscard]] Result<v1::Waits> report(const v1::WaitReport& ask, std::int64_t now_ms) const;
  [[nodiscard]] std::uint32_t missed_withheld_today(std::int64_t now_ms) const;
  [[nodiscard]] std::string prometheus(std::int64_t now_ms) const;

 private:
  void count(const calls::Call& call, std::uint64_t caller);
  [[nodiscard]] bool knows_queue(const std::string& queue) const;
  // Of that time: what is over, and the calls that are not.
  [[nodiscard]] calls::Tally tally(calls::Interval time, const std::string& queue) const;
  [[nodiscard]] calls::Target target() const { return {book_.site().service_level_s}; }
  [[nodiscard]] calls::Now now_of(const std::string& queue, std::int64_t now_ms) const;
  [[nodiscard]] calls::PostRules post_rules() const { return {.wrap_up_most_ms = book_.site().wrap_up_ms}; }
  [[nodiscard]] calls::HalfHours* of_queue(const std::string& queue);

  const CallBook& book_;
  const date::time_zone& zone_;
  calls::HalfHours all_;
  std::map<std::string, calls::HalfHours> queues_;
  calls::PostClock clock_;
};

}  // namespace bannette::router
