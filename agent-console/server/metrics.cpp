#include "agent-console/server/metrics.hpp"

#include <map>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace bannette::console {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

// Seconds. A classification while typing should be under 50 ms, a receipt under 300 ms.
const Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 5};

template <class Builder>
auto& family(prometheus::Registry& registry, Builder build, const char* name, const char* help) {
  return build().Name(name).Help(help).Register(registry);
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry all;
  Family<Counter>& requests =
      family(all, prometheus::BuildCounter, "bannette_http_requests_total", "HTTP requests answered");
  Family<Histogram>& seconds = family(all, prometheus::BuildHistogram, "bannette_http_request_seconds",
                                      "From the whole request to the answer");
  Counter& failed_logins =
      family(all, prometheus::BuildCounter, "bannette_logins_failed_total", "Logins refused").Add({});
  Counter& refused = family(all, prometheus::BuildCounter, "bannette_http_connections_refused_total",
                            "Connections beyond the bound")
                         .Add({});
  Counter& resyncs =
      family(all, prometheus::BuildCounter, "bannette_live_resyncs_total", "Browsers told to fetch again")
          .Add({});
  Gauge& connections =
      family(all, prometheus::BuildGauge, "bannette_http_connections", "Open connections").Add({});
  Gauge& sessions = family(all, prometheus::BuildGauge, "bannette_sessions", "People logged in").Add({});
  Gauge& live = family(all, prometheus::BuildGauge, "bannette_live_clients", "Open live connections").Add({});
  Family<Gauge>& links =
      family(all, prometheus::BuildGauge, "bannette_link_up", "1: the session with this service is open");
  Gauge& queue = links.Add({{"service", "queue"}});
  Gauge& router = links.Add({{"service", "router"}});
  Family<Gauge>& dossiers =
      family(all, prometheus::BuildGauge, "bannette_dossiers", "Dossiers by bannette and state");
  Family<Gauge>& danger =
      family(all, prometheus::BuildGauge, "bannette_dossiers_danger", "In danger and not taken in hand");
  Family<Gauge>& late = family(all, prometheus::BuildGauge, "bannette_dossiers_late",
                               "Past their deadline and not taken in hand");
  Family<Gauge>& oldest = family(all, prometheus::BuildGauge, "bannette_oldest_waiting_seconds",
                                 "Age of the oldest that waits; 0: none");
  Family<Gauge>& unacknowledged = family(all, prometheus::BuildGauge, "bannette_dossiers_unacknowledged",
                                         "In danger, and no person has acknowledged it");
  Family<Gauge>& starved =
      family(all, prometheus::BuildGauge, "bannette_dossiers_starved", "Waiting longer than the site allows");
  Family<Gauge>& offered = family(all, prometheus::BuildGauge, "bannette_dossiers_offered",
                                  "Redirects proposed to the bannette, without an answer yet");
  Family<Gauge>& unattended = family(all, prometheus::BuildGauge, "bannette_unattended",
                                     "1: dossiers wait, it is open, and nobody watches");
  Family<Gauge>& restricted_unattended =
      family(all, prometheus::BuildGauge, "bannette_restricted_unattended",
             "1: restricted dossiers wait, it is open, and nobody who watches may read them");
  Gauge& slow =
      family(all, prometheus::BuildGauge, "bannette_slow_consumers", "Subscribers with hints not sent")
          .Add({});
  Gauge& missed = family(all, prometheus::BuildGauge, "bannette_slow_consumers_hints_missed",
                         "Hints not sent to them for want of credit")
                      .Add({});
  Gauge& slow_age = family(all, prometheus::BuildGauge, "bannette_slow_consumers_oldest_seconds",
                           "Age of the oldest of these hints; 0: none")
                        .Add({});
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::request(std::string_view route, int status, std::chrono::nanoseconds took) {
  const std::string label(route);
  impl_->requests.Add({{"route", label}, {"status", std::to_string(status)}}).Increment();
  impl_->seconds.Add({{"route", label}}, kSeconds).Observe(std::chrono::duration<double>(took).count());
}

void Metrics::login_failed() {
  impl_->failed_logins.Increment();
}
void Metrics::connection_refused() {
  impl_->refused.Increment();
}
void Metrics::live_resync() {
  impl_->resyncs.Increment();
}

void Metrics::counts(const v1::Counts& counts) {
  for (const auto& each : counts.bannettes()) {
    const std::string& bannette = each.bannette();
    const auto set = [&](const char* state, std::uint64_t value) {
      impl_->dossiers.Add({{"bannette", bannette}, {"state", state}}).Set(static_cast<double>(value));
    };
    set("waiting", each.waiting());
    set("reserved", each.reserved());
    set("in_progress", each.in_progress());
    set("on_hold", each.on_hold());
    const auto gauge = [&](Family<Gauge>& of, std::uint64_t value) {
      of.Add({{"bannette", bannette}}).Set(static_cast<double>(value));
    };
    gauge(impl_->unacknowledged, each.unacknowledged());
    gauge(impl_->starved, each.starved());
    gauge(impl_->offered, each.offered());
    gauge(impl_->unattended, each.unattended() ? 1 : 0);
    gauge(impl_->restricted_unattended, each.restricted_unattended() ? 1 : 0);
    impl_->danger.Add({{"bannette", bannette}}).Set(static_cast<double>(each.danger()));
    impl_->late.Add({{"bannette", bannette}}).Set(static_cast<double>(each.late()));
    const auto age_ms = each.oldest_waiting_ms() > 0 ? counts.at_ms() - each.oldest_waiting_ms() : 0;
    impl_->oldest.Add({{"bannette", bannette}})
        .Set(static_cast<double>(std::max<std::int64_t>(age_ms, 0)) / 1000.0);
  }
  slow(counts);
}

void Metrics::slow(const v1::Counts& counts) {
  double missed = 0;
  std::int64_t oldest_ms = 0;
  for (const auto& each : counts.slow()) {
    missed += static_cast<double>(each.missed());
    oldest_ms = std::max(oldest_ms, counts.at_ms() - each.since_ms());
  }
  impl_->slow.Set(counts.slow_size());
  impl_->missed.Set(missed);
  impl_->slow_age.Set(static_cast<double>(oldest_ms) / 1000.0);
}

std::string Metrics::text(const Now& now) {
  impl_->connections.Set(static_cast<double>(now.connections));
  impl_->sessions.Set(static_cast<double>(now.sessions));
  impl_->live.Set(static_cast<double>(now.live_clients));
  impl_->queue.Set(now.queue_up ? 1 : 0);
  impl_->router.Set(now.router_up ? 1 : 0);
  return prometheus::TextSerializer().Serialize(impl_->all.Collect());
}

}  // namespace bannette::console
