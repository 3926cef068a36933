// Restricted topics: who may know that a dossier is of one, and of which.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "queue/core/authority.hpp"
#include "queue/core/dossier.hpp"
#include "queue/core/rules.hpp"

namespace bannette {

// How a dossier's topic is shown to somebody.
enum class TopicSight : std::uint8_t {
  open,
  restricted,  // shown, and marked
  hidden,      // marked alone
};

class Restricted {
 public:
  explicit Restricted(const Rules& rules);

  // A topic that the rules do not know is: what stood under rules that are gone stays closed.
  [[nodiscard]] bool topic(std::string_view code) const { return !open_.contains(code); }
  // To those who may work on it where it is, where it is copied or proposed to; to supervisors, who send it
  // on; and to the router and the console themselves, which hide it from people in their turn.
  [[nodiscard]] TopicSight shown_to(const Authority& who, const Dossier& dossier) const;

 private:
  std::set<std::string, std::less<>> open_;
};

}  // namespace bannette
