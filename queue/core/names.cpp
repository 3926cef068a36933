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
constexpr Words<State, 7> kStates{{{State::waiting, "waiting"},
                                   {State::reserved, "reserved"},
                                   {State::in_progress, "in_progress"},
                                   {State::handled, "handled"},
                                   {State::on_hold, "on_hold"},
                                   {State::closed, "closed"},
                                   {State::merged, "merged"}}};
constexpr Words<Outcome, 6> kOutcomes{{{Outcome::answered, "answered"},
                                       {Outcome::appointment, "appointment"},
                                       {Outcome::sent_to_partner, "sent_to_partner"},
                                       {Outcome::unreachable, "unreachable"},
                                       {Outcome::no_further_action, "no_further_action"},
                                       {Outcome::duplicate, "duplicate"}}};
constexpr Words<ChangeKind, 37> kChanges{{{ChangeKind::submitted, "submitted"},
                                          {ChangeKind::reserved, "reserved"},
                                          {ChangeKind::renewed, "renewed"},
                                          {ChangeKind::released, "released"},
                                          {ChangeKind::lease_expired, "lease_expired"},
                                          {ChangeKind::accepted, "accepted"},
                                          {ChangeKind::taken, "taken"},
                                          {ChangeKind::noted, "noted"},
                                          {ChangeKind::handled, "handled"},
                                          {ChangeKind::held, "held"},
                                          {ChangeKind::resumed, "resumed"},
                                          {ChangeKind::reassigned, "reassigned"},
                                          {ChangeKind::proposed, "proposed"},
                                          {ChangeKind::proposal_accepted, "proposal_accepted"},
                                          {ChangeKind::proposal_refused, "proposal_refused"},
                                          {ChangeKind::proposal_withdrawn, "proposal_withdrawn"},
                                          {ChangeKind::proposal_expired, "proposal_expired"},
                                          {ChangeKind::copied, "copied"},
                                          {ChangeKind::returned, "returned"},
                                          {ChangeKind::moved, "moved"},
                                          {ChangeKind::reopened, "reopened"},
                                          {ChangeKind::closed, "closed"},
                                          {ChangeKind::merged, "merged"},
                                          {ChangeKind::absorbed, "absorbed"},
                                          {ChangeKind::acknowledged, "acknowledged"},
                                          {ChangeKind::escalated, "escalated"},
                                          {ChangeKind::breached, "breached"},
                                          {ChangeKind::starved, "starved"},
                                          {ChangeKind::rescheduled, "rescheduled"},
                                          {ChangeKind::read, "read"},
                                          {ChangeKind::calendar_changed, "calendar_changed"},
                                          {ChangeKind::delegated, "delegated"},
                                          {ChangeKind::delegation_ended, "delegation_ended"},
                                          {ChangeKind::unattended, "unattended"},
                                          {ChangeKind::attended, "attended"},
                                          {ChangeKind::clock_jumped, "clock_jumped"},
                                          {ChangeKind::linked, "linked"}}};
constexpr Words<Why, 12> kWhys{{{Why::wrong_territory, "wrong_territory"},
                                {Why::wrong_topic, "wrong_topic"},
                                {Why::not_competent, "not_competent"},
                                {Why::incomplete, "incomplete"},
                                {Why::no_capacity, "no_capacity"},
                                {Why::awaiting_person, "awaiting_person"},
                                {Why::awaiting_document, "awaiting_document"},
                                {Why::awaiting_partner, "awaiting_partner"},
                                {Why::appointment_set, "appointment_set"},
                                {Why::absence, "absence"},
                                {Why::safety, "safety"},
                                {Why::other, "other"}}};
constexpr Words<Purpose, 7> kPurposes{{{Purpose::arbitration, "arbitration"},
                                       {Purpose::danger, "danger"},
                                       {Purpose::late, "late"},
                                       {Purpose::complaint, "complaint"},
                                       {Purpose::quality, "quality"},
                                       {Purpose::legal_request, "legal_request"},
                                       {Purpose::other, "other"}}};
constexpr Words<Step, 4> kSteps{{{Step::unit, "unit"},
                                 {Step::manager, "manager"},
                                 {Step::on_call, "on_call"},
                                 {Step::supervisors, "supervisors"}}};
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
std::string_view name(Why why) {
  return word(kWhys, why);
}
std::string_view name(Step step) {
  return word(kSteps, step);
}
std::string_view name(Purpose purpose) {
  return word(kPurposes, purpose);
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
std::optional<Purpose> parse_purpose(std::string_view text) {
  return value(kPurposes, text);
}
std::optional<Role> parse_role(std::string_view text) {
  return value(kRoles, text);
}

}  // namespace bannette
