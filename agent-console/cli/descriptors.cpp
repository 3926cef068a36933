#include "agent-console/cli/descriptors.hpp"

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include <sys/resource.h>

namespace bannette::console {

void claim_descriptors(std::uint64_t least) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    throw std::system_error(errno, std::generic_category(), "getrlimit");
  if (limit.rlim_max < least)
    throw std::runtime_error("ce processus peut ouvrir " + std::to_string(limit.rlim_max) +
                             " descripteurs, il en faut " + std::to_string(least) +
                             " ; écrire plutôt LimitNOFILE=" + std::to_string(least) +
                             " (systemd), ou « ulimit -Hn " + std::to_string(least) + " » avant de démarrer");
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    throw std::system_error(errno, std::generic_category(), "setrlimit");
}

}  // namespace bannette::console
