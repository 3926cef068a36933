// What is compiled from a site's configuration, once. Immutable: may be shared between threads.
#pragma once
#include "router/core/territory.hpp"

namespace bannette::router {

class Engine {
 public:
  explicit Engine(const Site& site) : territory(site) {}
  const Territory territory;
};

}  // namespace bannette::router
