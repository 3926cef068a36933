// The whole way of a call: HTTP to durable receipt, by the real program, beside a bare Beast echo and a bare
// fdatasync.
#pragma once
#include <filesystem>
#include <string>

#include <boost/json.hpp>

namespace bannette::bench {

struct IntakeRun {
  std::string program;           // bannette
  std::filesystem::path config;  // of a site
  int runs = 3;                  // interleaved; medians are told
  double scale = 1;              // of the number of requests
};

[[nodiscard]] boost::json::object intake(const std::filesystem::path& folder, const IntakeRun& how);

}  // namespace bannette::bench
