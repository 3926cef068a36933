// The site's consignes (router/core/consignes.hpp) as the console's JSON.
#pragma once
#include <boost/json/object.hpp>

#include "router/core/consignes.hpp"

namespace bannette::console {

[[nodiscard]] boost::json::object consignes_json(const router::Consignes& consignes);

}  // namespace bannette::console
