#include "agent-console/cli/french.hpp"

#include <span>
#include <utility>

namespace bannette::console {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

std::string_view word(std::span<const Word> words, std::string_view code) {
  for (const auto& [each, french] : words)
    if (each == code) return french;
  return code;
}

}  // namespace

std::string_view french_state(std::string_view code) {
  static constexpr Word words[] = {
      {"waiting", "en attente"}, {"reserved", "réservé"}, {"in_progress", "pris en charge"},
      {"handled", "traité"},     {"on_hold", "suspendu"}, {"closed", "clos"},
      {"merged", "fusionné"}};
  return word(words, code);
}

std::string_view french_step(std::string_view code) {
  static constexpr Word words[] = {{"unit", "unité"},
                                   {"manager", "responsable"},
                                   {"on_call", "astreinte"},
                                   {"supervisors", "supervision"}};
  return word(words, code);
}

std::string_view french_urgency(std::string_view code) {
  static constexpr Word words[] = {
      {"immediate", "immédiate"}, {"urgent", "urgente"}, {"priority", "prioritaire"}, {"normal", "normale"}};
  return word(words, code);
}

std::string_view french_change(std::string_view code) {
  static constexpr Word words[] = {{"submitted", "enregistré"},
                                   {"reserved", "réservé"},
                                   {"renewed", "réservation prolongée"},
                                   {"released", "rendu"},
                                   {"lease_expired", "réservation échue"},
                                   {"accepted", "pris en charge"},
                                   {"taken", "pris en charge"},
                                   {"noted", "note ajoutée"},
                                   {"handled", "traité"},
                                   {"held", "suspendu"},
                                   {"resumed", "repris"},
                                   {"reassigned", "réattribué"},
                                   {"proposed", "proposé"},
                                   {"proposal_accepted", "proposition acceptée"},
                                   {"proposal_refused", "proposition refusée"},
                                   {"proposal_withdrawn", "proposition retirée"},
                                   {"proposal_expired", "proposition sans réponse"},
                                   {"copied", "mis en copie"},
                                   {"returned", "rendu au standard"},
                                   {"moved", "déplacé"},
                                   {"reopened", "rouvert"},
                                   {"closed", "clos"},
                                   {"merged", "fusionné"},
                                   {"absorbed", "doublon rattaché"},
                                   {"acknowledged", "danger acquitté"},
                                   {"escalated", "danger signalé"},
                                   {"breached", "échéance dépassée"},
                                   {"starved", "attend depuis trop longtemps"},
                                   {"rescheduled", "échéance recalculée"},
                                   {"read", "contenu lu"},
                                   {"linked", "dossier lié"},
                                   {"calendar_changed", "calendrier changé"},
                                   {"delegated", "délégation"},
                                   {"delegation_ended", "délégation finie"},
                                   {"unattended", "bannette non surveillée"},
                                   {"attended", "bannette de nouveau surveillée"},
                                   {"clock_jumped", "horloge déplacée"}};
  return word(words, code);
}

std::string_view french_reason(std::string_view code) {
  static constexpr Word words[] = {{"next", "le suivant"},
                                   {"chosen", "choisi"},
                                   {"lease_expired", "délai écoulé"},
                                   {"answered", "réponse donnée"},
                                   {"appointment", "rendez-vous fixé"},
                                   {"sent_to_partner", "orienté vers un partenaire"},
                                   {"unreachable", "appelant injoignable"},
                                   {"no_further_action", "sans suite"},
                                   {"duplicate", "doublon"},
                                   {"wrong_territory", "hors du territoire"},
                                   {"wrong_topic", "autre motif"},
                                   {"not_competent", "pas de notre compétence"},
                                   {"incomplete", "demande incomplète"},
                                   {"no_capacity", "pas assez de monde"},
                                   {"awaiting_person", "en attente de la personne"},
                                   {"awaiting_document", "en attente d'une pièce"},
                                   {"awaiting_partner", "en attente d'un partenaire"},
                                   {"appointment_set", "rendez-vous fixé"},
                                   {"absence", "absence"},
                                   {"safety", "mise en sécurité"},
                                   {"other", "autre"},
                                   {"confirmed", "confirmé"},
                                   {"unit", "dans sa bannette"},
                                   {"proposal", "par une proposition"},
                                   {"copy", "par une copie"},
                                   {"arbitration", "arbitrage"},
                                   {"danger", "danger"},
                                   {"late", "retard"},
                                   {"complaint", "réclamation"},
                                   {"quality", "contrôle de la qualité"},
                                   {"legal_request", "demande de la justice ou de la personne"}};
  return word(words, code);
}

}  // namespace bannette::console
