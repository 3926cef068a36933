#include "agent-console/core/views.hpp"

#include <chrono>

#include <date/date.h>

namespace bannette::console {

std::string_view label(Urgency urgency) {
  switch (urgency) {
    case Urgency::immediate:
      return "Immédiate";
    case Urgency::urgent:
      return "Urgente";
    case Urgency::priority:
      return "Prioritaire";
    case Urgency::normal:
      return "Normale";
  }
  return "";
}

std::string_view label(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered:
      return "Réponse donnée";
    case Outcome::appointment:
      return "Rendez-vous fixé";
    case Outcome::sent_to_partner:
      return "Orienté vers un partenaire";
    case Outcome::unreachable:
      return "Injoignable après plusieurs essais";
    case Outcome::no_further_action:
      return "Sans suite";
    case Outcome::duplicate:
      return "Doublon";
  }
  return "";
}

std::string iso8601(std::int64_t unix_ms) {
  const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{unix_ms}};
  return date::format("%FT%TZ", time);
}

}  // namespace bannette::console
