// Who acts: a key, and perhaps a person behind it.
#pragma once
#include <string>
#include <vector>

#include "bannette/v1/dossier.pb.h"

namespace bannette::sim {

struct Who {
  std::string principal;  // "unit:CODE", "router", "console"
  std::string person;     // or empty
  v1::Role role = v1::ROLE_AGENT;
  std::vector<std::string> units;  // console only: a unit's person is of that unit

  // As the history shows them.
  [[nodiscard]] std::string label() const {
    if (person.empty()) return principal;
    return principal.starts_with("unit:") ? principal + "/" + person : person;
  }
};

}  // namespace bannette::sim
