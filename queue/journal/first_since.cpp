#include "queue/journal/first_since.hpp"

#include <optional>

namespace bannette::journal {

std::uint64_t first_since(Reader& reader, std::int64_t from_ms, std::uint64_t last) {
  const auto arrived = [&](std::uint64_t number) -> std::optional<std::int64_t> {
    try {
      const auto row = reader.dossier(number);
      return row ? std::optional(row->arrived_ms) : std::nullopt;
    } catch (const Damaged&) {
      return std::nullopt;
    }
  };
  std::uint64_t low = 1, high = last + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    std::uint64_t readable = middle;
    std::optional<std::int64_t> at_ms;
    while (readable < high && !(at_ms = arrived(readable))) ++readable;
    if (at_ms && *at_ms < from_ms)
      low = readable + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace bannette::journal
