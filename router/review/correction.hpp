// Where people decided otherwise than the machine had proposed: a note to learn from, without who it is
// about.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "router/core/scrub.hpp"
#include "router/core/site.hpp"
#include "router/review/past.hpp"

namespace bannette::router {

// A labelled note, as the training corpus has them (GUIDE.md there): what was right, as far as it is known.
struct Labelled {
  std::string note;                    // scrubbed
  std::string commune;                 // by its INSEE name
  std::string motif;                   // empty: a person must say which
  std::vector<std::string> motifs_ok;  // where `motif` is empty: those that may be meant
  Urgency urgency = Urgency::normal;
  bool danger = false;
  std::string insee;
  std::string unit;  // empty where only the street told it, which is taken out
  bool operator==(const Labelled&) const = default;
};

struct Correction {
  std::uint64_t number = 0;  // of the dossier
  std::int64_t arrived_ms = 0;
  Proposed proposed;  // by the machine
  Labelled label;
  std::string source;            // "operator", "unit" or "operator+unit"
  std::vector<std::string> why;  // French, nothing personal: "motif corrigé par l'opérateur : ..."
};

// Nothing where nobody decided otherwise. `hidden`: folded words that are taken out as well. Pure.
[[nodiscard]] std::optional<Correction> correction_of(const Site& site, const Scrubber& scrubber,
                                                      const Past& past,
                                                      const std::vector<std::string>& hidden = {});

}  // namespace bannette::router
