// The sample site and its labelled notes.
#pragma once
#include <filesystem>

#include "router/config/load.hpp"

namespace bannette::router::test {

inline std::filesystem::path sample_folder() {
  return std::filesystem::path(BANNETTE_SOURCE_DIR) / "configs" / "roubaix-tourcoing";
}

inline const Site& sample_site() {
  static const Site site = load_site(sample_folder()).site.value();
  return site;
}

}  // namespace bannette::router::test
