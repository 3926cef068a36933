// What a request asks for, in the history's words and in the checker's.
#pragma once
#include <string>

#include "tests/checker/history.hpp"

#include "bannette/v1/envelope.pb.h"

namespace bannette::sim {

[[nodiscard]] std::string change_of(const v1::Envelope& asked);
[[nodiscard]] checker::Operation operation_of(const std::string& who, const v1::Envelope& asked);

}  // namespace bannette::sim
