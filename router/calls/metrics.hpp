// The figures for Prometheus (its text format, version 0.0.4): names, labels, values. No personal data:
// queues are named, callers, posts and persons are not.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "router/calls/figures.hpp"

namespace bannette::calls {

struct Metric {
  std::vector<std::pair<std::string, std::string>> labels;
  double value = 0;
};
struct MetricFamily {
  std::string name, help;  // all are gauges: today's figures begin anew at midnight
  std::vector<Metric> metrics;
};

// What stands behind one row of figures; `queue` "" for all together.
struct Measured {
  std::string queue;
  std::vector<Figure> figures;  // of now, and of today so far
};

// One family for each unit, each figure by its code and its definition's version. A figure that cannot be
// reckoned is absent, not 0.
[[nodiscard]] std::vector<MetricFamily> metrics_of(const std::vector<Measured>& measured);

}  // namespace bannette::calls
