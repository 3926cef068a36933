#include "queue/broker/new_rules.hpp"

#include <utility>

#include <spdlog/spdlog.h>

namespace bannette::broker {

std::future<std::vector<Leftover>> NewRules::ask(Rules rules, Leaving leaving) {
  const std::lock_guard lock(mutex_);
  return asked_.emplace(Asked{std::move(rules), leaving, {}}).answer.get_future();
}

std::optional<Rules> NewRules::take(desk::Desk& desk, const Instant& now) {
  std::optional<Asked> asked;
  {
    const std::lock_guard lock(mutex_);
    asked = std::exchange(asked_, std::nullopt);
  }
  if (!asked) return std::nullopt;
  auto left = leftovers(asked->rules, desk.bannettes().counts(now.wall_ms));
  std::optional<Rules> in_force;
  if (asked->leaving == Leaving::accept || (asked->leaving == Leaving::refuse && left.empty())) {
    in_force = asked->rules;
    desk.use(std::move(asked->rules), now);
  }
  asked->answer.set_value(std::move(left));
  return in_force;
}

void warn_of_leftovers(const Rules& rules, const desk::Desk& desk, const Instant& now) {
  for (const Leftover& each : leftovers(rules, desk.bannettes().counts(now.wall_ms)))
    spdlog::warn(
        "{} is no longer in the configuration and holds {} open dossier{}: a supervisor must move them",
        each.bannette, each.dossiers, each.dossiers > 1 ? "s" : "");
}

}  // namespace bannette::broker
