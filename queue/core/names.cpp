// The words of the enumerations: those of the wire, the export and the configuration.
#include <array>
#include <utility>

#include "queue/core/authority.hpp"
#include "queue/core/dossier.hpp"

namespace bannette {
namespace {

template <class E, std::size_t N>
using Words = std::array<std::pair<E, std::string_view>, N>;

constexpr Words<Urgency, 4> kUrgencies{{{Urgency::immediate, "immediate"},
                                        {Urgency::urgent, "urgent"},
                                        {Urgency::priority, "priority"},
                                        {Urgency::normal, "normal"}}};
constexpr Words<State, 4> kStates{{{State::waiting, "waiting"},
                                   {State::reserved, "reserved"},
                                   {State::in_progress, "in_progress"},
                                   {State::handled, "handled"}}};
constexpr Words<Outcome, 6> kOutcomes{{{Outcome::answered, "answered"},
                                       {Outcome::appointment, "appointment"},
                                       {Outcome::sent_to_partner, "sent_to_partner"},
                                       {Outcome::unreachable, "unreachable"},
                                       {Outcome::no_further_action, "no_further_action"},
                                       {Outcome::duplicate, "duplicate"}}};
constexpr Words<ChangeKind, 9> kChanges{{{ChangeKind::submitted, "submitted"},
                                         {ChangeKind::reserved, "reserved"},
                                         {ChangeKind::renewed, "renewed"},
                                         {ChangeKind::released, "released"},
                                         {ChangeKind::lease_expired, "lease_expired"},
                                         {ChangeKind::accepted, "accepted"},
                                         {ChangeKind::taken, "taken"},
                                         {ChangeKind::noted, "noted"},
                                         {ChangeKind::handled, "handled"}}};
constexpr Words<Role, 6> kRoles{{{Role::operator_, "operator"},
                                 {Role::agent, "agent"},
                                 {Role::manager, "manager"},
                                 {Role::supervisor, "supervisor"},
                                 {Role::admin, "admin"},
                                 {Role::auditor, "auditor"}}};

template <class E, std::size_t N>
constexpr std::string_view word(const Words<E, N>& words, E value) {
  for (const auto& [each, text] : words)
    if (each == value) return text;
  return "unspecified";
}

template <class E, std::size_t N>
constexpr std::optional<E> value(const Words<E, N>& words, std::string_view text) {
  for (const auto& [each, its_text] : words)
    if (its_text == text) return each;
  return std::nullopt;
}

}  // namespace

std::string_view name(Urgency urgency) {
  return word(kUrgencies, urgency);
}
std::string_view name(State state) {
  return word(kStates, state);
}
std::string_view name(Outcome outcome) {
  return word(kOutcomes, outcome);
}
std::string_view name(ChangeKind kind) {
  return word(kChanges, kind);
}
std::string_view name(Role role) {
  return word(kRoles, role);
}
std::optional<Urgency> parse_urgency(std::string_view text) {
  return value(kUrgencies, text);
}
std::optional<Outcome> parse_outcome(std::string_view text) {
  return value(kOutcomes, text);
}
std::optional<Role> parse_role(std::string_view text) {
  return value(kRoles, text);
}

}  // namespace bannette
