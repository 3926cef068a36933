#include "queue/core/rules.hpp"

#include <algorithm>
#include <chrono>

namespace bannette {
namespace {

class Fnv {
 public:
  Fnv& operator<<(std::string_view text) {
    for (const char c : text) byte(static_cast<unsigned char>(c));
    byte(0);
    return *this;
  }
  Fnv& operator<<(std::int64_t number) {
    for (int i = 0; i < 8; ++i)
      byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i)));
    return *this;
  }
  Fnv& operator<<(const Delay& delay) {
    return *this << static_cast<std::int64_t>(delay.unit) << delay.amount;
  }
  Fnv& operator<<(const std::vector<OpenSpan>& spans) {
    *this << static_cast<std::int64_t>(spans.size());
    for (const OpenSpan& span : spans) *this << std::int64_t{span.from_min} << std::int64_t{span.to_min};
    return *this;
  }
  [[nodiscard]] std::string hex() const {
    std::string out(16, '0');
    auto rest = hash_;
    for (auto at = out.rbegin(); at != out.rend(); ++at, rest >>= 4) *at = "0123456789abcdef"[rest & 15];
    return out;
  }

 private:
  void byte(unsigned char value) { hash_ = (hash_ ^ value) * 0x100000001b3ULL; }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

// A law that ends summer time comes with the system's zone data, not with our configuration.
void add_zone(Fnv& fnv, const date::time_zone& zone) {
  using namespace date::literals;
  const date::sys_seconds end{date::sys_days{2037_y / 1 / 1}};
  date::sys_seconds at{date::sys_days{2020_y / 1 / 1}};
  while (at < end) {
    const auto info = zone.get_info(at);
    fnv << info.begin.time_since_epoch().count() << info.offset.count();
    at = info.end;
  }
}

}  // namespace

Delay delay_of(const UrgencyDelays& delays, Urgency urgency) {
  switch (urgency) {
    case Urgency::immediate:
      return delays.immediate;
    case Urgency::urgent:
      return delays.urgent;
    case Urgency::priority:
      return delays.priority;
    case Urgency::normal:
      return delays.normal;
  }
  return {};
}

Due tighter(const WorkingTime& time, std::int64_t wall_ms, Delay one, Delay other) {
  const Due first{time.deadline_after(wall_ms, one), one.unit};
  const Due second{time.deadline_after(wall_ms, other), other.unit};
  if (first.at_ms == 0) return second;
  return second.at_ms != 0 && second.at_ms < first.at_ms ? second : first;
}

std::vector<OnCallContact> on_call_now(const Rules& rules, std::int64_t wall_ms) {
  return on_call_now(rules.on_call, rules.calendar, wall_ms);
}

std::string fingerprint(const Rules& rules) {
  Fnv fnv;
  const Calendar& calendar = rules.calendar;
  for (const auto& spans : calendar.week) fnv << spans;
  fnv << static_cast<std::int64_t>(calendar.closures.size());
  for (const auto& day : calendar.closures) fnv << std::int64_t{day.time_since_epoch().count()};
  fnv << static_cast<std::int64_t>(calendar.openings.size());
  for (const auto& special : calendar.openings)
    fnv << std::int64_t{special.day.time_since_epoch().count()} << special.spans;
  fnv << std::int64_t{calendar.public_holidays} << std::int64_t{calendar.alsace_moselle};
  if (calendar.zone != nullptr) add_zone(fnv, *calendar.zone);

  std::vector<const TopicRule*> topics;  // their order in the file says nothing
  for (const TopicRule& topic : rules.topics) topics.push_back(&topic);
  std::sort(topics.begin(), topics.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
  for (const TopicRule* topic : topics) fnv << topic->code << topic->delay;
  const UrgencyDelays& delays = rules.urgency_delays;
  fnv << delays.immediate << delays.urgent << delays.priority << delays.normal;
  return fnv.hex();
}

}  // namespace bannette
