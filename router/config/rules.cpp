#include "router/config/rules.hpp"

namespace bannette {

Rules rules_of(const router::Site& site) {
  Rules rules = site.queue;
  rules.site = site.code;
  rules.bannettes = router::bannettes_of(site);
  for (const auto& topic : site.topics) rules.topics.push_back({topic.code, topic.delay, topic.restricted});
  return rules;
}

}  // namespace bannette
