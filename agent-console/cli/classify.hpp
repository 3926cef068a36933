// `bannette classify --config DIR`: JSON Lines {id, note, commune, address} in, one decision a line out, in
// order.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// Missing fields are empty, unknown ones ignored. A bad line gives {id, error:{code,field,detail}} in its
// place. Each line is flushed. 0: all lines were good; 1: a line was bad, or the configuration has errors (on
// `err`); 2: no such folder. Bounds: a line of 64 KiB; note, commune and address as limits.hpp.
[[nodiscard]] int run_classify(const std::filesystem::path& config, std::istream& in, std::ostream& out,
                               std::ostream& err);

}  // namespace bannette::console
