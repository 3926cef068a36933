// The router's outbox as JSON: for REST and for `bannette outbox --json`. No personal content.
#pragma once
#include <boost/json/object.hpp>

#include "bannette/v1/intake.pb.h"

namespace bannette::console {

[[nodiscard]] boost::json::object letter_json(const v1::OutboxLetter& letter);
[[nodiscard]] boost::json::object outbox_json(const v1::OutboxLetters& letters);

}  // namespace bannette::console
