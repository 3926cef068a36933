// What the administrator's screen asks of the program around the console. A function that is missing: this
// program cannot. All of them are called on the server's thread and must be quick; JSON is as openapi.json
// has it.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agent-console/server/audit.hpp"
#include "queue/core/error.hpp"

namespace bannette::console {

struct ConfigurationWish {
  enum class Act : std::uint8_t {
    look,       // say what would change, and what stands in the way
    activate,   // the folder of --config
    roll_back,  // a kept configuration, by its number
  };
  Act act = Act::look;
  std::uint64_t number = 0;  // of roll_back
  Author by{};
};

struct DryRunWish {
  std::uint64_t days = 30;              // calls of so many days, 1..kDryRunDays
  std::optional<std::uint64_t> number;  // a kept configuration; nothing: the folder of --config
  Author by{};
};
inline constexpr std::uint64_t kDryRunDays = 366;

struct Administration {
  // Answers once, on any thread: whether all was well, and the report ("Reload").
  using Configured = std::function<void(bool well, std::string report)>;
  std::function<void(const ConfigurationWish& wish, Configured answer)> configure;
  std::function<std::string()> configurations;  // "Configurations"
  std::function<Result<void>(const DryRunWish& wish)> start_dry_run;
  std::function<void()> cancel_dry_run;
  std::function<std::string()> dry_run;  // "DryRun"
  // "Health"; `reasons`: why the service is not ready, the same that /readyz gives.
  std::function<std::string(const std::vector<std::string>& reasons)> health;
};

}  // namespace bannette::console
