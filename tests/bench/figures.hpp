// Times, what is made of them, and what the machine itself can do.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace bannette::bench {

using Clock = std::chrono::steady_clock;

[[nodiscard]] inline double micros(Clock::duration d) {
  return std::chrono::duration<double, std::micro>(d).count();
}

// A pace is the one thing that is measured by waiting for the clock.
void wait_until(Clock::time_point due);

[[nodiscard]] double percentile(std::vector<double> values, double part);  // 0 of none
[[nodiscard]] double median(std::vector<double> values);
[[nodiscard]] std::int64_t rounded(double value);

// One run of one measure.
struct Figures {
  double per_s = 0;
  double p50_us = 0;
  double p99_us = 0;
  double max_us = 0;
};
[[nodiscard]] Figures figures_of(std::size_t count, double seconds, std::vector<double> each_us);
// Each figure is the median of its own over the runs.
[[nodiscard]] Figures median(const std::vector<Figures>& runs);
[[nodiscard]] boost::json::object as_json(const Figures& figures);

// The disk's own limit: one 4 KiB page written and synced.
struct Syncs {
  double growing_us = 0;  // each page makes the file longer
  double reused_us = 0;   // pages that are there already
};
[[nodiscard]] Syncs measure_syncs(const std::filesystem::path& folder);

// 600 bytes there, 100 back, between two threads and two contexts that do nothing else.
[[nodiscard]] double zmq_round_trip_us(bool curve_over_tcp);

// Processor, cores, the folder's filesystem.
[[nodiscard]] boost::json::object machine(const std::filesystem::path& folder);

}  // namespace bannette::bench
