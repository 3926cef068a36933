// What every engine asks of a batch before it writes anything.
#pragma once
#include <cstdint>
#include <span>

#include "queue/journal/journal.hpp"

namespace bannette::journal {

// Pairs of assertions: what evolve() and the state machine promise, once more before it is written for ever.
// Throws std::logic_error.
void check_batch(std::span<const Entry> batch, const Head& head, std::uint64_t last_number);

}  // namespace bannette::journal
