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
  static constexpr Word words[] = {{"waiting", "en attente"},
                                   {"reserved", "réservé"},
                                   {"in_progress", "pris en charge"},
                                   {"handled", "traité"}};
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
                                   {"handled", "traité"}};
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
                                   {"duplicate", "doublon"}};
  return word(words, code);
}

}  // namespace bannette::console
