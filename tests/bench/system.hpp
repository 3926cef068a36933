// What is measured: our broker over each of its transports, and what people would use instead. All do the
// same work with the same payload: nothing counts before it is durable.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "tests/bench/figures.hpp"

namespace bannette::bench {

inline constexpr std::size_t kPayload = 600;  // bytes
inline constexpr int kProducers = 10;
inline constexpr int kConsumers = 8;
// Producers wait while so many are confirmed and not yet asked for: else the delivery's time would be the
// length of a queue that only grows.
inline constexpr int kBacklog = 8;

class System {
 public:
  virtual ~System() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual std::string transport() const = 0;
  // `count` submissions, `outstanding` of them under way at any moment. Latency: sent to confirmed.
  virtual Figures submit(int outstanding, int count) = 0;
  // At a human pace: one each 1/per_s, whether or not the last was confirmed.
  virtual Figures paced(int per_s, int count) = 0;
  // Submit, take, handle, each durable. per_s: whole cycles. Latency: submission sent to dossier taken.
  virtual Figures cycles(int count) = 0;
};

// Each has its files in `folder`. Null: not on this machine, or not built (no client library).
[[nodiscard]] std::unique_ptr<System> ours(const std::filesystem::path& folder, bool curve_over_tcp);
[[nodiscard]] std::unique_ptr<System> redis(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<System> postgres(const std::filesystem::path& folder);

}  // namespace bannette::bench
