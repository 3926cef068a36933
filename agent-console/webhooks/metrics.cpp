#include "agent-console/webhooks/metrics.hpp"

#include <algorithm>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace bannette::console::webhook {

std::string metrics_of(const std::vector<EndpointState>& endpoints, std::int64_t now_ms) {
  prometheus::Registry all;
  const auto gauge = [&](const char* name, const char* help) -> auto& {
    return prometheus::BuildGauge().Name(name).Help(help).Register(all);
  };
  const auto counter = [&](const char* name, const char* help) -> auto& {
    return prometheus::BuildCounter().Name(name).Help(help).Register(all);
  };
  auto& waiting = gauge("bannette_webhook_waiting", "Events taken and not yet told");
  auto& oldest = gauge("bannette_webhook_oldest_seconds", "Age of the oldest event that waits; 0: none");
  auto& parked = gauge("bannette_webhook_parked", "Events set aside after their last attempt, for a human");
  auto& enabled = gauge("bannette_webhook_enabled", "0: a human has stopped this endpoint");
  auto& sent = counter("bannette_webhook_sent_total", "Events that the endpoint has taken");
  auto& failures = counter("bannette_webhook_failures_total", "Attempts that failed");
  for (const auto& each : endpoints) {
    const prometheus::Labels labels{{"endpoint", each.name}};
    const std::int64_t age_ms = each.oldest_ms == 0 ? 0 : std::max<std::int64_t>(0, now_ms - each.oldest_ms);
    waiting.Add(labels).Set(static_cast<double>(each.waiting));
    oldest.Add(labels).Set(static_cast<double>(age_ms) / 1'000);
    parked.Add(labels).Set(static_cast<double>(each.parked));
    enabled.Add(labels).Set(each.enabled ? 1 : 0);
    sent.Add(labels).Increment(static_cast<double>(each.sent));
    failures.Add(labels).Increment(static_cast<double>(each.failures));
  }
  return prometheus::TextSerializer().Serialize(all.Collect());
}

}  // namespace bannette::console::webhook
