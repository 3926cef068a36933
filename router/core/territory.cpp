#include "router/core/territory.hpp"

#include <algorithm>

#include "router/core/evidence.hpp"

namespace bannette::router {

namespace {

Found found_of(const Mention& mention) {
  Found found;
  found.how = Found::How::inside;
  if (mention.elsewhere) {
    found.what = Found::What::elsewhere;
    found.place = mention.place;
  } else {
    const bool one = mention.communes.size() == 1;
    found.what = one || mention.likely ? Found::What::commune : Found::What::several;
    found.weak = !one && mention.likely;
    found.communes = mention.communes;
  }
  return found;
}

// Field and address name two communes: somebody must look, and the address is where the person is.
bool contradicts(const Found& written, const Found& field) {
  return written.what == Found::What::commune && field.what == Found::What::commune && !written.weak &&
         written.how != Found::How::postal && written.communes[0] != field.communes[0];
}

// Is it what was typed in the field, there or elsewhere?
bool same_place(const Mention& mention, const Found& field) {
  const bool field_elsewhere = field.what == Found::What::elsewhere;
  if (!mention.elsewhere && !field_elsewhere)
    return field.what == Found::What::commune && std::find(mention.communes.begin(), mention.communes.end(),
                                                           field.communes[0]) != mention.communes.end();
  if (!field_elsewhere) return false;
  const auto name = mention.elsewhere ? fold(mention.place) : fold(mention.short_name),
             typed = fold(field.place);
  return !name.empty() && name.substr(0, name.find(' ')) == typed.substr(0, typed.find(' '));
}

std::string words_between(const Words& words, std::size_t first, std::size_t last) {
  return words.text.substr(words.list[first].begin, words.list[last - 1].end - words.list[first].begin);
}

bool is_number_word(const std::vector<Word>& words, std::size_t at) {
  return words[at].text.size() == 5 && std::all_of(words[at].text.begin(), words[at].text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Territory::Territory(const Site& site)
    : places_(site.communes, site.aliases, site.elsewhere, site.sectors),
      streets_(site.sectors, site.streets),
      units_(site.units),
      homeless_(site.homeless),
      outside_(site.outside) {}

Territory::Evidence Territory::from_field(const Call& call) const {
  Evidence field{places_.resolve(call.commune), cut(clean(call.commune), 60), "commune", Residence::none};
  if (!call.commune_chosen) return field;
  if (const auto commune = places_.by_insee(call.commune))  // its code, which may be a postal code of others
    field.found = {.what = Found::What::commune, .how = Found::How::code, .communes = {*commune}};
  field.found.weak = false;
  return field;
}

// The last name that is not a street's: "212 rue de gand tg", "rue de Croix, Hem". Or a postal code.
Territory::Evidence Territory::from_address(const Words& address) const {
  Evidence evidence{{}, {}, "address", Residence::none};
  for (const auto& mention : places_.mentions(address)) {
    const auto& first = address.list[mention.first];
    const bool parted = mention.first == 0 || address.list[mention.first - 1].clause != first.clause;
    if (!parted && Streets::names_street(address.list, mention.first, true)) continue;
    const bool goes_on =
        mention.last < address.list.size() && address.list[mention.last].clause == first.clause;
    if (goes_on && !parted && !Streets::begins_street(address.list, mention.last)) continue;
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

std::vector<Mention> Territory::mentions(const Words& note) const {
  auto found = places_.mentions(note);
  for (const auto at : told_homes(note.list)) {
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&](const Mention& m) { return m.first <= at + 2 && at < m.last; });
    if (known) continue;
    if (auto near = places_.misspelt_at(note, at)) found.push_back(std::move(*near));
  }
  std::sort(found.begin(), found.end(), [](const Mention& a, const Mention& b) { return a.first < b.first; });
  return found;
}

// The name that says most about where somebody lives; of equals the last, since people correct themselves.
Territory::Told Territory::from_note(const Words& note, const Evidence& field) const {
  Told told;
  const auto take = [](Evidence& best, Evidence&& now) {
    const bool again = now.residence == best.residence &&
                       (now.residence >= Residence::other || best.found.what == Found::What::elsewhere);
    if (now.residence > best.residence || again) best = std::move(now);
  };
  for (const auto& mention : mentions(note)) {
    const bool of_field = same_place(mention, field.found);
    if (of_field && denied(note.list, mention.first)) told.field_denied = true;
    const auto residence = residence_of(note.list, mention);
    if (residence == Residence::none) continue;
    if (of_field) told.of_field = std::max(told.of_field, residence);
    if (of_field && field.found.what == Found::What::elsewhere) continue;
    if (mention.elsewhere && residence < Residence::passing) continue;
    const bool bare = residence == Residence::weak;
    const bool lone = mention.communes.size() == 1 && places_.serves(mention.communes[0]);
    if (bare && (field.told() || !lone)) continue;
    const Evidence now{of_field ? field.found : found_of(mention),
                       words_between(note, mention.first, mention.last), "note", residence};
    take(told.best, Evidence(now));
    if (!mention.elsewhere) take(told.here, Evidence(now));
  }
  told.best.found.weak = told.best.found.weak || told.best.residence == Residence::weak;
  return told;
}

// Does a word that only this one of several bears stand in the text? "Marquette", "celle de l'Ostrevant".
bool Territory::is_named(std::uint32_t commune, const std::vector<std::uint32_t>& several,
                         const Words& text) const {
  constexpr std::size_t shortest = 4;
  const auto has = [&](std::uint32_t each, const std::string& word) {
    const auto words = places_.key_words(each);
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  for (std::size_t at = 0; at < text.list.size(); ++at) {
    const auto& word = text.list[at].text;
    if (word.size() < shortest || !has(commune, word)) continue;
    const bool shared = std::any_of(several.begin(), several.end(),
                                    [&](auto other) { return other != commune && has(other, word); });
    if (!shared && !denied(text.list, at) && !Streets::names_street(text.list, at)) return true;
  }
  return false;
}

// Several communes share the name or the code: the one whose own words stand in the address or the note, or
// else the only one whose unit also serves a place that is named there.
void Territory::choose_among(Evidence& field, const Words& address, const Words& note,
                             date::local_days day) const {
  std::vector<std::uint32_t> named, near;
  std::vector<std::string> units;
  for (const auto* text : {&address, &note})
    for (const auto& mention : places_.mentions(*text))
      if (mention.communes.size() == 1 && residence_of(text->list, mention) != Residence::none)
        units.push_back(streets_.default_unit(places_.at(mention.communes[0]).insee, day));
  for (const auto commune : field.found.communes) {
    if (is_named(commune, field.found.communes, address) || is_named(commune, field.found.communes, note))
      named.push_back(commune);
    const auto unit = streets_.default_unit(places_.at(commune).insee, day);
    if (!unit.empty() && std::find(units.begin(), units.end(), unit) != units.end()) near.push_back(commune);
  }
  const bool sure = named.size() == 1;
  if (!sure && (near.size() != 1 || field.found.how == Found::How::postal)) return;
  field.found.what = Found::What::commune;
  field.found.how = Found::How::abbreviation;
  field.found.weak = !sure;
  const auto chosen = sure ? named[0] : near[0];
  auto& communes = field.found.communes;
  if (sure)
    communes = {chosen};
  else
    std::rotate(communes.begin(), std::find(communes.begin(), communes.end(), chosen), communes.end());
}

// What is not clear in the field is narrowed down by the address, then by the note.
void Territory::narrow(Evidence& chosen, const Evidence& written, const Evidence& told) const {
  const auto fits = [&](const Evidence& e) {  // what narrows several down must be one of them
    if (!chosen.told() || !e.told()) return e.told();
    if (e.found.what != Found::What::commune || e.found.weak) return false;
    const auto& possible = chosen.found.communes;
    const bool one_of_them =
        std::find(possible.begin(), possible.end(), e.found.communes[0]) != possible.end();
    const bool plain = e.source == "address" || e.residence >= Residence::home;
    return one_of_them || (chosen.found.weak && plain);
  };
  if (fits(written))
    chosen = written;
  else if (fits(told))
    chosen = told;
}

// Who rings from far away rings about somebody here; who rings from here may ring about somebody elsewhere.
bool Territory::goes_before_field(const Evidence& field, const Told& told, bool with_address) const {
  if (field.found.what == Found::What::elsewhere) {
    const auto here = told.here.residence;
    if (here < Residence::passing || here == Residence::caller) return false;
    return told.of_field != Residence::kin || here == Residence::kin;
  }
  const auto& best = told.best;
  if (!best.clear()) return false;
  if (told.field_denied && best.residence >= Residence::passing) return true;
  // Whoever typed an address typed where the person lives; and a father who left for far away is not the
  // person.
  const bool elsewhere = best.found.what == Found::What::elsewhere;
  return best.residence == Residence::kin ||
         (best.residence == Residence::other && !elsewhere && !with_address);
}

// Nothing but a street, or several communes: whoever has the street.
void Territory::by_street(Evidence& chosen, const Words& address) const {
  if (chosen.clear() || streets_.known() == nullptr) return;
  constexpr std::size_t most = 64;
  std::vector<std::uint32_t> having;
  for (const auto& insee : streets_.communes_with(address, most))
    if (const auto commune = places_.by_insee(insee)) having.push_back(*commune);
  const auto& possible = chosen.found.communes;
  const auto impossible = [&](std::uint32_t commune) {
    return chosen.told() && std::find(possible.begin(), possible.end(), commune) == possible.end();
  };
  std::erase_if(having, impossible);
  constexpr std::size_t few = 5;
  if (having.empty() || having.size() > few) return;
  if (having.size() == 1 && chosen.told()) {
    chosen.found.what = Found::What::commune;
    chosen.source = "street";
  } else if (!chosen.told()) {  // a name may stand in a commune that is not the site's: never sure
    chosen.found.what = Found::What::several;
    chosen.typed = cut(address.text, 60);
  }
  chosen.found.communes = std::move(having);
}

Place Territory::locate(const Call& call, const Words& note) const {
  const auto address = words_of(cut(call.address, 400));
  auto chosen = from_field(call);
  if (chosen.found.what == Found::What::several) choose_among(chosen, address, note, call.day);
  const auto told = from_note(note, chosen);
  const auto written = from_address(address);
  if (!call.commune_chosen && (!chosen.clear() || chosen.found.weak)) narrow(chosen, written, told.best);
  const bool from_far = chosen.found.what == Found::What::elsewhere;
  if (chosen.source == "commune" && !call.commune_chosen) {
    if (from_far && written.found.what == Found::What::commune) {
      chosen = written;
    } else if (contradicts(written.found, chosen.found)) {
      const auto other = chosen.found.communes[0];
      chosen = written;
      chosen.found.weak = true;
      chosen.found.communes.push_back(other);
    } else if (goes_before_field(chosen, told, !address.list.empty())) {
      chosen = from_far ? told.here : told.best;
    }
  }
  by_street(chosen, address);
  Place place;
  name_place(place, chosen, call.day);
  if (!place.insee.empty()) find_unit(place, address, note, call.day);
  auto no_home = no_home_.told_in(note);
  if (no_home.empty()) no_home = no_home_.told_in(words_of(call.commune + " / " + call.address));
  apply_rules(place, no_home);
  return place;
}

}  // namespace bannette::router
