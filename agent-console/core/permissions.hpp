// What each role may do in the console, and of which bannettes it may see what. The queue checks again by
// actor; the console refuses first, so that a page never offers what would be refused.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "queue/core/authority.hpp"

namespace bannette::console {

enum class Action : std::uint8_t {
  see,          // who am I, the catalogue, live link state: everybody who is logged in
  classify,     // ask the router what it makes of a note
  submit,       // log a call
  find,         // where does a request stand: by reference or by number, without content
  count,        // figures of bannettes
  list,         // headers of dossiers in a bannette; a dossier's content, by one's own right
  work,         // take, reserve, note, handle, hold, redirect: in one's own units
  decide,       // answer a redirect, close what is handled: in one's own units; a supervisor anywhere
  acknowledge,  // a danger has been seen: also by on-call people, whatever their role
  delegate,     // one's own dossiers, or those of one's unit
  manage,       // give a dossier to a person
  supervise,    // put a dossier into another bannette; look into any, for a purpose
  watch,        // the site's events, and what the router could not hand on yet
  answer,       // calls: one's post, one's own call, callbacks; a supervisor sees the whole line
  measure,      // figures of the line
  administer,   // accounts, sessions, the running configuration, and what the router set aside
  audit,        // who logged in, who administered what, and who read what
};
inline constexpr std::size_t kActions = 17;
inline constexpr std::array<Role, 6> kRoles{Role::operator_,  Role::agent, Role::manager,
                                            Role::supervisor, Role::admin, Role::auditor};

[[nodiscard]] std::string_view name(Action action);

// The table: by role alone, whatever the bannette.
[[nodiscard]] bool may(Role role, Action action);

// By role and bannette. Agents and managers: their own units' only.
[[nodiscard]] bool may_work(const Person& person, std::string_view bannette);
[[nodiscard]] bool may_list(const Person& person, std::string_view bannette);
[[nodiscard]] bool may_count(const Person& person, std::string_view bannette);

// A console's session as the queue's rules see it.
[[nodiscard]] Authority authority(const Person& person);

}  // namespace bannette::console
