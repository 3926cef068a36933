// By which right a person sees a dossier: the queue has decided already, and the console checks again.
#pragma once
#include <algorithm>

#include "agent-console/core/permissions.hpp"

#include "bannette/v1/dossier.pb.h"

namespace bannette::console {

// One's own bannette, one that a redirect is proposed to, or one that has a copy.
[[nodiscard]] inline bool concerns(const Person& person, const v1::Header& header) {
  const auto works = [&](const std::string& bannette) { return may_work(person, bannette); };
  return works(header.bannette()) || works(header.proposal().to()) ||
         std::any_of(header.copies().begin(), header.copies().end(), works);
}

// Its content. A restricted one: with the right where it is, or by a copy.
[[nodiscard]] inline bool may_read(const Person& person, const v1::Header& header) {
  if (!header.restricted()) return concerns(person, header) || may(person.role, Action::supervise);
  return may_work_restricted(authority(person), header.bannette()) ||
         std::any_of(header.copies().begin(), header.copies().end(),
                     [&](const std::string& bannette) { return may_work(person, bannette); });
}

// The topic of a restricted one: whoever reads it, decides on it, or sends it on.
[[nodiscard]] inline bool may_know(const Person& person, const v1::Header& header) {
  return !header.restricted() || may_read(person, header) || may(person.role, Action::supervise) ||
         may_work_restricted(authority(person), header.proposal().to());
}

// Its line in a list.
[[nodiscard]] inline bool may_see(const Person& person, const v1::Header& header) {
  return may_list(person, header.bannette()) || concerns(person, header);
}

}  // namespace bannette::console
