// From the evidence to a place: its name, its unit, and the reasons, with candidates where it is not sure.
#include <algorithm>

#include "router/core/evidence.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t candidates_max = 12;
constexpr std::size_t reason_bytes = 120;

std::string how_told(Found::How how, const std::string& typed, const std::string& name) {
  switch (how) {
    case Found::How::postal:
      return " (code postal " + typed + ")";
    case Found::How::code:
      return " (code INSEE)";
    case Found::How::slip:
    case Found::How::sound:
      return ", lu dans « " + typed + " »";
    default:
      return fold(typed) == fold(name) ? std::string() : " (« " + typed + " »)";
  }
}

std::string why_possible(const Found& found, const std::string& typed) {
  switch (found.how) {
    case Found::How::postal:
      return "code postal " + typed;
    case Found::How::slip:
      return "s'écrit presque « " + typed + " »";
    case Found::How::sound:
      return "se prononce comme « " + typed + " »";
    default:
      return "peut être « " + typed + " »";
  }
}

std::string where_told(const std::string& source) {
  if (source == "note") return ", d'après la note";
  if (source == "address") return ", d'après l'adresse";
  if (source == "street") return ", seule à avoir cette voie";
  return {};
}

std::string with_number(const Address& address) {
  return address.street + (address.number ? " n° " + std::to_string(*address.number) : "");
}

}  // namespace

std::string Territory::unit_name(const std::string& code) const {
  const auto found =
      std::find_if(units_.begin(), units_.end(), [&](const Unit& u) { return u.code == code; });
  return found == units_.end() ? code : found->name;
}

void Territory::propose(Place& place, std::uint32_t commune, const std::string& why,
                        date::local_days day) const {
  const auto& c = places_.at(commune);
  const bool known = std::any_of(place.candidates.begin(), place.candidates.end(),
                                 [&](const Candidate& other) { return other.insee == c.insee; });
  if (!known && place.candidates.size() < candidates_max)
    place.candidates.push_back(
        {c.insee, c.name, streets_.default_unit(c.insee, day), cut(why, reason_bytes)});
}

void Territory::name_place(Place& place, const Evidence& evidence, date::local_days day) const {
  const auto& found = evidence.found;
  const auto& typed = evidence.typed;
  const auto where = where_told(evidence.source);
  place.uncertain = found.weak;
  switch (found.what) {
    case Found::What::elsewhere:
      place.elsewhere = true;
      place.because.push_back({"territory:elsewhere", "Hors du département : " + found.place + where});
      return;
    case Found::What::commune: {
      const auto& commune = places_.at(found.communes[0]);
      place.insee = commune.insee;
      place.commune_name = commune.name;
      place.because.push_back({"territory:commune", "Commune : " + commune.name +
                                                        how_told(found.how, typed, commune.name) + where});
      if (!found.weak) return;
      for (const auto each : found.communes) propose(place, each, why_possible(found, typed), day);
      return;
    }
    case Found::What::nothing:
      place.uncertain = true;
      place.because.push_back({"territory:unknown", typed.empty()
                                                        ? "Commune non précisée"
                                                        : "Commune non reconnue : « " + typed + " »"});
      return;
    case Found::What::several:
      name_several(place, evidence, day);
  }
}

void Territory::name_several(Place& place, const Evidence& evidence, date::local_days day) const {
  const auto& communes = evidence.found.communes;
  place.uncertain = true;
  for (const auto commune : communes)
    propose(place, commune, why_possible(evidence.found, evidence.typed), day);
  std::string names;
  for (const auto& each : place.candidates) names += (names.empty() ? "" : ", ") + each.name;
  const auto& first = place.candidates[0].unit;
  const bool one_unit =
      communes.size() <= candidates_max && std::all_of(place.candidates.begin(), place.candidates.end(),
                                                       [&](const Candidate& c) { return c.unit == first; });
  place.because.push_back(
      {"territory:several", "Plusieurs communes possibles pour « " + evidence.typed + " » : " + names});
  if (!one_unit || first.empty()) return;
  place.unit = first;
  place.because.push_back({"territory:unit", unit_name(place.unit) + " dans tous les cas"});
}

// A street that the commune does not have: perhaps another one has it, perhaps it was misheard.
void Territory::tell_unknown_street(Place& place, const Side& side, const Words& address,
                                    date::local_days day) const {
  constexpr std::size_t shown = 5;
  std::string names;
  for (const auto& insee : streets_.communes_with(address, shown))
    if (const auto commune = places_.by_insee(insee)) {
      propose(place, *commune, "a « " + side.unknown + " »", day);
      names += (names.empty() ? "" : ", ") + places_.at(*commune).name;
    }
  const bool split = streets_.is_split(place.insee, day);
  place.uncertain = place.uncertain || split || !names.empty();
  place.because.push_back(
      names.empty() ? Reason{"territory:street-unknown",
                             "« " + side.unknown + " » n'est pas une voie connue de " + place.commune_name}
                    : Reason{"territory:street-elsewhere", "« " + side.unknown + " » n'existe pas à " +
                                                               place.commune_name + ", mais à " + names});
}

void Territory::find_unit(Place& place, const Words& address, const Words& note, date::local_days day) const {
  auto side = streets_.unit_of(place.insee, address, day);
  if (!side.address) {
    auto told = streets_.unit_of(place.insee, note, day, false);
    if (told.address) side = std::move(told);
  }
  place.unit = side.unit;
  if (!side.unknown.empty()) tell_unknown_street(place, side, address, day);
  if (place.unit.empty()) {
    place.because.push_back({"territory:outside", place.commune_name + " n'est dans aucune unité du site"});
    return;
  }
  if (!side.address) {
    const bool split = streets_.is_split(place.insee, day);
    place.because.push_back(
        {"territory:default", unit_name(place.unit) + (split ? ", sauf certaines rues" : "")});
    return;
  }
  const auto street = with_number(*side.address) + " : ";
  if (!side.uncertain()) {
    place.because.push_back({"territory:street", street + unit_name(place.unit)});
    return;
  }
  place.uncertain = true;
  std::string others;
  const auto add = [&](const std::string& unit, const std::string& why) {
    if (place.candidates.size() < candidates_max)
      place.candidates.push_back(
          {place.insee, place.commune_name, unit, cut(side.address->street + " : " + why, reason_bytes)});
  };
  add(side.unit, "le reste de la rue");
  for (const auto& other : side.others) {
    add(other.unit, other.numbers);
    others += " ou " + unit_name(other.unit) + " (" + other.numbers + ")";
  }
  place.because.push_back(
      {"territory:split", street + unit_name(place.unit) + others + " selon le numéro, non précisé"});
}

// No home of their own, or outside: what the site's rules say.
void Territory::apply_rules(Place& place, const std::string& no_home) const {
  const auto use = [&](const Fallback& rule, const std::string& code, const std::string& what) {
    std::string where;
    switch (rule.kind) {
      case Fallback::Kind::where_tonight:
        where = place.unit.empty() ? "lieu non précisé" : "là où la personne se trouve";
        break;
      case Fallback::Kind::arbitration:
        place.unit.clear();
        where = "arbitrage";
        break;
      case Fallback::Kind::standard:
        place.unit.clear();
        place.without_unit = standard_bannette;
        where = "standard";
        break;
      case Fallback::Kind::service:
        place.unit.clear();
        place.without_unit = "service:" + rule.code;
        where = rule.name;
        break;
      case Fallback::Kind::unit:
        place.unit = rule.code;
        where = unit_name(rule.code);
        break;
    }
    place.because.push_back({code, what + " : " + where});
  };
  if (!no_home.empty()) {
    use(homeless_, "territory:no-home", "Sans domicile fixe (« " + no_home + " »)");
    if (homeless_.kind != Fallback::Kind::where_tonight) return;
  }
  const bool outside = place.elsewhere || (!place.insee.empty() && place.unit.empty());
  if (outside && outside_.kind != Fallback::Kind::arbitration)
    use(outside_, "territory:outside-rule", "Hors du territoire");
}

}  // namespace bannette::router
