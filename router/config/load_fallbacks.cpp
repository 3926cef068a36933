// Where a request goes that the territory cannot place: sans_domicile and hors_territoire of site.toml.
#include "router/config/parts.hpp"

namespace bannette::router {
namespace {

constexpr std::string_view service_prefix = "service:", unit_prefix = "unite:";

template <class Items>
std::string codes_of(const Items& items) {
  std::vector<std::string> codes;
  for (const auto& item : items) codes.push_back(item.code);
  return listed(codes);
}

void read_fallback(const Site& site, const Spot& rule, bool where_tonight, Fallback& into,
                   Findings& findings) {
  const auto& text = rule.text;
  if (text == "arbitrage") {
    into = {Fallback::Kind::arbitration};
  } else if (text == "standard") {
    into = {Fallback::Kind::standard};
  } else if (text == "presence" && where_tonight) {
    into = {Fallback::Kind::where_tonight};
  } else if (text.starts_with(service_prefix)) {
    const auto* service = find_service(site, text.substr(service_prefix.size()));
    if (service == nullptr)
      findings.error(rule, "service inconnu « " + text + " »",
                     "service: et l'un de " + codes_of(site.services));
    else
      into = {Fallback::Kind::service, service->code, service->name};
  } else if (text.starts_with(unit_prefix)) {
    const auto* unit = find_unit(site, text.substr(unit_prefix.size()));
    if (unit == nullptr)
      findings.error(rule, "unité inconnue « " + text + " »", "unite: et l'une de " + codes_of(site.units));
    else
      into = {Fallback::Kind::unit, unit->code, unit->name};
  } else {
    findings.error(rule, "règle inconnue « " + text + " »",
                   std::string(where_tonight ? "\"presence\", " : "") +
                       "\"arbitrage\", \"standard\", \"service:CODE\" ou \"unite:CODE\"");
  }
}

}  // namespace

void load_fallbacks(Draft& draft) {
  Findings findings("site.toml", draft.findings);
  if (draft.homeless_rule)
    read_fallback(draft.site, *draft.homeless_rule, true, draft.site.homeless, findings);
  if (draft.outside_rule) read_fallback(draft.site, *draft.outside_rule, false, draft.site.outside, findings);
}

}  // namespace bannette::router
