// units.toml: territorial units, the services that they have, and the department's services.
#include <algorithm>

#include "queue/core/limits.hpp"
#include "router/config/parts.hpp"
#include "router/config/toml_reader.hpp"

namespace bannette::router {
namespace {

std::vector<Service> read_services(std::vector<TomlTable> tables, Findings& findings) {
  std::vector<Service> services;
  for (auto& table : tables) {
    const auto code = table.text("code");
    const auto name = table.text("nom");
    table.finish();
    if (!code || !name || !check_code(*code, findings)) continue;
    const bool known =
        std::any_of(services.begin(), services.end(), [&](const Service& s) { return s.code == code->text; });
    if (known)
      findings.error(*code, "service « " + code->text + " » en double", "un code qui n'est pas déjà pris");
    else
      services.push_back({code->text, name->text});
  }
  return services;
}

void read_unit(Site& site, TomlTable& table, Findings& findings) {
  std::vector<std::string> codes;
  for (const auto& service : site.unit_services) codes.push_back(service.code);
  const auto code = table.text("code");
  const auto name = table.text("nom");
  const auto services = table.texts("services");
  table.finish();
  Unit unit;
  for (const auto& service : services) {
    if (std::find(codes.begin(), codes.end(), service.text) == codes.end())
      findings.error(service, "service d'unité inconnu « " + service.text + " »", listed(codes));
    else if (std::find(unit.services.begin(), unit.services.end(), service.text) != unit.services.end())
      findings.error(service, "service « " + service.text + " » en double");
    else
      unit.services.push_back(service.text);
  }
  if (!code || !name || !check_code(*code, findings)) return;
  if (find_unit(site, code->text) != nullptr) {
    findings.error(*code, "unité « " + code->text + " » en double", "un code qui n'est pas déjà pris");
    return;
  }
  unit.code = code->text;
  unit.name = name->text;
  site.units.push_back(std::move(unit));
}

}  // namespace

void load_units(Draft& draft) {
  Findings findings("units.toml", draft.findings);
  auto top = TomlTable::read(draft.folder / "units.toml", findings);
  if (!top) return;
  draft.site.unit_services = read_services(top->tables("service_unite"), findings);
  for (auto& table : top->tables("unite")) read_unit(draft.site, table, findings);
  draft.site.services = read_services(top->tables("service", false), findings);
  top->finish();
  for (const auto& service : draft.site.services)
    if (find_unit(draft.site, service.code) != nullptr)
      findings.error({}, "« " + service.code + " » est à la fois une unité et un service");
  if (bannettes_of(draft.site).size() > limits::bannettes)
    findings.error({}, "plus de " + std::to_string(limits::bannettes) + " bannettes");
}

}  // namespace bannette::router
