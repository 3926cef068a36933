// Very many open dossiers: what each costs in memory and on disk, how long a start takes after kill -9, how
// fast they are taken.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include <boost/json.hpp>

namespace bannette::bench {

// `self`: this program, which is run again as the broker that is killed.
[[nodiscard]] boost::json::object million(const std::string& self, const std::filesystem::path& folder,
                                          std::int64_t dossiers);
// The broker's process: writes "ENDPOINT SERVER_KEY" to `folder`/ready by rename, and serves until it is
// killed.
[[noreturn]] void serve(const std::filesystem::path& folder);

}  // namespace bannette::bench
