#include "router/switchboard/exposition.hpp"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace bannette::router {

std::string exposition(const std::vector<calls::MetricFamily>& families) {
  prometheus::Registry all;
  for (const auto& family : families) {
    auto& gauges = prometheus::BuildGauge().Name(family.name).Help(family.help).Register(all);
    for (const auto& metric : family.metrics)
      gauges.Add(prometheus::Labels(metric.labels.begin(), metric.labels.end())).Set(metric.value);
  }
  return prometheus::TextSerializer().Serialize(all.Collect());
}

}  // namespace bannette::router
