// By which right a person sees a dossier: the queue has decided already, and the console checks again.
#pragma once
#include <algorithm>

#include "agent-console/core/permissions.hpp"

#include "bannette/v1/dossier.pb.h"

namespace bannette::console {

// Its content: one's own bannette, one that a redirect is proposed to, or one that has a copy.
[[nodiscard]] inline bool may_read(const Person& person, const v1::Header& header) {
  const auto works = [&](const std::string& bannette) { return may_work(person, bannette); };
  return works(header.bannette()) || works(header.proposal().to()) ||
         std::any_of(header.copies().begin(), header.copies().end(), works);
}

// Its line in a list.
[[nodiscard]] inline bool may_see(const Person& person, const v1::Header& header) {
  return may_list(person, header.bannette()) || may_read(person, header);
}

}  // namespace bannette::console
