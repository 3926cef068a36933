// Who acts, and what that allows by the design: a key, and perhaps a person behind it.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bannette/v1/dossier.pb.h"

namespace bannette::sim {

struct Who {
  std::string principal;  // "unit:CODE", "router", "console"
  std::string person;     // or empty
  v1::Role role = v1::ROLE_AGENT;
  std::vector<std::string> units;  // console only: a unit's person is of that unit
  bool restricted = false;         // console only: the right to restricted topics

  // As the history shows them.
  [[nodiscard]] std::string label() const {
    if (person.empty()) return principal;
    return principal.starts_with("unit:") ? principal + "/" + person : person;
  }
  // "unit:roubaix" works in "roubaix/..." and nowhere else.
  [[nodiscard]] bool works_in(std::string_view bannette) const {
    const std::string owner(bannette.substr(0, bannette.find('/')));
    if (principal.starts_with("unit:")) return principal.substr(5) == owner;
    const bool works = role == v1::ROLE_AGENT || role == v1::ROLE_MANAGER;
    return principal == "console" && !person.empty() && works &&
           std::find(units.begin(), units.end(), owner) != units.end();
  }
  // A unit's key is the unit; at the console one has the right, or is the manager.
  [[nodiscard]] bool works_restricted(std::string_view bannette) const {
    return works_in(bannette) && (principal.starts_with("unit:") || restricted || role == v1::ROLE_MANAGER);
  }
  [[nodiscard]] bool supervises() const {
    return principal == "console" && !person.empty() && role == v1::ROLE_SUPERVISOR;
  }
  [[nodiscard]] bool manages(std::string_view bannette) const {
    return supervises() || (!person.empty() && role == v1::ROLE_MANAGER && works_in(bannette));
  }
  // Headers without content: supervisors, and the console itself, which filters again.
  [[nodiscard]] bool lists_all() const {
    return principal == "console" && (person.empty() || role == v1::ROLE_SUPERVISOR);
  }
};

}  // namespace bannette::sim
