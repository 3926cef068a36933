// `bannette classify --config DIR`: JSON Lines {id, note, commune, address} in, one decision a line out, in
// order.
#pragma once
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

namespace bannette::console {

// Missing fields are empty, unknown ones ignored. A bad line gives {id, error:{code,field,detail}} in its
// place. Each line is flushed. 0: all lines were good; 1: a line was bad, or the configuration has errors (on
// `err`); 2: no such folder. Bounds: a line of 64 KiB; note, commune and address as limits.hpp.
// Sectors count as they are on `day` ("2027-01-01", 2: no such date), or at `now_ms` (Unix time) where it is
// empty.
[[nodiscard]] int run_classify(const std::filesystem::path& config, std::istream& in, std::ostream& out,
                               std::ostream& err, const std::string& day = {}, std::int64_t now_ms = 0);

}  // namespace bannette::console
