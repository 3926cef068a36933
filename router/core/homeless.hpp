// Does a call speak of somebody without a home of their own?
#pragma once
#include <string>

#include "router/core/regex_set.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

class NoHome {
 public:
  NoHome();
  // The words that say so ("dort dans sa voiture", "domicilié au CCAS"), "" where none do, or where they are
  // denied, past or feared ("va se retrouver à la rue").
  [[nodiscard]] std::string told_in(const Words& text) const;

 private:
  RegexSet phrases_;
  std::uint32_t count_ = 0;
};

}  // namespace bannette::router
