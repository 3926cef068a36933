// Where a span of time begins among a journal's dossiers.
#pragma once
#include <cstdint>

#include "queue/journal/reader.hpp"

namespace bannette::journal {

// The number of the first dossier that arrived then (Unix time) or later, at most `last` + 1: numbers grow
// with time. Rows that cannot be read go with the next one that can.
[[nodiscard]] std::uint64_t first_since(Reader& reader, std::int64_t from_ms, std::uint64_t last);

}  // namespace bannette::journal
