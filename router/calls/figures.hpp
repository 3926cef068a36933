// The figures themselves: of a time from its tally, of this moment from ledger and callback list. Each bears
// the code and version of its definition (definitions.hpp), where what it means stands.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "router/calls/definitions.hpp"
#include "router/calls/half_hours.hpp"
#include "router/calls/tally.hpp"

namespace bannette::calls {

struct Figure {
  const Definition* definition = nullptr;  // of the table, never null
  std::optional<double> value;             // nothing where there is nothing to reckon it from
  // What it was reckoned from, so that a small number can be seen to be one: part and whole of a share, how
  // many were counted for a duration. -1: it has none.
  std::int64_t part = -1, whole = -1;
};

// The site's service level: `answer_within_s`, the T of the definitions.
struct Target {
  std::uint32_t answer_within_s = 60;
};

// All figures of a period, in the table's order. `one_queue`: of one queue, which has no posts and no
// callbacks of its own.
[[nodiscard]] std::vector<Figure> figures_of(const Tally& tally, const Target& target,
                                             bool one_queue = false);

struct FigureRow {
  Interval time;
  std::vector<Figure> figures;
};
// Step by step, at most `most` rows.
[[nodiscard]] std::vector<FigureRow> report(const HalfHours& book, Interval time, Step step, std::size_t most,
                                            const Target& target, bool one_queue = false);

// This moment (now.hpp).
struct Now {
  std::uint64_t waiting = 0, talking = 0;
  std::optional<std::int64_t> longest_wait_ms;
  PostCounts posts;
  std::uint64_t callbacks = 0, callbacks_danger = 0;
  std::optional<std::int64_t> callback_age_ms;
};
[[nodiscard]] std::vector<Figure> figures_of(const Now& now, bool one_queue = false);

}  // namespace bannette::calls
