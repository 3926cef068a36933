// Figures for Prometheus. Labels are routes, statuses and bannettes: never a person, a number or a reference.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "bannette/v1/queue.pb.h"

namespace bannette::console {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // `route` is the pattern, not the path.
  void request(std::string_view route, int status, std::chrono::nanoseconds took);
  void login_failed();
  void connection_refused();
  void live_resync();  // a slow browser was told to fetch again
  void counts(const v1::Counts& counts);
  struct Now {
    std::size_t connections = 0;
    std::size_t sessions = 0;
    std::size_t live_clients = 0;
    bool queue_up = false;
    bool router_up = false;
  };
  // Prometheus' text format 0.0.4.
  [[nodiscard]] std::string text(const Now& now);

 private:
  void slow(const v1::Counts& counts);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bannette::console
