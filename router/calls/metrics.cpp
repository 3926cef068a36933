#include "router/calls/metrics.hpp"

namespace bannette::calls {

std::vector<MetricFamily> metrics_of(const std::vector<Measured>& measured) {
  std::vector<MetricFamily> out{
      {"bannette_calls_count", "Calls, people, posts and callbacks, now or today so far, by figure.", {}},
      {"bannette_calls_seconds", "Durations of calls, now or today so far, by figure.", {}},
      {"bannette_calls_share", "Shares, 0 to 1, today so far, by figure.", {}},
  };
  for (const auto& row : measured) {
    for (const auto& figure : row.figures) {
      if (!figure.value) continue;
      auto& family = out[static_cast<std::size_t>(figure.definition->unit)];
      family.metrics.push_back({{{"figure", std::string(figure.definition->code)},
                                 {"version", std::to_string(figure.definition->version)},
                                 {"span", figure.definition->span == Span::now ? "now" : "today"},
                                 {"queue", row.queue}},
                                *figure.value});
    }
  }
  return out;
}

}  // namespace bannette::calls
