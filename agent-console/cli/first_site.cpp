#include "agent-console/cli/first_site.hpp"

#include <ostream>
#include <stdexcept>

#include <spdlog/spdlog.h>

#include "agent-console/cli/connection.hpp"
#include "agent-console/cli/terminal_text.hpp"
#include "agent-console/server/accounts.hpp"
#include "router/config/load.hpp"

namespace bannette::console {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const router::Site> load_site(const fs::path& folder, std::ostream& err) {
  if (!fs::is_directory(folder)) throw WrongUse("--config : pas de dossier " + folder.string());
  auto loaded = router::load_site(folder);
  for (const auto& finding : loaded.findings)
    if (finding.severity == router::Severity::error) err << router::to_string(finding) << '\n';
  if (!loaded.site)
    throw std::runtime_error("la configuration a des erreurs : bannette check --config " + folder.string());
  return std::make_shared<const router::Site>(std::move(*loaded.site));
}

std::string digest_of(const fs::path& folder) try {
  return Configurations::digest(folder);
} catch (const std::exception& error) {
  spdlog::warn("{}", error.what());
  return {};
}

// A pin that could not be kept to is taken away, or it would be told as if it held; and the audit says so.
void give_up_pin(const fs::path& data, const Pin& pin, Configurations& kept) {
  kept.unpin();
  Accounts accounts(data);
  accounts.audit().append(
      {.act = "configuration_refused",
       .by = {"démarrage", ""},
       .subject = "n° " + std::to_string(pin.number),
       .detail = "configuration épinglée qui ne se relit pas : le dossier est en vigueur"});
}

}  // namespace

FirstSite first_site(const fs::path& config, Configurations& kept, std::ostream& err) {
  if (const auto pin = kept.pinned()) {
    const auto folder = kept.folder(pin->number);
    auto loaded = folder && kept.intact(pin->number) ? router::load_site(*folder) : router::Loaded{};
    if (loaded.site) {
      err << "ATTENTION : la configuration n° " << pin->number << ", épinglée par " << pin->who << " le "
          << local_time(pin->at_ms) << ", est en vigueur ; le dossier " << config.string()
          << " n'est pas lu. Pour y revenir : bannette reload\n";
      kept.in_force(pin->number);
      return {std::make_shared<const router::Site>(std::move(*loaded.site)), {}};
    }
    err << "ATTENTION : la configuration épinglée n° " << pin->number << " ne se relit pas ; le dossier "
        << config.string() << " est pris à sa place\n";
  }
  std::string digest = digest_of(config);
  return {load_site(config, err), std::move(digest)};
}

void keep_first(const FirstSite& first, const fs::path& config, const fs::path& data, Configurations& kept) {
  if (kept.in_force()) return;
  try {
    if (const auto pin = kept.pinned()) give_up_pin(data, *pin, kept);
    ConfigurationCopy copy = kept.copy(config);
    if (copy.digest() != first.digest) throw std::runtime_error("it has changed since it was read");
    kept.in_force(kept.keep(std::move(copy), first.site->rules_version, "démarrage"));
  } catch (const std::exception& error) {
    spdlog::warn("the configuration's folder is not kept: {}", error.what());
  }
}

}  // namespace bannette::console
