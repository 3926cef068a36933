// What is due when: a heap of (time, number) that forgets lazily. Whoever pops asks whether an entry still
// stands.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace bannette {

class Timers {
 public:
  using Entry = std::pair<std::int64_t, std::uint64_t>;  // (time, number): earliest first, then oldest

  void arm(std::int64_t at_ms, std::uint64_t number) { heap_.emplace(at_ms, number); }
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] const Entry& next() const { return heap_.top(); }
  void pop() { heap_.pop(); }
  void clear() { heap_ = {}; }

  // Drops what no longer stands once most of it may be such: memory stays within twice what stands.
  template <class Stands>
  void compact(Stands&& stands) {
    if (heap_.size() < 2 * kept_ + kFew) return;
    std::vector<Entry> keep;
    for (; !heap_.empty(); heap_.pop())
      if (stands(heap_.top()) && (keep.empty() || keep.back() != heap_.top())) keep.push_back(heap_.top());
    kept_ = keep.size();
    heap_ = Heap(std::greater<>{}, std::move(keep));
  }

 private:
  static constexpr std::size_t kFew = 4'096;
  using Heap = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;
  Heap heap_;
  std::size_t kept_ = 0;
};

}  // namespace bannette
