// What the queue must know of a site: its bannettes, its topics, its delays. Built from the configuration
// outside.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "queue/core/calendar.hpp"
#include "queue/core/limits.hpp"

namespace bannette {

struct TopicRule {
  std::string code;
  Delay delay;              // the topic's own; the tighter of it and the urgency's applies
  bool restricted = false;  // "restreinte": read only in the holding bannette and by its manager
};

struct Rules {
  std::string site;                    // its code, e.g. "roubaix-tourcoing"
  std::vector<std::string> bannettes;  // all that exist, "standard" and "arbitrage" included
  std::vector<TopicRule> topics;
  Calendar calendar;
  std::int64_t lease_ms = limits::lease_default;
};

}  // namespace bannette
