// Who asks, and what that allows. Filled from the authenticated key or session, never from the message's own
// claims.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bannette {

enum class Role : std::uint8_t {
  operator_ = 1,
  agent = 2,
  manager = 3,
  supervisor = 4,
  admin = 5,
  auditor = 6
};

[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

struct Person {
  std::string name;
  Role role = Role::agent;
  std::vector<std::string> units;  // unit codes, or "service:CODE"
  bool restricted = false;         // may read restricted topics there
  bool operator==(const Person&) const = default;
};

struct Authority {
  enum class Kind : std::uint8_t { unit, router, console };
  Kind kind = Kind::unit;
  std::string principal;         // "unit:CODE", "service:CODE", "router", "console"
  std::optional<Person> person;  // console: trusted; unit: a name inside the unit
  bool operator==(const Authority&) const = default;
};

// From a key's principal: "unit:CODE", "service:CODE", "router", "console". Nothing for another form.
[[nodiscard]] std::optional<Authority> authority_of(std::string_view principal);

// The unit ("utpas-x") or service ("service:mdie") or name ("standard") that a bannette belongs to.
[[nodiscard]] std::string_view owner_of(std::string_view bannette);

// What the history and the holder show: the person, "unit:CODE/person", or the principal.
[[nodiscard]] std::string label(const Authority& who);

// The key's principal in such a name, "unit:CODE" or "service:CODE"; empty: a person of the console.
[[nodiscard]] std::string_view unit_of(std::string_view label);
// May their key give this name to somebody? A unit's own only to its people: their names begin with its own.
[[nodiscard]] bool may_name(const Authority& who, std::string_view person);

[[nodiscard]] bool may_submit(const Authority& who);
// Reserve, accept, note, handle; also: read content and history, receive deliveries.
[[nodiscard]] bool may_work(const Authority& who, std::string_view bannette);
// Work on what is of a restricted topic: with the right, or as the manager. A unit's own key is the unit: who
// reads behind it is for the unit's software to decide.
[[nodiscard]] bool may_work_restricted(const Authority& who, std::string_view bannette);
// See headers in a list (supervisors see all, without content).
[[nodiscard]] bool may_list(const Authority& who, std::string_view bannette);
// Reassign, delegate: a manager in the units that are theirs, or a supervisor.
[[nodiscard]] bool may_manage(const Authority& who, std::string_view bannette);
// For oneself; a manager for others, a unit's own for that unit's people only: their names begin with its
// key's.
[[nodiscard]] bool may_delegate_for(const Authority& who, std::string_view person);
[[nodiscard]] bool may_supervise(const Authority& who);  // move, decide a third redirect, arbitrate
[[nodiscard]] bool may_find(const Authority& who);       // by reference or number: operators
[[nodiscard]] bool may_count(const Authority& who);
[[nodiscard]] bool may_read_events(const Authority& who);  // of the whole site
[[nodiscard]] bool may_audit(const Authority& who);        // who read what, of the whole site

}  // namespace bannette
