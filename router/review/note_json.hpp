// A labelled note as the training corpus writes it: one JSON object a line (GUIDE.md beside the notes).
#pragma once
#include <string>

#include <boost/json/object.hpp>

#include "router/review/correction.hpp"

namespace bannette::router {

[[nodiscard]] boost::json::object note_json(const std::string& id, const Labelled& label);
// Throws std::runtime_error or a JSON error for what note_json() did not write.
[[nodiscard]] Labelled label_of(const boost::json::object& object);

}  // namespace bannette::router
