// A site as configured: who works there, which topics exist, where people live, and by which words a call is
// read. Plain values, filled by router/config; `engine` is what is compiled from them, once.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <date/date.h>

#include "queue/core/rules.hpp"

namespace bannette::router {

struct Service {
  std::string code;
  std::string name;
  bool operator==(const Service&) const = default;
};

struct Unit {
  std::string code;
  std::string name;
  std::vector<std::string> services;  // codes of the site's unit services
  bool operator==(const Unit&) const = default;
};

struct Destination {
  enum class Kind : std::uint8_t { none, unit_service, service };
  Kind kind = Kind::none;  // none: an outcome without a dossier
  std::string code;        // of the service
  std::string copy;        // the service that gets a copy, e.g. "crip", or empty
  bool operator==(const Destination&) const = default;
};

struct Topic {
  std::string code;
  std::string family;
  std::string label;
  std::string definition;
  Urgency urgency = Urgency::normal;  // where nothing in the note raises it
  Delay delay;
  bool restricted = false;
  Destination destination;
};

struct Commune {
  std::string insee;
  std::string name;
  std::vector<std::string> postal_codes;
  std::uint32_t population = 0;
};

// Another name of a commune: short ("rbx"), former or associated ("Lomme").
struct Alias {
  enum class Kind : std::uint8_t { short_name, associated, former };
  std::string name;
  std::string insee;
  Kind kind = Kind::short_name;
};

// A place that the site does not know more of: another département, another country.
struct Elsewhere {
  std::string name;
  std::string where;  // "Pas-de-Calais", "Belgique"
};

struct Sector {
  enum class Parity : std::uint8_t { both, even, odd };
  std::string unit;
  std::string insee;
  std::string street;  // empty: the commune's default
  Parity parity = Parity::both;
  std::optional<int> from;
  std::optional<int> to;
  std::optional<date::local_days> first_day;  // nothing: since ever
  std::optional<date::local_days> last_day;   // included; nothing: until further notice
};

// Where a territorial request goes that no commune of the site can be told for.
struct Fallback {
  enum class Kind : std::uint8_t { arbitration, standard, service, unit, where_tonight };
  Kind kind = Kind::arbitration;
  std::string code{};  // of the service or the unit
  std::string name{};  // of the service
};

struct Consignes;
class SafetyLexicon;
class Model;
class Engine;
class StreetIndex;
struct Telephony;

struct Site {
  std::string code;
  std::string name;
  Rules queue;  // what site.toml says of time: calendar, delays, on-call; rules_of() adds the rest
  std::vector<Unit> units;
  std::vector<Service> unit_services;  // those that units can have
  std::vector<Service> services;       // department-wide: service:CODE
  std::vector<Topic> topics;
  std::vector<Commune> communes;
  std::vector<Alias> aliases;
  std::vector<Elsewhere> elsewhere;
  std::vector<Sector> sectors;
  std::shared_ptr<const StreetIndex>
      streets;  // those that exist, where an address file was imported; or null
  Fallback homeless{Fallback::Kind::where_tonight};  // nobody's own address
  Fallback outside;                                  // elsewhere, or in a commune that no unit serves
  std::shared_ptr<const SafetyLexicon> safety;       // nothing: no safety rules
  std::shared_ptr<const Model> model;                // nothing: no topic can be told from a note
  std::shared_ptr<const Telephony> telephony;        // nothing: calls are typed by hand
  std::shared_ptr<const Consignes> consignes;        // for people; set by the loader, or null
  std::string rules_version;                         // changes with every change of the configuration
  std::shared_ptr<const Engine> engine;              // set by prepare()
};

inline constexpr std::string_view standard_bannette = "standard";
inline constexpr std::string_view arbitration_bannette = "arbitrage";

// All bannettes of the site, sorted: each unit's services, service:CODE, standard, arbitrage.
[[nodiscard]] std::vector<std::string> bannettes_of(const Site& site);

[[nodiscard]] const Topic* find_topic(const Site& site, std::string_view code);
[[nodiscard]] const Unit* find_unit(const Site& site, std::string_view code);
[[nodiscard]] const Commune* find_commune(const Site& site, std::string_view insee);
[[nodiscard]] const Service* find_service(const Site& site, std::string_view code);  // department-wide

// What a bannette is called on a screen: "UTPAS Roubaix-Est : PMI".
[[nodiscard]] std::string label_of(const Site& site, std::string_view bannette);

// What a topic is called; its code where the site does not know it.
[[nodiscard]] std::string label_of_topic(const Site& site, std::string_view code);

// Where a topic goes for somebody who lives in `unit` (empty: not known): a bannette, `without_unit` where a
// territorial service has no unit (Decision::without_unit), "" where the topic makes no dossier.
[[nodiscard]] std::string bannette_for(const Site& site, std::string_view topic, std::string_view unit,
                                       std::string_view without_unit = arbitration_bannette);
// The bannette that may read every dossier of a topic beside its own; "" where there is none.
[[nodiscard]] std::string copy_for(const Site& site, std::string_view topic);

// The day of an instant (Unix time) where the site is; its calendar must have a zone, or the day is UTC's.
[[nodiscard]] date::local_days day_of(const Site& site, std::int64_t wall_ms);

// Compiles the patterns and the territory. Must be called once after the fields are filled and before
// decide().
void prepare(Site& site);

}  // namespace bannette::router
