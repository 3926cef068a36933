// What is in force when the service starts: the pinned configuration, else the folder's.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>

#include "agent-console/cli/configurations.hpp"
#include "router/core/site.hpp"

namespace bannette::console {

struct FirstSite {
  std::shared_ptr<const router::Site> site;
  std::string digest;  // of the folder's files before they were read; empty: unknown, or it is a pinned one
};

// Says loudly that a pinned one is in force; one that cannot be read any more does not keep the service from
// starting. Throws WrongUse, and std::runtime_error where the folder has errors, which `err` tells.
[[nodiscard]] FirstSite first_site(const std::filesystem::path& config, Configurations& kept,
                                   std::ostream& err);

// Keeps it, so that the first reload can be undone; but not what has changed since it was read. For whoever
// has the data folder's lock. What fails is logged.
void keep_first(const FirstSite& first, const std::filesystem::path& config,
                const std::filesystem::path& data, Configurations& kept);

}  // namespace bannette::console
