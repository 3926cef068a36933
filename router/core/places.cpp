#include "router/core/places.hpp"

#include <algorithm>
#include <array>

#include "router/core/place_words.hpp"
#include "router/core/spelling.hpp"

namespace bannette::router {
namespace {

// The same words, each typed one a beginning: "marcq en b" for "marcq en baroeul", "neuville" for "neuville
// en ferrain", "n en ferrain" where another word stands nearly whole.
bool abbreviates(const std::vector<std::string>& typed, std::vector<std::string> name, bool served) {
  constexpr std::size_t plain = 4;  // letters from which a beginning names a word
  if (typed.size() > 1 && std::none_of(typed.begin() + 1, typed.end(), is_place_link)) {  // "forest marque"
    name.erase(std::remove_if(name.begin() + 1, name.end(), is_place_link), name.end());
  }
  const std::size_t skip =
      !typed.empty() && !name.empty() && is_article(name[0]) && typed[0] != name[0] ? 1 : 0;
  if (typed.size() + skip > name.size()) return false;
  for (std::size_t i = 0; i < typed.size(); ++i)
    if (!name[i + skip].starts_with(typed[i])) return false;
  const bool initials = served && typed.size() >= 3 && typed.size() + skip == name.size();  // "m en b"
  return initials || typed[0] == name[skip] ||
         std::any_of(typed.begin(), typed.end(), [](const auto& word) { return word.size() >= plain; });
}

}  // namespace

Places::Places(std::vector<Commune> communes, const std::vector<Alias>& aliases,
               const std::vector<Elsewhere>& elsewhere, const std::vector<Sector>& sectors)
    : communes_(std::move(communes)) {
  for (std::uint32_t i = 0; i < communes_.size(); ++i) {
    population_ += communes_[i].population;
    by_insee_[communes_[i].insee] = i;
    for (const auto& code : communes_[i].postal_codes) by_postal_[code].push_back(i);
    add(communes_[i].name, i, false, false);
  }
  for (const auto& sector : sectors)
    if (const auto found = by_insee_.find(sector.insee); found != by_insee_.end())
      served_.insert(found->second);
  for (const auto& alias : aliases)
    if (const auto found = by_insee_.find(alias.insee); found != by_insee_.end())
      add(alias.name, found->second, false, true);
  for (const auto& place : elsewhere) {
    elsewhere_.push_back(place.where.empty() ? place.name : place.name + " (" + place.where + ")");
    add(place.name, static_cast<std::uint32_t>(elsewhere_.size() - 1), true, false);
  }
}

void Places::add(std::string_view written, std::uint32_t target, bool is_elsewhere, bool alias) {
  Name name;
  name.words = split_words(fold(written));
  if (name.words.empty()) return;
  spell_out(name.words);
  name.compact = joined(name.words);
  name.sound = sound_of(name.compact);
  name.sound_by_word = sound_by_word(name.words);
  name.target = target;
  name.elsewhere = is_elsewhere;
  name.alias = alias;
  name.letters = letters_of(name.compact);
  const auto number = static_cast<std::uint32_t>(names_.size());
  by_compact_[name.compact].push_back(number);
  by_first_word_[name.words[0]].push_back(number);
  const auto link = std::find_if(name.words.begin(), name.words.end(), is_place_link);
  if (!is_elsewhere && !alias && link != name.words.begin() && link != name.words.end())
    by_stem_[joined({name.words.begin(), link})].push_back(number);
  names_.push_back(std::move(name));
}

std::optional<std::uint32_t> Places::by_insee(const std::string& insee) const {
  const auto found = by_insee_.find(insee);
  return found == by_insee_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Places::key_words(std::uint32_t commune) const {
  auto words = split_words(fold(communes_[commune].name));
  spell_out(words);
  return words;
}

// The site's communes come before places elsewhere, official names before others.
void Places::settle(Found& found, std::vector<const Name*> names) const {
  const auto keep = [&](auto&& wanted) {
    if (std::any_of(names.begin(), names.end(), wanted))
      std::erase_if(names, [&](const Name* n) { return !wanted(n); });
  };
  keep([](const Name* n) { return !n->elsewhere; });
  keep([](const Name* n) { return !n->alias; });
  if (names.empty()) return;
  if (names[0]->elsewhere) {
    found.what = Found::What::elsewhere;
    found.place = elsewhere_[names[0]->target];
    return;
  }
  for (const auto* name : names)
    if (std::find(found.communes.begin(), found.communes.end(), name->target) == found.communes.end())
      found.communes.push_back(name->target);
  found.what = found.communes.size() == 1 ? Found::What::commune : Found::What::several;
  if (names[0]->alias && found.how == Found::How::name) found.how = Found::How::alias;
}

// Of several that bear a name: the only one that the site serves first, or the one with far more people.
bool Places::likeliest_first(std::vector<std::uint32_t>& communes) const {
  constexpr std::uint32_t far_more = 4;
  const auto is_served = [&](std::uint32_t commune) { return serves(commune); };
  if (std::count_if(communes.begin(), communes.end(), is_served) == 1) {
    const auto its = std::find_if(communes.begin(), communes.end(), is_served);
    std::rotate(communes.begin(), its, its + 1);
    return true;
  }
  std::sort(communes.begin(), communes.end(),
            [&](auto a, auto b) { return communes_[a].population > communes_[b].population; });
  return communes.size() == 1 ||
         communes_[communes[0]].population > far_more * communes_[communes[1]].population;
}

Found Places::by_code(std::string_view code) const {
  Found found;
  if (const auto postal = by_postal_.find(std::string(code)); postal != by_postal_.end()) {
    found.how = Found::How::postal;
    found.communes = postal->second;
    found.what = found.communes.size() == 1 ? Found::What::commune : Found::What::several;
  } else if (const auto insee = by_insee_.find(std::string(code)); insee != by_insee_.end()) {
    found.how = Found::How::code;
    found.communes = {insee->second};
    found.what = Found::What::commune;
  } else if (!communes_.empty() && !code.starts_with(communes_[0].insee.substr(0, 2))) {
    found.what = Found::What::elsewhere;
    found.how = Found::How::postal;
    found.place = std::string(code);
  }
  return found;
}

Found Places::exact(const std::vector<std::string>& words) const {
  Found found;
  const auto same = by_compact_.find(joined(words));
  if (same == by_compact_.end()) return found;
  std::vector<const Name*> names;
  for (const auto number : same->second) names.push_back(&names_[number]);
  settle(found, std::move(names));
  return found;
}

Found Places::abbreviated(const std::vector<std::string>& words) const {
  Found found{.how = Found::How::abbreviation};
  std::vector<const Name*> names;
  for (const auto& name : names_)
    if (!name.elsewhere && abbreviates(words, name.words, serves(name.target))) names.push_back(&name);
  settle(found, std::move(names));
  // Of several, the only one that the site serves is meant most often: proposed, with the others.
  if (found.what == Found::What::several && likeliest_first(found.communes) && serves(found.communes[0])) {
    found.what = Found::What::commune;
    found.weak = true;
  }
  return found;
}

Found Places::inside(const std::vector<std::string>& words) const {
  Found found{.how = Found::How::inside};
  for (std::size_t length = std::min<std::size_t>(words.size() - 1, 6); length > 0; --length)
    for (std::size_t from = 0; from + length <= words.size(); ++from) {
      std::vector<std::string> part(words.begin() + static_cast<std::ptrdiff_t>(from),
                                    words.begin() + static_cast<std::ptrdiff_t>(from + length));
      if (joined(part).size() < 3) continue;
      if (auto here = exact(part); here.what != Found::What::nothing) {
        here.how = Found::How::inside;
        return here;
      }
    }
  return found;
}

// Two or three letters: one of the communes that the site serves, to be looked at; the beginning of its name,
// or the first and some of the others ("hm", "rob").
Found Places::begun(const std::string& letters) const {
  Found found{.how = Found::How::abbreviation, .weak = true};
  std::vector<const Name*> names;
  const auto collect = [&](auto&& fits) {
    for (const auto& name : names_)
      if (!name.elsewhere && !name.alias && serves(name.target) && fits(name.compact)) names.push_back(&name);
  };
  if (letters.size() == 3) collect([&](const std::string& name) { return name.starts_with(letters); });
  if (names.empty() && letters.size() > 1)
    collect([&](const std::string& name) {
      return 2 * name.size() <= 5 * letters.size() && abridges(letters, name);
    });
  settle(found, std::move(names));
  return found;
}

// From the plainest reading to the boldest.
Found Places::by_name(const std::vector<std::string>& words) const {
  if (words.empty()) return {};
  auto found = exact(words);
  if (found.what == Found::What::nothing) found = abbreviated(words);
  const bool begun_elsewhere = found.what != Found::What::nothing && found.how == Found::How::abbreviation &&
                               !serves(found.communes[0]);
  if (begun_elsewhere) {  // "marq" begins other names, and is Marcq with a slip
    auto slip = misspelt(words, 1);
    if (slip.what == Found::What::commune && serves(slip.communes[0])) return slip;
  }
  if (found.what == Found::What::nothing && words.size() == 1 && words[0].size() <= 3)
    found = begun(words[0]);
  if (found.what != Found::What::nothing) return found;
  found = misspelt(words, slips_allowed(joined(words).size()));
  if (found.what == Found::What::commune && !found.weak) return found;
  auto part = inside(words);
  for (std::size_t i = 0;
       part.what == Found::What::nothing && words.size() > 1 && i < std::min<std::size_t>(words.size(), 6);
       ++i)
    if (words[i].size() >= 5) part = misspelt({words[i]}, 1);
  return part.what == Found::What::nothing ? found : part;
}

Found Places::resolve(std::string_view typed) const {
  auto words = split_words(fold(cut(typed, 200)));
  std::string code;
  std::string country;
  std::vector<std::string> name;
  for (auto& word : words) {
    if (word.size() == 5 && all_digits(word))
      code = word;
    else if (word == "59" || word == "cedex")
      continue;
    else if (word == "belgique" || word == "belgik" || word == "be" ||
             (word == "b" && name.size() + 1 == words.size()))
      country = word;
    else if (word.size() == 2 && all_digits(word) && !name.empty())
      country = word;
    else
      name.push_back(std::move(word));
  }
  if (country == "b" && typed.find('(') == std::string_view::npos) {  // "marcq en b" is no country
    country.clear();
    name.emplace_back("b");
  }
  if (!country.empty())
    return {.what = Found::What::elsewhere, .communes = {}, .place = cut(clean(typed), 60)};
  spell_out(name);
  auto by_its_name = by_name(name);
  if (code.empty() || (by_its_name.what == Found::What::commune && !by_its_name.weak)) return by_its_name;
  auto by_its_code = by_code(code);
  if (by_its_code.what == Found::What::nothing) by_its_code = exact({code});  // the code of a former commune
  return by_its_code.what == Found::What::nothing ? by_its_name : by_its_code;
}

}  // namespace bannette::router
