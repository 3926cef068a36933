// What became of past calls, read from the journal beside the running service: content, proposal and history.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "queue/core/change.hpp"
#include "queue/journal/reader.hpp"
#include "router/core/replay.hpp"

#include "bannette/v1/dossier.pb.h"

namespace bannette::router {

struct Past {
  Dossier dossier;              // as it stands
  std::vector<Change> history;  // whole, in order; the first is `submitted`
  v1::Content content;
};

struct PastTally {
  std::uint64_t read = 0;
  std::uint64_t erased = 0;
  std::uint64_t damaged = 0;
  std::uint64_t without_proposal = 0;  // not by the router: nothing to compare
};

// Dossiers of a journal, by their numbers.
struct PastSpan {
  std::int64_t from_ms = 0;  // that arrived then (Unix time) or later
  std::uint64_t first = 1, last = 0;
  bool cut = false;  // there were more before
};
// Those that arrived at `from_ms` or later; of more than `most`, the newest.
[[nodiscard]] PastSpan past_since(journal::Reader& reader, std::int64_t from_ms,
                                  std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// Each of them that the router had proposed, in order of number. Reads in snapshots of a few hundred; what is
// damaged is counted and passed over. `goes_on`: asked before each dossier; false ends it. Throws what the
// journal throws where it cannot be read at all.
PastTally each_past(journal::Reader& reader, const PastSpan& span,
                    const std::function<void(const Past&)>& each, const std::function<bool()>& goes_on = {});

// One of them; nothing where it cannot be read or the router had not proposed it.
[[nodiscard]] std::optional<Past> past_of(journal::Reader& reader, std::uint64_t number);

[[nodiscard]] PastCall past_call(const Past& past);

}  // namespace bannette::router
