// Times as people write them on a command line.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace bannette::console {

// "+90s", "+30min", "+2h", "+3j" from now; "2026-11-28T10:00" or "2026-11-28 10:00:30", local time of this
// machine, "Z" behind it for UTC. Unix time, milliseconds. Nothing for another form, for more than ten years,
// and for an hour that the change to summer time leaves out.
[[nodiscard]] std::optional<std::int64_t> parse_when(std::string_view text, std::int64_t now_ms);

}  // namespace bannette::console
