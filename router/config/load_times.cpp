// site.toml: delays, exceptional openings, and who is on call.
#include <algorithm>
#include <array>

#include "queue/core/limits.hpp"
#include "router/config/duration.hpp"
#include "router/config/hours.hpp"
#include "router/config/parts.hpp"

namespace bannette::router {
namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;

// Which clocks a key may run on.
enum class Clock : std::uint8_t { any, calendar, working };

struct Bounds {
  Clock clock;
  std::int64_t low_ms, high_ms;  // a working day counts as 24 hours
  std::string_view example;      // what to write instead
};

bool fits(const Delay& delay, const Bounds& bounds) {
  const bool working = delay.unit != Delay::Unit::calendar_ms;
  if (bounds.clock == Clock::calendar && working) return false;
  if (bounds.clock == Clock::working && delay.unit != Delay::Unit::working_ms) return false;
  const std::int64_t ms = delay.unit == Delay::Unit::working_days ? delay.amount * kDay : delay.amount;
  if (delay.unit == Delay::Unit::working_days && delay.amount < 1) return false;
  return ms >= bounds.low_ms && ms <= bounds.high_ms;
}

std::string range(const Bounds& bounds) {
  const auto text = [](std::int64_t ms) { return text_of(Delay{Delay::Unit::calendar_ms, ms}); };
  const std::string_view clock = bounds.clock == Clock::calendar  ? "un délai en temps calendaire"
                                 : bounds.clock == Clock::working ? "un délai en heures d'ouverture"
                                                                  : "un délai";
  return std::string(clock) + ", de " + text(bounds.low_ms) + " à " + text(bounds.high_ms) +
         ", par exemple \"" + std::string(bounds.example) + "\"";
}

void read_delay(TomlTable& table, std::string_view key, const Bounds& bounds, Delay& into,
                Findings& findings) {
  const auto text = table.text(key, false);
  if (!text) return;
  const auto delay = parse_delay(text->text);
  if (delay && fits(*delay, bounds))
    into = *delay;
  else
    findings.error(
        *text, "délai « " + std::string(key) + " » mal formé ou hors de ses bornes « " + text->text + " »",
        range(bounds));
}

void read_ms(TomlTable& table, std::string_view key, const Bounds& bounds, std::int64_t& into,
             Findings& findings) {
  Delay delay{Delay::Unit::calendar_ms, into};
  read_delay(table, key, bounds, delay, findings);
  into = delay.amount;
}

std::optional<SpecialDay> read_opening(TomlTable& table, const Spot& key, const Calendar& calendar,
                                       Findings& findings) {
  const auto day = parse_date(key.text);
  auto spans = read_spans(table.texts(key.text), findings);
  if (!day) {
    findings.error(key, "date d'ouverture « " + key.text + " » qui n'existe pas", "\"AAAA-MM-JJ\"");
    return std::nullopt;
  }
  if (std::binary_search(calendar.closures.begin(), calendar.closures.end(), *day)) {
    findings.error(key, "le " + key.text + " est aussi dans « fermetures »", "une date dans l'un des deux");
    return std::nullopt;
  }
  if (spans.empty()) {
    findings.error(key, "ouverture du " + key.text + " sans horaires",
                   "\"" + key.text + "\" = [\"09:00-12:00\"]");
    return std::nullopt;
  }
  return SpecialDay{*day, std::move(spans)};
}

void read_people(OnCall& duty, const std::vector<Spot>& texts, Findings& findings) {
  const auto in_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._@-").find(c) != std::string_view::npos;
  };
  auto& people = duty.who.people;
  for (const auto& text : texts) {
    if (text.text.size() > limits::code || !std::all_of(text.text.begin(), text.text.end(), in_name))
      findings.error(text, "« " + text.text + " » n'est pas un nom de compte",
                     "64 lettres sans accent, chiffres, « . », « _ », « @ » ou « - » au plus");
    else if (std::find(people.begin(), people.end(), text.text) != people.end())
      findings.error(text, "« " + text.text + " » en double dans cette astreinte",
                     "chaque personne une fois");
    else if (people.size() >= limits::on_call_people)
      findings.error(text,
                     "plus de " + std::to_string(limits::on_call_people) + " personnes dans une astreinte",
                     "deux astreintes aux mêmes horaires");
    else
      people.push_back(text.text);
  }
}

// "2026-12-24" or "2026-12-24 17:30"; a date alone is its beginning, or, as an end, the end of that day.
std::optional<std::int64_t> read_moment(const Spot& text, bool is_end, const Calendar& calendar,
                                        Findings& findings) {
  const std::string_view t = text.text;
  const auto day = parse_date(t.substr(0, 10));
  const auto minute = t.size() == 10                  ? std::optional(is_end ? 24 * 60 : 0)
                      : t.size() > 11 && t[10] == ' ' ? parse_clock(t.substr(11))
                                                      : std::nullopt;
  if (!day || !minute) {
    findings.error(text, "date d'astreinte « " + text.text + " » mal formée",
                   "\"AAAA-MM-JJ\" ou \"AAAA-MM-JJ HH:MM\"");
    return std::nullopt;
  }
  if (calendar.zone == nullptr) return std::nullopt;  // already told
  return wall_of(calendar, *day, *minute);
}

void read_dates(OnCall& duty, TomlTable& table, const Calendar& calendar, Findings& findings) {
  const auto from = table.text("du", false);
  const auto to = table.text("au", false);
  if (from.has_value() != to.has_value()) {
    findings.error(from ? *from : *to, "astreinte datée par un seul bord", "« du » et « au », ou aucun");
    return;
  }
  if (!from) return;
  const auto from_ms = read_moment(*from, false, calendar, findings);
  const auto to_ms = read_moment(*to, true, calendar, findings);
  if (!from_ms || !to_ms) return;
  if (*from_ms >= *to_ms)
    findings.error(*to, "astreinte qui finit avant de commencer", "« au » après « du »");
  duty.from_ms = *from_ms;
  duty.to_ms = *to_ms;
}

OnCall read_duty(TomlTable& table, const Calendar& calendar, Findings& findings) {
  OnCall duty;
  if (const auto name = table.text("nom")) {
    duty.who.label = name->text;
    if (name->text.size() > limits::on_call_label)
      findings.error(*name, "nom d'astreinte trop long",
                     std::to_string(limits::on_call_label) + " octets au plus");
  }
  if (const auto phone = table.text("telephone", false)) duty.who.phone = dialled(*phone, findings);
  const Spot here = table.here();
  const auto people = table.texts("personnes");
  const bool none = people.empty();
  read_people(duty, people, findings);
  if (none) findings.error(here, "astreinte sans personne", "personnes = [\"nom-de-compte\"]");
  for (std::size_t day = 0; day < weekdays.size(); ++day)
    read_night_spans(table.texts(weekdays[day], false), duty.week[day], duty.week[(day + 1) % 7], findings);
  for (auto& spans : duty.week) tidy(spans);
  read_dates(duty, table, calendar, findings);
  table.finish();
  return duty;
}

}  // namespace

void read_openings(Calendar& calendar, TomlTable& table, Findings& findings) {
  for (const auto& key : table.keys())
    if (auto opening = read_opening(table, key, calendar, findings))
      calendar.openings.push_back(std::move(*opening));
  std::sort(calendar.openings.begin(), calendar.openings.end(),
            [](const auto& a, const auto& b) { return a.day < b.day; });
}

void read_delays(Rules& rules, TomlTable& table, Findings& findings) {
  constexpr std::int64_t long_ms = 1'000 * kDay;
  UrgencyDelays& urgency = rules.urgency_delays;
  read_delay(table, "immediate", {Clock::any, 0, long_ms, "0min"}, urgency.immediate, findings);
  read_delay(table, "urgent", {Clock::any, kMinute, long_ms, "4h ouvrées"}, urgency.urgent, findings);
  read_delay(table, "priority", {Clock::any, kMinute, long_ms, "48h"}, urgency.priority, findings);
  read_delay(table, "normal", {Clock::any, kMinute, long_ms, "10j"}, urgency.normal, findings);
  read_delay(table, "proposition", {Clock::any, kMinute, 60 * kDay, "4h ouvrées"}, rules.proposal_delay,
             findings);
  const Bounds danger{Clock::calendar, kMinute, kDay, "15min"};
  read_ms(table, "proposition_danger", danger, rules.proposal_delay_danger_ms, findings);
  read_ms(table, "palier_immediate", {Clock::calendar, kMinute, kDay, "5min"}, rules.step_immediate_ms,
          findings);
  read_ms(table, "palier_urgent", {Clock::calendar, kMinute, kDay, "30min"}, rules.step_urgent_ms, findings);
  const Bounds waiting{Clock::calendar, kHour, 365 * kDay, "10j calendaires"};
  read_ms(table, "attente_max", waiting, rules.starvation_ms, findings);
  const Bounds unattended{Clock::working, kMinute, 30 * kDay, "15min ouvrées"};
  Delay nobody{Delay::Unit::working_ms, rules.unattended_ms};
  read_delay(table, "sans_surveillance", unattended, nobody, findings);
  rules.unattended_ms = nobody.amount;
  const Bounds closing{Clock::calendar, limits::close_after_min, limits::close_after_max, "7j calendaires"};
  read_ms(table, "fermer_apres", closing, rules.close_after_ms, findings);
  table.finish();
  if (rules.step_immediate_ms > rules.step_urgent_ms)
    findings.warning(table.spot_of("palier_immediate"),
                     "un danger immédiat monte plus lentement qu'un danger urgent",
                     "palier_immediate plus court que palier_urgent");
}

void read_on_call(Rules& rules, std::vector<TomlTable> tables, Findings& findings) {
  for (auto& table : tables) {
    if (rules.on_call.size() >= limits::on_call) {
      findings.error(table.here(), "plus de " + std::to_string(limits::on_call) + " astreintes");
      return;
    }
    rules.on_call.push_back(read_duty(table, rules.calendar, findings));
  }
}

}  // namespace bannette::router
