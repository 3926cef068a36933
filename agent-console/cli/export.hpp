// `bannette export --data DIR`: every dossier with its content and history, as JSON Lines; also beside a
// running service.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// All as of the sequence that was the last durable one at the start. No transaction is open while `out` is
// written. A dossier that cannot be read, rows that are missing, and an end that queue.head contradicts are
// told on `err`, and everything else is written. Exit code: 0 all is there, 1 something is not or could not
// be read or written, 2 there is no journal there.
int run_export(const std::filesystem::path& data, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
