#include "router/config/rules.hpp"

namespace bannette {

Rules rules_of(const router::Site& site) {
  Rules rules;
  rules.site = site.code;
  rules.bannettes = router::bannettes_of(site);
  for (const auto& topic : site.topics) rules.topics.push_back({topic.code, topic.delay, topic.restricted});
  rules.calendar = site.calendar;
  rules.lease_ms = site.lease_ms;
  return rules;
}

}  // namespace bannette
