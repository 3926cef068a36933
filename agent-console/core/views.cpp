#include "agent-console/core/views.hpp"

#include <chrono>
#include <sstream>

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

std::string_view label(Why why) {
  switch (why) {
    case Why::wrong_territory:
      return "Hors du territoire";
    case Why::wrong_topic:
      return "Autre motif";
    case Why::not_competent:
      return "Pas de notre compétence";
    case Why::incomplete:
      return "Demande incomplète";
    case Why::no_capacity:
      return "Pas assez de monde";
    case Why::awaiting_person:
      return "En attente de la personne";
    case Why::awaiting_document:
      return "En attente d’une pièce";
    case Why::awaiting_partner:
      return "En attente d’un partenaire";
    case Why::appointment_set:
      return "Rendez-vous fixé";
    case Why::absence:
      return "Absence";
    case Why::safety:
      return "Mise en sécurité";
    case Why::other:
      return "Autre";
  }
  return "";
}

std::string_view label(Purpose purpose) {
  switch (purpose) {
    case Purpose::arbitration:
      return "Arbitrage";
    case Purpose::danger:
      return "Danger";
    case Purpose::late:
      return "Retard";
    case Purpose::complaint:
      return "Réclamation";
    case Purpose::quality:
      return "Contrôle de la qualité";
    case Purpose::legal_request:
      return "Demande de la justice ou de la personne";
    case Purpose::other:
      return "Autre";
  }
  return "";
}

std::optional<Why> parse_why(std::string_view text) {
  for (const Why each : kWhys)
    if (bannette::name(each) == text) return each;
  return std::nullopt;
}

std::string iso8601(std::int64_t unix_ms) {
  const date::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{unix_ms}};
  return date::format("%FT%TZ", time);
}

std::optional<std::int64_t> parse_iso8601(std::string_view text) {
  constexpr std::size_t most = 40;
  if (text.size() > most || text.size() < 20) return std::nullopt;
  const bool utc = text.back() == 'Z';
  std::istringstream in{std::string(utc ? text.substr(0, text.size() - 1) : text)};
  date::sys_time<std::chrono::milliseconds> time;
  in >> date::parse(utc ? "%FT%T" : "%FT%T%Ez", time);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  const std::int64_t unix_ms = time.time_since_epoch().count();
  constexpr std::int64_t year_10000 = 253'402'300'800'000;
  return unix_ms >= 0 && unix_ms < year_10000 ? std::optional(unix_ms) : std::nullopt;
}

}  // namespace bannette::console
