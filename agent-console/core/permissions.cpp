#include "agent-console/core/permissions.hpp"

namespace bannette::console {
namespace {

using Row = std::array<bool, kActions>;
constexpr bool y = true;
constexpr bool n = false;

// clang-format off
// In the order of Action:        see classify submit find count list work decide acknowledge delegate manage supervise watch answer measure administer audit
constexpr Row kOperator{          y,  y,       y,     y,   n,    n,   n,   n,     y,          n,       n,     n,        n,    y,     n,    n,         n};
constexpr Row kAgent{             y,  n,       n,     n,   y,    y,   y,   y,     y,          y,       n,     n,        n,    n,     n,    n,         n};
constexpr Row kManager{           y,  n,       n,     n,   y,    y,   y,   y,     y,          y,       y,     n,        n,    n,     n,    n,         n};
constexpr Row kSupervisor{        y,  y,       y,     y,   y,    y,   n,   y,     y,          y,       y,     y,        y,    y,     y,    n,         n};
constexpr Row kAdmin{             y,  n,       n,     n,   y,    y,   n,   n,     y,          n,       n,     n,        y,    n,     y,    y,         y};
constexpr Row kAuditor{           y,  n,       n,     n,   y,    y,   n,   n,     n,          n,       n,     n,        y,    n,     n,    n,         y};
// clang-format on

const Row& row(Role role) {
  switch (role) {
    case Role::operator_:
      return kOperator;
    case Role::agent:
      return kAgent;
    case Role::manager:
      return kManager;
    case Role::supervisor:
      return kSupervisor;
    case Role::admin:
      return kAdmin;
    case Role::auditor:
      return kAuditor;
  }
  static constexpr Row nothing{};
  return nothing;
}

}  // namespace

std::string_view name(Action action) {
  switch (action) {
    case Action::see:
      return "see";
    case Action::classify:
      return "classify";
    case Action::submit:
      return "submit";
    case Action::find:
      return "find";
    case Action::count:
      return "count";
    case Action::list:
      return "list";
    case Action::work:
      return "work";
    case Action::decide:
      return "decide";
    case Action::acknowledge:
      return "acknowledge";
    case Action::delegate:
      return "delegate";
    case Action::manage:
      return "manage";
    case Action::supervise:
      return "supervise";
    case Action::watch:
      return "watch";
    case Action::answer:
      return "answer";
    case Action::measure:
      return "measure";
    case Action::administer:
      return "administer";
    case Action::audit:
      return "audit";
  }
  return "";
}

bool may(Role role, Action action) {
  return row(role)[static_cast<std::size_t>(action)];
}

Authority authority(const Person& person) {
  return {Authority::Kind::console, "console", person};
}

bool may_work(const Person& person, std::string_view bannette) {
  return may(person.role, Action::work) && bannette::may_work(authority(person), bannette);
}

bool may_list(const Person& person, std::string_view bannette) {
  return may(person.role, Action::list) && bannette::may_list(authority(person), bannette);
}

bool may_count(const Person& person, std::string_view bannette) {
  return may(person.role, Action::count) && bannette::may_list(authority(person), bannette);
}

}  // namespace bannette::console
