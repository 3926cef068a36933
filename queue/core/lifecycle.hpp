// The lifecycle: which change is allowed from where, and what it makes of a dossier. Pure; the one place for
// both.
#pragma once
#include <optional>

#include "queue/core/change.hpp"
#include "queue/core/error.hpp"

namespace bannette {

// May this kind of change happen to a dossier in this state? (submitted, and changes of the site: to none.)
[[nodiscard]] bool allowed(State from, ChangeKind kind);

// The dossier after the change. Used when deciding, when restoring, when exporting and when checking: a
// history folded with evolve() is the dossier. Throws std::logic_error where the change does not fit (a
// damaged journal).
[[nodiscard]] Dossier evolve(const std::optional<Dossier>& before, const Change& change);

}  // namespace bannette
