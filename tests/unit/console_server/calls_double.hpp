// A router that answers what is asked about calls. Nothing: it was asked something else.
#pragma once
#include <optional>

#include "bannette/v1/envelope.pb.h"

namespace bannette::console::testing {

std::optional<v1::Envelope> answer_about_calls(const v1::Envelope& question);

}  // namespace bannette::console::testing
