// Does a place named in a note say where somebody lives, and who?
#pragma once
#include <vector>

#include "router/core/places.hpp"

namespace bannette::router {

enum class Residence : std::uint8_t {
  none,     // "née à Lens", "rue de Lens", "travaille à Lens"
  passing,  // "à Lens", "de Lens": named, no more
  caller,   // "j'habite Lens": the person who calls
  home,     // "habite Lens", "logement à Lens"
  other,    // "sa mère vit à Lens": the person concerned, who is not the caller
};

[[nodiscard]] Residence residence_of(const std::vector<Word>& words, const Mention& mention);

}  // namespace bannette::router
