// A small site with its bannettes, and the few words that make a test of the core read like a transcript.
#pragma once
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "queue/core/bannettes.hpp"

namespace bannette {

// How Catch2 shows them.
inline std::ostream& operator<<(std::ostream& out, Code code) {
  return out << name(code);
}
inline std::ostream& operator<<(std::ostream& out, State state) {
  return out << name(state);
}
inline std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << name(refusal.code) << " " << refusal.field << ": " << refusal.detail;
}

namespace test {

inline constexpr std::int64_t kHour = 3'600'000;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr std::int64_t kTuesday = 1'773'738'000'000;  // 2026-03-17 10:00 in Paris, a working day

inline Calendar centre_hours() {
  Calendar calendar;
  const std::vector<OpenSpan> day{{8 * 60 + 30, 12 * 60 + 30}, {13 * 60 + 30, 17 * 60 + 30}};
  for (std::size_t i = 0; i < 5; ++i) calendar.week[i] = day;
  calendar.week[3] = {{11 * 60, 12 * 60 + 30}, {13 * 60 + 30, 17 * 60 + 30}};  // Thursday morning from 11:00
  calendar.zone = date::locate_zone("Europe/Paris");
  return calendar;
}

inline Rules site_rules() {
  Rules rules;
  rules.site = "essai";
  rules.bannettes = {"standard",      "arbitrage",    "roubaix/enfance", "roubaix/pmi",
                     "lille/enfance", "service:mdie", "lille/pmi"};
  rules.topics = {{"danger", {Delay::Unit::working_ms, 4 * kHour}, true},
                  {"aide", {Delay::Unit::working_days, 5}},
                  {"deux-jours", {Delay::Unit::calendar_ms, 48 * kHour}},
                  {"sans-delai", {}}};
  rules.calendar = centre_hours();
  return rules;
}

inline Authority key_of(std::string_view principal, std::string person = {}) {
  Authority who = *authority_of(principal);
  if (!person.empty()) who.person = Person{std::move(person), Role::agent, {}};
  return who;
}
inline Authority console(std::string name, Role role, std::vector<std::string> units = {}) {
  Authority who = *authority_of("console");
  who.person = Person{std::move(name), role, std::move(units)};
  return who;
}

inline const Authority kRouter = *authority_of("router");
inline const Authority kRoubaix = key_of("unit:roubaix", "alice");
inline const Authority kRoubaixBob = key_of("unit:roubaix", "bob");
inline const Authority kLille = key_of("unit:lille", "chloe");

inline Target number(std::uint64_t n) {
  Target target;
  target.number = n;
  return target;
}
inline Target next_of(std::vector<std::string> bannettes = {}) {
  Target target;
  target.bannettes = std::move(bannettes);
  return target;
}

inline bool refused(const Effects& effects) {
  return std::holds_alternative<Refusal>(effects.reply);
}
inline Refusal refusal(const Effects& effects) {
  if (!refused(effects)) throw std::logic_error("not refused");
  return std::get<Refusal>(effects.reply);
}
inline Code code(const Effects& effects) {
  return refusal(effects).code;
}
inline Receipt receipt(const Effects& effects) {
  if (refused(effects)) throw std::logic_error("refused: " + std::get<Refusal>(effects.reply).detail);
  return std::get<Receipt>(effects.reply);
}
inline Done done(const Effects& effects) {
  if (refused(effects)) throw std::logic_error("refused: " + std::get<Refusal>(effects.reply).detail);
  return std::get<Done>(effects.reply);
}

// So that a world does not begin with reckoning its deadlines anew.
inline Change calendar_in_force() {
  Change change;
  change.kind = ChangeKind::calendar_changed;
  change.to = fingerprint(site_rules());
  return change;
}

// The bannettes with a clock that the test turns, and the journal that they would have written.
struct World {
  Bannettes bannettes{site_rules()};
  Instant now{kTuesday, 1'000'000, 7};
  std::vector<Persist> journal;
  std::uint64_t keys = 0;

  World() { begin(); }
  void begin() {
    bannettes.restore_site(calendar_in_force());
    bannettes.begin(0, 0, now);
  }
  void pass(std::int64_t ms) {
    now.wall_ms += ms;
    now.boot_ms += ms;
  }
  Uuid new_key() { return key_at(now.wall_ms); }
  Uuid key_at(std::int64_t wall_ms) {
    ++keys;
    std::array<std::uint8_t, 10> random{};
    for (std::size_t i = 0; i < 8; ++i) random[9 - i] = static_cast<std::uint8_t>(keys >> (8 * i));
    return make_uuid7(wall_ms, random);
  }

  Effects apply(const Request& request) {
    Effects effects = bannettes.apply(request, now);
    journal.insert(journal.end(), effects.persist.begin(), effects.persist.end());
    return effects;
  }
  Effects apply(const Authority& who, Command command) {
    return apply(Request{who, new_key(), {}, std::move(command)});
  }
  Effects apply_with(const Uuid& key, const Authority& who, Command command, std::uint8_t digest = 0) {
    return apply(Request{who, key, Digest{digest}, std::move(command)});
  }
  void expire() {
    auto ended = bannettes.advance(now);
    journal.insert(journal.end(), ended.begin(), ended.end());
  }

  // The number of a new dossier.
  std::uint64_t submit(const std::string& bannette = "roubaix/enfance", Urgency urgency = Urgency::normal,
                       const std::string& topic = "sans-delai", bool danger = false) {
    return receipt(apply(kRouter, Submit{bannette, topic, urgency, danger, "59512"})).number;
  }
  std::uint64_t reserve(std::uint64_t n, const Authority& who = kRoubaix, std::int64_t lease_ms = 0) {
    return done(apply(who, Reserve{number(n), lease_ms})).fence;
  }
  std::uint64_t take(std::uint64_t n, const Authority& who = kRoubaix) {
    return done(apply(who, Take{number(n)})).fence;
  }
  // Reads it: the change that tells so, or nothing.
  std::optional<Change> read(const Authority& who, std::uint64_t n, std::optional<Purpose> purpose = {}) {
    auto reading = bannettes.reading(who, *bannettes.find(n), purpose, "", now);
    if (reading) journal.push_back(bannettes.note_reading(*reading, "", now));
    return reading;
  }
  State state(std::uint64_t n) const { return bannettes.find(n)->state; }
};

}  // namespace test
}  // namespace bannette
