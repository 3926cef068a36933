#include "router/config/describe.hpp"

#include <algorithm>

#include "router/config/duration.hpp"
#include "router/config/hours.hpp"

namespace bannette::router {
namespace {

std::string calendar_text(std::int64_t ms) {
  return text_of(Delay{Delay::Unit::calendar_ms, ms});
}

std::string or_topic(const Delay& delay) {
  return delay.unit == Delay::Unit::none ? "celui du motif" : text_of(delay);
}

std::string counted(std::size_t number, std::string_view one, std::string_view several) {
  return std::to_string(number) + " " + std::string(number > 1 ? several : one);
}

// "lundi 08:30-12:30 ; mardi fermé", days without hours left out where `open_only`.
std::string week_text(const std::array<std::vector<OpenSpan>, 7>& week, bool open_only) {
  std::string out;
  for (std::size_t day = 0; day < weekdays.size(); ++day)
    if (!open_only || !week[day].empty())
      out += (out.empty() ? "" : " ; ") + std::string(weekdays[day]) + " " + text_of(week[day]);
  return out;
}

std::string moment_text(const Calendar& calendar, std::int64_t wall_ms) {
  const auto local =
      calendar.zone->to_local(date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{wall_ms}});
  return date::format("%d/%m/%Y %H:%M", date::floor<std::chrono::minutes>(local));
}

std::string on_call_text(const OnCall& duty, const Calendar& calendar) {
  std::string out = "astreinte « " + duty.who.label + " » : ";
  const std::string hours = week_text(duty.week, true);
  out += hours.empty() ? "dès que le service est fermé" : hours;
  if (duty.from_ms != 0 || duty.to_ms != 0)
    out += " ; du " + moment_text(calendar, duty.from_ms) + " au " + moment_text(calendar, duty.to_ms) +
           ", à la place des astreintes sans dates";
  out += " ; ";
  for (std::size_t i = 0; i < duty.who.people.size(); ++i) out += (i == 0 ? "" : ", ") + duty.who.people[i];
  if (!duty.who.phone.empty()) out += " ; " + duty.who.phone;
  return out;
}

}  // namespace

std::vector<std::string> describe_times(const Rules& rules) {
  const Calendar& calendar = rules.calendar;
  const UrgencyDelays& urgency = rules.urgency_delays;
  std::vector<std::string> lines;
  lines.push_back("horaires : " + week_text(calendar.week, false));
  lines.push_back(
      "jours fermés : " +
      std::string(!calendar.public_holidays ? "aucun jour férié"
                  : calendar.alsace_moselle ? "treize jours fériés (Alsace-Moselle)"
                                            : "onze jours fériés") +
      ", " + counted(calendar.closures.size(), "fermeture", "fermetures") + ", " +
      counted(calendar.openings.size(), "ouverture exceptionnelle", "ouvertures exceptionnelles"));
  lines.push_back("prise en charge : immédiate " + or_topic(urgency.immediate) + ", urgente " +
                  or_topic(urgency.urgent) + ", prioritaire " + or_topic(urgency.priority) + ", normale " +
                  or_topic(urgency.normal) + " ; le plus court de ce délai et de celui du motif");
  lines.push_back("danger non acquitté : un palier toutes les " + calendar_text(rules.step_immediate_ms) +
                  " (immédiat), toutes les " + calendar_text(rules.step_urgent_ms) + " (urgent)");
  lines.push_back("proposition sans réponse : " + text_of(rules.proposal_delay) + ", en danger " +
                  calendar_text(rules.proposal_delay_danger_ms) + " ; au-delà de " +
                  counted(rules.max_hops, "réorientation", "réorientations") + ", un superviseur décide");
  lines.push_back("alarmes : dossier qui attend depuis " + calendar_text(rules.starvation_ms) +
                  ", bannette sans surveillance pendant " +
                  text_of(Delay{Delay::Unit::working_ms, rules.unattended_ms}));
  lines.push_back("clôture : " + calendar_text(rules.close_after_ms) +
                  " après le traitement ; réservation : " + std::to_string(rules.lease_ms / 1000) + " s");
  for (const OnCall& duty : rules.on_call) lines.push_back(on_call_text(duty, calendar));
  if (rules.on_call.empty()) lines.emplace_back("astreinte : aucune");
  return lines;
}

}  // namespace bannette::router
