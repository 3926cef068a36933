// What is told of the site rather than of a dossier, as the console's JSON.
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "bannette/v1/queue.pb.h"

namespace bannette::console {

[[nodiscard]] std::string_view step_name(v1::Step step);  // "" where it is not set
[[nodiscard]] boost::json::array slow_json(const v1::Counts& counts);
[[nodiscard]] boost::json::array delegations_json(const v1::Counts& counts);
[[nodiscard]] boost::json::object event_json(const v1::Event& event);

}  // namespace bannette::console
