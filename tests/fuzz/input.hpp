// The fuzzer's bytes, read one decision after the other. What is used up reads as zeros, so that each input
// means something.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

namespace bannette::fuzz {

class Input {
 public:
  explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  // Low byte first.
  std::uint64_t number(int size) {
    std::uint64_t all = 0;
    for (int i = 0; i < size; ++i) all |= std::uint64_t{byte()} << (8 * i);
    return all;
  }
  // 0..n-1, from one byte. Bounds: 1 <= n <= 256.
  std::size_t below(std::size_t n) { return byte() % n; }
  bool one_in(std::size_t n) { return below(n) == n - 1; }
  std::string text(std::size_t size) {
    const auto taken = bytes_.first(std::min(size, bytes_.size()));
    bytes_ = bytes_.subspan(taken.size());
    return {taken.begin(), taken.end()};
  }
  template <class All>
  const auto& one_of(const All& all) {
    return all[below(std::size(all))];
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace bannette::fuzz
