// One run: people, a network and a server that fail as the seed says, then peace, a night, and the judgement.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/sim/mutant.hpp"

namespace bannette::sim {

struct Outcome {
  std::vector<std::string> complaints;
  std::vector<std::string> last;  // when there are complaints: the last lines of the trace
  std::uint64_t trace_hash = 0;
  std::size_t changes = 0;                   // durable in the end
  std::map<std::string, std::size_t> kinds;  // of these
  std::size_t confirmed = 0;                 // answers that confirmed a change
  int crashes = 0;
};

[[nodiscard]] Outcome simulate(std::uint64_t seed, Mutant mutant = Mutant::none);

}  // namespace bannette::sim
