#include "queue/core/site_state.hpp"

#include <stdexcept>

namespace bannette {
namespace {

std::set<std::string, std::less<>>& alarms(SiteState& site, const Change& change) {
  return change.reason == kOfRestricted ? site.restricted_unattended : site.unattended;
}

}  // namespace

void evolve(SiteState& site, const Change& change) {
  if (!of_site(change.kind) || change.number != 0)
    throw std::logic_error("change " + std::to_string(change.seq) + " is not one of the site");
  site.last_seq = change.seq;
  switch (change.kind) {
    case ChangeKind::calendar_changed:
      site.rules_fingerprint = change.to;
      break;
    case ChangeKind::delegated:
      site.delegations[change.person] = {change.to, change.from_ms, change.until_ms};
      break;
    case ChangeKind::delegation_ended:
      site.delegations.erase(change.person);
      break;
    case ChangeKind::unattended:
      alarms(site, change).insert(change.bannette);
      break;
    case ChangeKind::attended:
      alarms(site, change).erase(change.bannette);
      break;
    default:  // an event that leaves nothing
      break;
  }
}

}  // namespace bannette
