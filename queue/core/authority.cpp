#include "queue/core/authority.hpp"

#include <algorithm>

#include "queue/core/limits.hpp"

namespace bannette {
namespace {

bool well_formed_code(std::string_view code) {
  return !code.empty() && code.size() <= limits::code && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

// "unit:CODE" owns the bannettes of CODE; "service:CODE" owns itself.
std::string_view owned_by(std::string_view principal) {
  constexpr std::string_view unit = "unit:";
  return principal.starts_with(unit) ? principal.substr(unit.size()) : principal;
}

bool has_unit(const Person& person, std::string_view owner) {
  return std::find(person.units.begin(), person.units.end(), owner) != person.units.end();
}

bool works_in_units(Role role) {
  return role == Role::agent || role == Role::manager;
}

}  // namespace

std::optional<Authority> authority_of(std::string_view principal) {
  Authority who;
  who.principal = std::string(principal);
  if (principal == "router") {
    who.kind = Authority::Kind::router;
    return who;
  }
  if (principal == "console") {
    who.kind = Authority::Kind::console;
    return who;
  }
  for (std::string_view prefix : {"unit:", "service:"}) {
    if (principal.starts_with(prefix) && well_formed_code(principal.substr(prefix.size()))) return who;
  }
  return std::nullopt;
}

std::string_view owner_of(std::string_view bannette) {
  return bannette.substr(0, bannette.find('/'));
}

std::string label(const Authority& who) {
  if (!who.person) return who.principal;
  return who.kind == Authority::Kind::unit ? who.principal + "/" + who.person->name : who.person->name;
}

std::string_view unit_of(std::string_view label) {
  const bool key = label.starts_with("unit:") || label.starts_with("service:");
  return key ? label.substr(0, label.find('/')) : std::string_view{};
}

bool may_name(const Authority& who, std::string_view person) {
  return who.kind != Authority::Kind::unit || unit_of(person) == who.principal;
}

bool may_submit(const Authority& who) {
  // A unit's software may hand in what came to the unit itself.
  if (who.kind != Authority::Kind::console) return true;
  return who.person && (who.person->role == Role::operator_ || who.person->role == Role::supervisor);
}

bool may_work(const Authority& who, std::string_view bannette) {
  const std::string_view owner = owner_of(bannette);
  switch (who.kind) {
    case Authority::Kind::unit:
      return owner == owned_by(who.principal);
    case Authority::Kind::router:
      return false;
    case Authority::Kind::console:
      return who.person && works_in_units(who.person->role) && has_unit(*who.person, owner);
  }
  return false;
}

bool may_work_restricted(const Authority& who, std::string_view bannette) {
  if (!may_work(who, bannette)) return false;
  return who.kind == Authority::Kind::unit || who.person->restricted || who.person->role == Role::manager;
}

bool may_list(const Authority& who, std::string_view bannette) {
  if (may_work(who, bannette)) return true;
  if (who.kind != Authority::Kind::console) return false;
  // The console itself, with no person, watches all to fan out; it filters again for each person.
  return !who.person || who.person->role == Role::supervisor || who.person->role == Role::admin ||
         who.person->role == Role::auditor;
}

bool may_manage(const Authority& who, std::string_view bannette) {
  if (may_supervise(who)) return true;
  return who.person && who.person->role == Role::manager && may_work(who, bannette);
}

bool may_delegate_for(const Authority& who, std::string_view person) {
  if (person == label(who) || may_supervise(who)) return true;
  return who.person && who.person->role == Role::manager && may_name(who, person);
}

bool may_supervise(const Authority& who) {
  return who.kind == Authority::Kind::console && who.person && who.person->role == Role::supervisor;
}

bool may_read_events(const Authority& who) {
  // The console itself, with no person, hands them on to webhooks.
  return who.kind == Authority::Kind::console &&
         (!who.person || who.person->role == Role::supervisor || who.person->role == Role::admin ||
          who.person->role == Role::auditor);
}

bool may_audit(const Authority& who) {
  return who.kind == Authority::Kind::console && who.person &&
         (who.person->role == Role::admin || who.person->role == Role::auditor);
}

bool may_find(const Authority& who) {
  if (who.kind == Authority::Kind::router) return true;
  return who.kind == Authority::Kind::console && who.person &&
         (who.person->role == Role::operator_ || who.person->role == Role::supervisor);
}

bool may_count(const Authority& who) {
  return who.kind != Authority::Kind::router;
}

}  // namespace bannette
