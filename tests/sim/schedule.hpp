// Virtual time, chance from one seed, and the trace of what happened: same seed, same run.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bannette::sim {

class Schedule {
 public:
  struct Line {
    std::int64_t at;
    std::string who;
    std::string what;  // words, or a message's bytes
  };

  explicit Schedule(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] std::int64_t now() const { return now_; }
  void after(std::int64_t ms, std::function<void()> run) {
    events_.push_back({now_ + (ms < 0 ? 0 : ms), order_++, std::move(run)});
    std::push_heap(events_.begin(), events_.end());
  }
  void run_until(std::int64_t end) {
    while (!events_.empty() && events_.front().at <= end) {
      std::pop_heap(events_.begin(), events_.end());
      const Event event = std::move(events_.back());
      events_.pop_back();
      now_ = event.at;
      event.run();
    }
    now_ = end;
  }

  // How slowly people and troubles follow each other: 1 is a rush, 60 a quiet hour in as many steps.
  void pace(std::int64_t pace) { pace_ = pace; }
  [[nodiscard]] bool is_quiet() const { return pace_ > 1; }
  [[nodiscard]] std::int64_t at_pace(std::int64_t low_ms, std::int64_t high_ms) {
    return between(low_ms * pace_, high_ms * pace_);
  }

  // By hand, since the distributions of the standard library differ between implementations.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  template <class All>
  const auto& one_of(const All& all) {
    return all[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(all.size()) - 1))];
  }

  // FNV-1a over all that happens, with its time. The last lines are kept in words, for a failure.
  void trace(std::string_view who, std::string_view what) {
    mix(static_cast<std::uint64_t>(now_));
    for (char c : what) mix(static_cast<unsigned char>(c));
    Line line;
    if (last_.size() == kLines) {  // its strings are used again
      line = std::move(last_.front());
      last_.pop_front();
    }
    line.at = now_;
    line.who = who;
    line.what = what;
    last_.push_back(std::move(line));
  }
  [[nodiscard]] std::uint64_t trace_hash() const { return hash_; }
  [[nodiscard]] const std::deque<Line>& last() const { return last_; }

 private:
  static constexpr std::size_t kLines = 40;
  struct Event {
    std::int64_t at;
    std::uint64_t order;  // events of one moment run as they were made
    std::function<void()> run;
    bool operator<(const Event& other) const {
      return std::pair(at, order) > std::pair(other.at, other.order);
    }
  };
  void mix(std::uint64_t value) { hash_ = (hash_ ^ value) * 1099511628211ULL; }

  std::vector<Event> events_;  // a heap
  std::mt19937_64 random_;
  std::int64_t now_ = 0;
  std::int64_t pace_ = 1;
  std::uint64_t order_ = 0;
  std::uint64_t hash_ = 1469598103934665603ULL;
  std::deque<Line> last_;
};

}  // namespace bannette::sim
