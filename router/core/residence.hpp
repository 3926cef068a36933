// Does a place named in a note say where somebody lives, and who?
#pragma once
#include <vector>

#include "router/core/places.hpp"

namespace bannette::router {

// From what says least to what says most.
enum class Residence : std::uint8_t {
  none,     // "rue de Lens", "Madame Lannoy"
  weak,     // "le collège de Lens", "née à Lens", "Lens" alone
  passing,  // "à Lens", "de Lens"
  caller,   // "j'habite Lens": the person who calls
  home,     // "habite Lens", "logement à Lens"
  other,    // "elle vit à Lens": somebody who is not the caller
  kin,      // "sa mère vit à Lens", "chez sa sœur à Lens": the person whom the call is about
};

[[nodiscard]] Residence residence_of(const std::vector<Word>& words, const Mention& mention);

}  // namespace bannette::router
