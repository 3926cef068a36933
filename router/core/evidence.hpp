// What each of the three texts of a call says about the commune. Of the territory alone.
#pragma once
#include <string>

#include "router/core/residence.hpp"
#include "router/core/territory.hpp"

namespace bannette::router {

struct Territory::Evidence {
  Found found;
  std::string typed;   // the words that say it
  std::string source;  // "commune", "address", "note", "street"
  Residence residence = Residence::none;
  [[nodiscard]] bool told() const { return found.what != Found::What::nothing; }
  [[nodiscard]] bool clear() const {
    return found.what == Found::What::commune || found.what == Found::What::elsewhere;
  }
};

struct Territory::Told {
  Evidence best{{}, {}, "note", Residence::none};
  Evidence here{{}, {}, "note", Residence::none};  // the best of the site's communes
  Residence of_field = Residence::none;            // what the note says of the place in the field
  bool field_denied = false;                       // "habite pas Roubaix"
};

}  // namespace bannette::router
