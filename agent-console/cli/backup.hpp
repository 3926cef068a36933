// `bannette backup` and `bannette restore`: a data folder as one file, and back.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

// DATA as it is now, also while the service runs, into the new file `to` (0600), whole or not at all. The
// master key is not in it. Needs about twice the room of DATA's databases beside `to` while it works. Exit
// code: 0 done, 1 failed (nothing is left behind), 2 wrong use (no journal there, or `to` exists).
int run_backup(const std::filesystem::path& data, const std::filesystem::path& to, std::ostream& out,
               std::ostream& err);

// A new folder `data` (or an empty one) from such a file; every sum is checked before anything stands there.
// `master_key`: a file, put there too; empty: none. With a key the journal is checked like `bannette check`.
// Exit code: 0 done, 1 refused (damaged, another site's key: nothing made) or findings (made, and told), 2
// wrong use.
int run_restore(const std::filesystem::path& from, const std::filesystem::path& data,
                const std::filesystem::path& master_key, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
