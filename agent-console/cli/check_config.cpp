#include "agent-console/cli/check_config.hpp"

#include <algorithm>
#include <ostream>

#include "router/config/describe.hpp"
#include "router/config/load.hpp"
#include "router/core/telephony.hpp"

namespace bannette::console {
namespace {

std::string counted(std::size_t number, std::string_view word) {
  return std::to_string(number) + " " + std::string(word) + (number > 1 ? "s" : "");
}

}  // namespace

int run_check_config(const std::filesystem::path& folder, std::ostream& out) {
  std::error_code failed;
  if (!std::filesystem::is_directory(folder, failed)) {
    out << folder.string()
        << ": erreur: dossier de configuration absent ; écrire plutôt : --config suivi d'un dossier qui "
           "contient site.toml\n";
    return 2;
  }
  auto loaded = router::load_site(folder);
  if (loaded.site)
    for (auto& finding : router::check_examples(*loaded.site)) loaded.findings.push_back(std::move(finding));
  for (const auto& finding : loaded.findings) out << router::to_string(finding) << '\n';
  if (loaded.findings.size() >= router::findings_max)
    out << "… et d'autres peut-être : la liste s'arrête à " << router::findings_max << '\n';
  const auto errors = static_cast<std::size_t>(
      std::count_if(loaded.findings.begin(), loaded.findings.end(),
                    [](const auto& f) { return f.severity == router::Severity::error; }));
  out << folder.string() << " : " << counted(errors, "erreur") << ", "
      << counted(loaded.findings.size() - errors, "avertissement");
  if (loaded.site) {
    const auto& site = *loaded.site;
    out << " ; " << site.communes.size() << " communes, " << site.units.size() << " unités, "
        << site.topics.size() << " motifs, " << router::bannettes_of(site).size() << " bannettes, règles "
        << site.rules_version;
    if (site.telephony)
      out << " ; " << counted(site.telephony->pbxs.size(), "standard") << ", "
          << counted(site.telephony->queues.size(), "file") << ", "
          << counted(site.telephony->posts.size(), "poste");
  }
  out << '\n';
  if (loaded.site)
    for (const auto& line : router::describe_times(loaded.site->queue)) out << "  " << line << '\n';
  return errors > 0 ? 1 : 0;
}

}  // namespace bannette::console
