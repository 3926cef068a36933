// The queue's part in authorisation, as its specification has it, and a router's answers, for tests of the
// routes.
#pragma once
#include <optional>

#include "bannette/v1/envelope.pb.h"

namespace bannette::console::testing {

inline constexpr const char* kOwn = "0190a5d0-0000-7000-8000-000000000001";    // a dossier of u1
inline constexpr const char* kOther = "0190a5d0-0000-7000-8000-000000000002";  // a dossier of u2
inline constexpr const char* kNone = "0190a5d0-0000-7000-8000-000000000003";   // no dossier

// A dossier of another unit is "not found".
[[nodiscard]] std::optional<v1::Envelope> queue(const v1::Envelope& question);
// The router's answers: one of each kind.
[[nodiscard]] std::optional<v1::Envelope> router_says(const v1::Envelope& question);

}  // namespace bannette::console::testing
