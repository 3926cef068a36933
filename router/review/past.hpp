// What became of past calls, read from the journal beside the running service: content, proposal and history.
#pragma once
#include <cstdint>
#include <functional>
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

// Each dossier that arrived at `from_ms` (Unix time) or later and that the router had proposed, in order of
// number. Reads in snapshots of a few hundred; what is damaged is counted and passed over. Throws what the
// journal throws where it cannot be read at all.
PastTally each_past(journal::Reader& reader, std::int64_t from_ms,
                    const std::function<void(const Past&)>& each);

// One of them; nothing where it cannot be read or the router had not proposed it.
[[nodiscard]] std::optional<Past> past_of(journal::Reader& reader, std::uint64_t number);

[[nodiscard]] PastCall past_call(const Past& past);

}  // namespace bannette::router
