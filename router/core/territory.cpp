#include "router/core/territory.hpp"

#include <algorithm>

#include "router/core/residence.hpp"

namespace bannette::router {

// What one of the three texts says about the commune.
struct Territory::Evidence {
  Found found;
  std::string typed;   // the words that say it
  std::string source;  // "commune", "address", "note"
  Residence residence = Residence::none;
  [[nodiscard]] bool told() const { return found.what != Found::What::nothing; }
  [[nodiscard]] bool clear() const {
    return found.what == Found::What::commune || found.what == Found::What::elsewhere;
  }
};

namespace {

Found found_of(const Mention& mention) {
  Found found;
  found.how = Found::How::inside;
  if (mention.elsewhere) {
    found.what = Found::What::elsewhere;
    found.place = mention.place;
  } else {
    found.what = mention.communes.size() == 1 ? Found::What::commune : Found::What::several;
    found.communes = mention.communes;
  }
  return found;
}

std::string words_between(const Words& words, std::size_t first, std::size_t last) {
  return words.text.substr(words.list[first].begin, words.list[last - 1].end - words.list[first].begin);
}

bool is_number_word(const std::vector<Word>& words, std::size_t at) {
  return words[at].text.size() == 5 && std::all_of(words[at].text.begin(), words[at].text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
}

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

}  // namespace

Territory::Territory(const Site& site)
    : places_(site.communes, site.aliases, site.elsewhere), streets_(site.sectors), units_(site.units) {}

std::string Territory::unit_name(const std::string& code) const {
  const auto found =
      std::find_if(units_.begin(), units_.end(), [&](const Unit& u) { return u.code == code; });
  return found == units_.end() ? code : found->name;
}

Candidate Territory::candidate(std::uint32_t commune) const {
  const auto& c = places_.at(commune);
  return {c.insee, c.name, streets_.default_unit(c.insee)};
}

Territory::Evidence Territory::from_field(const Call& call) const {
  return {places_.resolve(call.commune), cut(clean(call.commune), 60), "commune", Residence::none};
}

// The last name that is not a street's: "212 rue de gand tg", "rue de Croix, Hem". Or a postal code.
Territory::Evidence Territory::from_address(const Words& address) const {
  Evidence evidence{{}, {}, "address", Residence::none};
  for (const auto& mention : places_.mentions(address.list)) {
    const auto& first = address.list[mention.first];
    const bool parted = mention.first == 0 || address.list[mention.first - 1].clause != first.clause;
    if (!parted && Streets::names_street(address.list, mention.first)) continue;
    if (mention.last < address.list.size() && !parted && address.list[mention.last].clause == first.clause)
      continue;
    evidence.found = found_of(mention);
    evidence.typed = words_between(address, mention.first, mention.last);
  }
  if (evidence.told()) return evidence;
  for (std::size_t at = 0; at < address.list.size(); ++at)
    if (is_number_word(address.list, at)) {
      evidence.typed = address.list[at].text;
      evidence.found = places_.resolve(evidence.typed);
    }
  return evidence;
}

// The name that says most about where somebody lives; of equals the last, since people correct themselves.
Territory::Evidence Territory::from_note(const Words& note, const Evidence& field) const {
  Evidence best{{}, {}, "note", Residence::none};
  for (const auto& mention : places_.mentions(note.list)) {
    const auto residence = residence_of(note.list, mention);
    const auto typed = words_between(note, mention.first, mention.last);
    if (residence == Residence::none) continue;
    if (mention.elsewhere && residence < Residence::passing) continue;
    const bool bare = residence == Residence::weak;
    if (bare && (field.told() || mention.communes.size() != 1 ||
                 streets_.default_unit(places_.at(mention.communes[0]).insee).empty()))
      continue;
    const bool again = residence == best.residence &&
                       (residence >= Residence::other || best.found.what == Found::What::elsewhere);
    if (residence > best.residence || again) best = {found_of(mention), typed, "note", residence};
  }
  best.found.weak = best.residence == Residence::weak;
  return best;
}

// Several communes share the name or the code: the one whose own words stand in the address or the note.
void Territory::choose_among(Evidence& field, const Words& address, const Words& note) const {
  std::vector<std::uint32_t> named;
  for (const auto commune : field.found.communes) {
    const auto own = places_.key_words(commune);
    const auto stands = [&](const Words& text) {
      return std::any_of(text.list.begin(), text.list.end(), [&](const Word& w) {
        if (w.text.size() < 4) return false;
        const auto at = static_cast<std::size_t>(&w - text.list.data());
        const bool denied = at >= 3 && (text.list[at - 1].text == "pas" || text.list[at - 3].text == "pas");
        const bool shared =
            std::any_of(field.found.communes.begin(), field.found.communes.end(), [&](auto other) {
              const auto words = places_.key_words(other);
              return other != commune && std::find(words.begin(), words.end(), w.text) != words.end();
            });
        return !denied && !shared && std::find(own.begin(), own.end(), w.text) != own.end() &&
               !Streets::names_street(text.list, at);
      });
    };
    if (stands(address) || stands(note)) named.push_back(commune);
  }
  if (named.size() != 1) return;
  field.found.what = Found::What::commune;
  field.found.communes = named;
  field.found.how = Found::How::abbreviation;
}

void Territory::name_place(Place& place, const Evidence& evidence) const {
  const auto& found = evidence.found;
  const std::string where = evidence.source == "note"      ? ", d'après la note"
                            : evidence.source == "address" ? ", d'après l'adresse"
                                                           : "";
  if (found.what == Found::What::elsewhere) {
    place.elsewhere = true;
    place.because.push_back({"territory:elsewhere", "Hors du département : " + found.place + where});
    return;
  }
  if (found.what == Found::What::commune) {
    const auto& commune = places_.at(found.communes[0]);
    place.insee = commune.insee;
    place.commune_name = commune.name;
    place.uncertain = found.weak;
    place.because.push_back(
        {"territory:commune",
         "Commune : " + commune.name + how_told(found.how, evidence.typed, commune.name) + where});
    if (found.weak) place.candidates.push_back(candidate(found.communes[0]));
    return;
  }
  place.uncertain = true;
  if (found.what == Found::What::nothing) {
    place.because.push_back(evidence.typed.empty() ? Reason{"territory:unknown", "Commune non précisée"}
                                                   : Reason{"territory:unknown", "Commune non reconnue : « " +
                                                                                     evidence.typed + " »"});
    return;
  }
  std::string names;
  bool one_unit = true;
  for (const auto commune : found.communes) {
    if (place.candidates.size() == 12) break;
    place.candidates.push_back(candidate(commune));
    names += (names.empty() ? "" : ", ") + place.candidates.back().name;
    one_unit = one_unit && place.candidates.back().unit == place.candidates[0].unit;
  }
  one_unit = one_unit && found.communes.size() <= 12;
  if (one_unit) place.unit = place.candidates[0].unit;
  place.because.push_back(
      {"territory:several", "Plusieurs communes possibles pour « " + evidence.typed + " » : " + names});
  if (!place.unit.empty())
    place.because.push_back({"territory:unit", unit_name(place.unit) + " dans tous les cas"});
}

void Territory::find_unit(Place& place, const Words& address, const Words& note) const {
  auto side = streets_.unit_of(place.insee, address);
  if (!side.address) {
    auto told = streets_.unit_of(place.insee, note);
    if (told.address) side = std::move(told);
  }
  place.unit = side.unit;
  if (place.unit.empty()) {
    place.because.push_back({"territory:outside", place.commune_name + " n'est dans aucune unité du site"});
    return;
  }
  std::string street;
  if (side.address) {
    street = side.address->street +
             (side.address->number ? " n° " + std::to_string(*side.address->number) : "") + " : ";
  }
  if (!side.uncertain) {
    place.because.push_back(
        {side.address ? "territory:street" : "territory:default", street + unit_name(place.unit)});
    return;
  }
  place.uncertain = true;
  for (const auto& unit : {side.unit, side.other_unit})
    place.candidates.push_back({place.insee, place.commune_name, unit});
  place.because.push_back({"territory:split", street + unit_name(place.unit) + " ou " +
                                                  unit_name(side.other_unit) +
                                                  " selon le numéro, non précisé"});
}

Place Territory::locate(const Call& call, const Words& note) const {
  const auto address = words_of(cut(call.address, 400));
  auto chosen = from_field(call);
  if (chosen.found.what == Found::What::several) choose_among(chosen, address, note);
  const auto told = from_note(note, chosen);
  const auto written = from_address(address);
  if (!chosen.clear() || chosen.found.weak) {
    const auto fits = [&](const Evidence& e) {  // what narrows several down must be one of them
      if (!chosen.told() || !e.told()) return e.told();
      if (e.found.what != Found::What::commune || e.found.weak) return false;
      return chosen.found.weak || std::find(chosen.found.communes.begin(), chosen.found.communes.end(),
                                            e.found.communes[0]) != chosen.found.communes.end();
    };
    if (fits(written))
      chosen = written;
    else if (fits(told))
      chosen = told;
  }
  // Who rings from far away rings about somebody here; who rings from here may ring about somebody elsewhere.
  const bool from_far = chosen.found.what == Found::What::elsewhere && chosen.source == "commune";
  if (from_far && written.found.what == Found::What::commune)
    chosen = written;
  else if (from_far && told.found.what == Found::What::commune && told.residence >= Residence::passing)
    chosen = told;
  else if (told.residence >= Residence::other && told.clear() && chosen.source == "commune")
    chosen = told;
  Place place;
  name_place(place, chosen);
  if (!place.insee.empty()) find_unit(place, address, note);
  return place;
}

}  // namespace bannette::router
