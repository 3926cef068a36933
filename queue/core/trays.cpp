#include "queue/core/trays.hpp"

#include <algorithm>

#include "queue/core/limits.hpp"

namespace bannette {
namespace {

constexpr std::size_t kEnoughWaits = 5;  // fewer say nothing

constexpr std::int64_t seconds(std::int64_t ms) {
  return ms / 1000;
}

constexpr bool is_held(State state) {
  return state == State::reserved || state == State::in_progress || state == State::on_hold;
}

void add(std::uint64_t& counter, bool counts, int by) {
  if (counts) counter += static_cast<std::uint64_t>(static_cast<std::int64_t>(by));
}

// The earliest deadline that is not past, over the classes of an ordered tray.
std::int64_t next_deadline(const std::set<OrderKey>& waiting, std::int64_t wall_ms) {
  std::int64_t next = kNoDeadline;
  for (auto urgency : {Urgency::immediate, Urgency::urgent, Urgency::priority, Urgency::normal}) {
    const auto at = waiting.lower_bound(OrderKey{wall_ms, 0, 0, urgency});
    if (at != waiting.end() && at->urgency == urgency) next = std::min(next, at->deadline_ms);
  }
  return next == kNoDeadline ? 0 : next;
}

}  // namespace

void Tray::tally(const Header& h, const Rare& rare, int by) {
  const bool not_taken = h.state == State::waiting || h.state == State::reserved;
  add(reserved_, h.state == State::reserved, by);
  add(on_hold_, h.state == State::on_hold, by);
  add(danger_, h.danger && not_taken, by);
  add(unacknowledged_, h.danger && is_open(h.state) && rare.climb.acknowledged_by.empty(), by);
  add(late_, h.breached && not_taken, by);
  add(starved_, h.starved && h.state == State::waiting, by);
  add(unread_, !h.seen && h.state == State::waiting, by);
  if (h.state == State::waiting) {
    auto& of_topic = by_topic_[h.topic];
    add(of_topic, true, by);
    if (of_topic == 0) by_topic_.erase(h.topic);
  }
}

void Tray::enter(std::uint64_t number, const Header& h, const Rare& rare, const OrderKey& key) {
  tally(h, rare, 1);
  if (h.state == State::waiting) {
    waiting.insert(key);
    arrivals_.arm(h.arrived_ms, number);
  } else if (is_held(h.state)) {
    held.insert(key);
  }
}

void Tray::leave(const Header& h, const Rare& rare, const OrderKey& key) {
  tally(h, rare, -1);
  if (h.state == State::waiting)
    waiting.erase(key);
  else if (is_held(h.state))
    held.erase(key);
}

void Tray::took(std::int64_t waited_ms) {
  ++taken_;
  waits_ms_.push_back(std::max<std::int64_t>(0, waited_ms));
  if (waits_ms_.size() > limits::wait_sample) waits_ms_.pop_front();
}

BannetteCount Tray::count(const Headers& headers, std::int64_t wall_ms) const {
  BannetteCount count;
  count.waiting = waiting.size();
  count.reserved = reserved_;
  count.on_hold = on_hold_;
  count.in_progress = held.size() - reserved_ - on_hold_;
  count.danger = danger_;
  count.unacknowledged = unacknowledged_;
  count.late = late_;
  count.starved = starved_;
  count.unread = unread_;
  count.offered = offered.size();
  count.taken = taken_;
  const auto waits = [&](const Timers::Entry& entry) {
    return waiting.contains(headers.order_of(entry.second));
  };
  arrivals_.compact(waits);
  while (!arrivals_.empty() && !waits(arrivals_.next())) arrivals_.pop();
  if (!arrivals_.empty()) count.oldest_waiting_ms = arrivals_.next().first;
  count.next_deadline_ms = next_deadline(waiting, wall_ms);
  if (waits_ms_.size() < kEnoughWaits) return count;
  std::vector<std::int64_t> sample(waits_ms_.begin(), waits_ms_.end());
  const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
  std::nth_element(sample.begin(), middle, sample.end());
  count.wait_median_s = seconds(*middle);
  count.wait_max_s = seconds(*std::max_element(sample.begin(), sample.end()));
  return count;
}

// Where a dossier is shown beside its own bannette.
template <class F>
void Trays::each_beside(const Headers& headers, const Header& h, const Rare& rare, F&& f) {
  if (rare.proposal)
    if (const auto to = headers.bannettes.find(rare.proposal->to)) f(trays_[*to].offered);
  if (!is_open(h.state)) return;
  for (const auto& copy : rare.copies)
    if (const auto to = headers.bannettes.find(copy)) f(trays_[*to].copies);
}

void Trays::enter(const Headers& headers, std::uint64_t number) {
  const Header& h = headers.at(number);
  const Rare& rare = headers.rare(number, h);
  trays_[h.bannette].enter(number, h, rare, headers.order_of(number));
  each_beside(headers, h, rare, [number](std::set<std::uint64_t>& numbers) { numbers.insert(number); });
}

void Trays::leave(const Headers& headers, std::uint64_t number) {
  const Header& h = headers.at(number);
  const Rare& rare = headers.rare(number, h);
  trays_[h.bannette].leave(h, rare, headers.order_of(number));
  each_beside(headers, h, rare, [number](std::set<std::uint64_t>& numbers) { numbers.erase(number); });
}

}  // namespace bannette
