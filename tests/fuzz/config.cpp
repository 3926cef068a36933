#include <algorithm>
#include <array>

#include "router/config/difference.hpp"
#include "router/core/decision.hpp"
#include "router/core/reach.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/unit/router_config/folder.hpp"

namespace bannette::fuzz {
namespace {

// Which file the first byte breaks. New ones at the end: the kept inputs say their file by its place.
constexpr std::array file_names{"ailleurs.csv", "communes.csv",      "motifs.csv",
                                "noms.csv",     "sectorisation.csv", "site.toml",
                                "units.toml",   "securite.toml",     "modele.bin"};

const std::map<std::string, std::string>& files() {
  const auto& all = router::test::small_files();
  for (const auto& [name, text] : all)
    if (std::find(file_names.begin(), file_names.end(), name) == file_names.end())
      throw std::logic_error(name + " is not fuzzed: add it to the names");
  return all;
}

// What becomes a site is used: decided by, looked through, compared.
void use(const router::Site& site, const router::Site& good) {
  const router::Call call{"Mme Dupont, frigo vide, deux filles, 12 rue du Pile", "hem", "rue du pile 4"};
  if (site.model != nullptr && router::decide(site, call).topics.empty())
    throw std::logic_error("a decision without a topic");
  static_cast<void>(router::unreachable(site));
  if (router::differences(good, site).size() > router::differences_max)
    throw std::logic_error("differences without an end");
}

}  // namespace

void config(std::span<const std::uint8_t> input) {
  static const router::test::Folder folder;
  static const router::Site good = folder.load().site.value();
  if (input.empty()) return;
  const std::string name = file_names[input[0] % file_names.size()];
  folder.write(name, {input.begin() + 1, input.end()});
  const router::Loaded loaded = folder.load();
  folder.write(name, files().at(name));
  if (loaded.site.has_value() == router::has_errors(loaded.findings))
    throw std::logic_error("a site, or errors that say why there is none: never both or neither");
  auto findings = loaded.findings;
  if (loaded.site)
    for (auto& finding : router::check_examples(*loaded.site)) findings.push_back(std::move(finding));
  for (const auto& finding : findings)
    if (finding.message.empty() || router::to_string(finding).empty())
      throw std::logic_error("a finding that says nothing");
  if (loaded.site) use(*loaded.site, good);
}

}  // namespace bannette::fuzz
