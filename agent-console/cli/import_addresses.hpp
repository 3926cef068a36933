// `bannette import-addresses --config DIR --from FILE`: the streets of the site's communes, from an address
// file in the layout that the Base Adresse Nationale publishes, plain or gzip, into DIR/voies.csv.
#pragma once
#include <filesystem>
#include <iosfwd>

namespace bannette::console {

struct ImportOptions {
  std::filesystem::path config, from;
};

inline constexpr std::uint64_t address_bytes_max = 8ULL << 30;  // of the file, unpacked

// Reads line by line. Lines that cannot be read are told with their number on `err` and left out, up to
// bad_lines_max. voies.csv is replaced whole or not at all, and stays as it is where nothing changed. 0:
// done; 1: the file or the configuration is not usable, and nothing was changed; 2: no such folder or file.
[[nodiscard]] int run_import_addresses(const ImportOptions& options, std::ostream& out, std::ostream& err);

}  // namespace bannette::console
