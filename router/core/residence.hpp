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
  caller,   // "j'habite Lens", "appelle de Lens": the person who calls
  home,     // "habite Lens", "logement à Lens"
  other,    // "elle vit à Lens": somebody who is not the caller
  kin,      // "sa mère vit à Lens", "pour un patient de Lens": the person whom the call is about
};

[[nodiscard]] Residence residence_of(const std::vector<Word>& words, const Mention& mention);

// "habite pas Roubaix", "n'est plus à Roubaix": the note says that it is not there.
[[nodiscard]] bool denied(const std::vector<Word>& words, std::size_t at);

// Words where the name of a place must begin: behind "habite à", "vit à", "domiciliée". At most 8.
[[nodiscard]] std::vector<std::size_t> told_homes(const std::vector<Word>& words);

}  // namespace bannette::router
