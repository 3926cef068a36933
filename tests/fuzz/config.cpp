#include <array>

#include "tests/fuzz/targets.hpp"
#include "tests/unit/router_config/folder.hpp"

namespace bannette::fuzz {

// Which file the first byte breaks. New ones at the end: the kept inputs say their file by its place.
constexpr std::array file_names{"ailleurs.csv",      "communes.csv", "motifs.csv", "noms.csv",
                                "sectorisation.csv", "site.toml",    "units.toml", "securite.toml"};

void config(std::span<const std::uint8_t> input) {
  static const router::test::Folder folder;
  if (input.empty()) return;
  const auto file = router::test::small_files().find(file_names[input[0] % file_names.size()]);
  folder.write(file->first, {input.begin() + 1, input.end()});
  const router::Loaded loaded = folder.load();
  folder.write(file->first, file->second);
  if (loaded.site.has_value() == router::has_errors(loaded.findings))
    throw std::logic_error("a site, or errors that say why there is none: never both or neither");
  auto findings = loaded.findings;
  if (loaded.site)
    for (auto& finding : router::check_examples(*loaded.site)) findings.push_back(std::move(finding));
  for (const auto& finding : findings)
    if (finding.message.empty() || router::to_string(finding).empty())
      throw std::logic_error("a finding that says nothing");
}

}  // namespace bannette::fuzz
