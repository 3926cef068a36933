// What the social services' French is read with, whatever the site: usual abbreviations, and notions that
// several words share ("huissier", "bail", "loyer": housing). A model learns what each is worth; see
// features.hpp.
#pragma once
#include <span>
#include <string_view>

namespace bannette::router {

struct Abbreviation {
  std::string_view meant;    // folded words
  std::string_view written;  // folded, parted by spaces: "enft enf gosse"
};

struct Notion {
  std::string_view name;
  std::string_view words;  // folded, parted by spaces
};

[[nodiscard]] std::span<const Abbreviation> abbreviations();
[[nodiscard]] std::span<const Notion> notions();

}  // namespace bannette::router
