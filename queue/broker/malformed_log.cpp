#include "queue/broker/malformed_log.hpp"

#include <cstddef>

namespace bannette::broker {
namespace {

constexpr std::int64_t kEveryMs = 1'000;
constexpr std::size_t kNamed = 5;  // principals in one line

}  // namespace

std::string MalformedLog::look(const std::map<std::string, std::uint64_t>& by_principal,
                               std::int64_t now_boot_ms) {
  if (now_boot_ms < next_ms_) return {};
  std::string who;
  std::uint64_t total = 0;
  std::size_t named = 0;
  for (const auto& [principal, count] : by_principal) {
    std::uint64_t& told = told_[principal];
    const std::uint64_t more = count - told;
    told = count;
    if (more == 0) continue;
    total += more;
    if (++named <= kNamed) who += (named > 1 ? ", " : "") + principal + " " + std::to_string(more);
  }
  if (total == 0) return {};
  next_ms_ = now_boot_ms + kEveryMs;
  if (named > kNamed) who += ", and " + std::to_string(named - kNamed) + " more";
  return std::to_string(total) + " messages could not be read since the last line: " + who;
}

}  // namespace bannette::broker
