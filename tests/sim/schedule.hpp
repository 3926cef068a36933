// Virtual time, chance from one seed, and the trace of what happened: same seed, same run.
#pragma once
#include <cstdint>
#include <functional>
#include <queue>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace bannette::sim {

class Schedule {
 public:
  explicit Schedule(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] std::int64_t now() const { return now_; }
  void after(std::int64_t ms, std::function<void()> run) {
    events_.push({now_ + (ms < 0 ? 0 : ms), order_++, std::move(run)});
  }
  void run_until(std::int64_t end) {
    while (!events_.empty() && events_.top().at <= end) {
      const Event event = events_.top();
      events_.pop();
      now_ = event.at;
      event.run();
    }
    now_ = end;
  }

  // By hand, since the distributions of the standard library differ between implementations.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }

  // FNV-1a over all that happens, with its time.
  void trace(std::string_view what) {
    mix(static_cast<std::uint64_t>(now_));
    for (char c : what) mix(static_cast<unsigned char>(c));
  }
  [[nodiscard]] std::uint64_t trace_hash() const { return hash_; }

 private:
  struct Event {
    std::int64_t at;
    std::uint64_t order;  // events of one moment run as they were made
    std::function<void()> run;
    bool operator<(const Event& other) const {
      return std::pair(at, order) > std::pair(other.at, other.order);
    }
  };
  void mix(std::uint64_t value) { hash_ = (hash_ ^ value) * 1099511628211ULL; }

  std::priority_queue<Event> events_;
  std::mt19937_64 random_;
  std::int64_t now_ = 0;
  std::uint64_t order_ = 0;
  std::uint64_t hash_ = 1469598103934665603ULL;
};

}  // namespace bannette::sim
