// What is compiled from a site's configuration, once. Immutable: may be shared between threads.
#pragma once
#include "router/core/lexicon.hpp"
#include "router/core/territory.hpp"

namespace bannette::router {

class Engine {
 public:
  explicit Engine(const Site& site) : territory(site), lexicon(site.lexicon, site.topics) {}
  const Territory territory;
  const LexiconReader lexicon;
};

}  // namespace bannette::router
