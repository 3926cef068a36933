// What the decisions of decide*.cpp share. Not for others.
#pragma once
#include <string>

#include "queue/core/command.hpp"

namespace bannette {

inline constexpr std::string_view kSwitchboard = "standard";

[[nodiscard]] inline Refusal refuse(Code code, std::string field, std::string detail) {
  return {code, std::move(field), std::move(detail)};
}

[[nodiscard]] inline Refusal confidential() {
  return refuse(Code::forbidden, "dossier",
                "Cette demande est confidentielle : elle est réservée aux personnes habilitées.");
}

[[nodiscard]] std::string_view french(State state);

// A change that the requester makes, with who, the key and the digest.
[[nodiscard]] Change change_by(const Request& request, ChangeKind kind);

}  // namespace bannette
