// `bannette export --data DIR`: every dossier with its content and history, as JSON Lines; also beside a
// running service.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// All as of the sequence that was the last durable one at the start. No transaction is open while `out` is
// written. Exit code: 0 done, 1 something could not be read or written, 2 there is no journal there.
int run_export(const std::filesystem::path& data, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
