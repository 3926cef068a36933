#include "router/core/places.hpp"

#include <algorithm>
#include <array>

#include "router/core/spelling.hpp"

namespace bannette::router {
namespace {

std::vector<std::string> split_words(std::string_view folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// "St" and "Ste", "s/" and "les" as the official names write them.
void spell_out(std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool inner = i > 0 && i + 1 < words.size();
    if (words[i] == "st")
      words[i] = "saint";
    else if (words[i] == "ste")
      words[i] = "sainte";
    else if (inner && (words[i] == "s" || words[i] == "sr"))
      words[i] = "sur";
    else if (inner && (words[i] == "les" || words[i] == "le" || words[i] == "lz"))
      words[i] = "lez";
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += word;
  return out;
}

bool is_article(std::string_view word) {
  return word == "le" || word == "la" || word == "les" || word == "l";
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_link(std::string_view word) {
  return word == "sur" || word == "lez" || word == "en" || word == "sous" || word == "d" || word == "au";
}

std::string sound_by_word(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += sound_of(word);
  return out;
}

// The same words, each typed one a beginning: "marcq en b" for "marcq en baroeul", "neuville" for "neuville
// en ferrain".
bool abbreviates(const std::vector<std::string>& typed, std::vector<std::string> name) {
  if (typed.size() > 1 && std::none_of(typed.begin() + 1, typed.end(), is_link)) {  // "forest marque"
    name.erase(std::remove_if(name.begin() + 1, name.end(), is_link), name.end());
  }
  const std::size_t skip =
      !typed.empty() && !name.empty() && is_article(name[0]) && typed[0] != name[0] ? 1 : 0;
  if (typed.size() + skip > name.size()) return false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const auto& whole = name[i + skip];
    if (!whole.starts_with(typed[i])) return false;
    if (i == 0 && whole != typed[i] && typed[i].size() < 4) return false;
  }
  return true;
}

}  // namespace

Places::Places(std::vector<Commune> communes, const std::vector<Alias>& aliases,
               const std::vector<Elsewhere>& elsewhere)
    : communes_(std::move(communes)) {
  for (std::uint32_t i = 0; i < communes_.size(); ++i) {
    by_insee_[communes_[i].insee] = i;
    for (const auto& code : communes_[i].postal_codes) by_postal_[code].push_back(i);
    add(communes_[i].name, i, false, false);
  }
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
  name.target = target;
  name.elsewhere = is_elsewhere;
  name.alias = alias;
  const auto number = static_cast<std::uint32_t>(names_.size());
  by_compact_[name.compact].push_back(number);
  by_first_word_[name.words[0]].push_back(number);
  by_sound_[name.sound].push_back(number);
  if (auto by_word = sound_by_word(name.words); by_word != name.sound) by_sound_[by_word].push_back(number);
  names_.push_back(std::move(name));
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
    if (!name.elsewhere && abbreviates(words, name.words)) names.push_back(&name);
  settle(found, std::move(names));
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

Found Places::misspelt(const std::string& compact, int most, bool is_elsewhere) const {
  Found found{.how = Found::How::slip};
  int least = std::min(most, slips_allowed(compact.size()));
  std::vector<const Name*> names;
  for (const auto& name : names_) {
    if (name.compact.size() < 4 || name.elsewhere != is_elsewhere) continue;
    const int slips = distance(compact, name.compact, least);
    if (slips > least || (slips == 2 && name.compact.size() < 6)) continue;
    if (slips < least) names.clear();
    least = slips;
    names.push_back(&name);
  }
  if (names.size() > 1) {  // of several that are as near, the one that sounds the same
    const auto sound = sound_of(compact);
    const auto alike = [&](const Name* n) { return n->sound == sound; };
    if (std::any_of(names.begin(), names.end(), alike))
      std::erase_if(names, [&](const Name* n) { return !alike(n); });
  }
  found.weak = least > 1 && compact.size() < 8;
  settle(found, std::move(names));
  return found;
}

Found Places::by_sound(const std::vector<std::string>& words) const {
  Found found{.how = Found::How::sound, .weak = true};
  std::vector<const Name*> names;
  for (const auto& sound : {sound_by_word(words), sound_of(joined(words))})
    if (const auto same = by_sound_.find(sound); same != by_sound_.end() && sound.size() >= 2)
      for (const auto number : same->second)
        if (!names_[number].elsewhere) names.push_back(&names_[number]);
  settle(found, std::move(names));
  return found;
}

// From the plainest reading to the boldest.
Found Places::by_name(const std::vector<std::string>& words) const {
  if (words.empty()) return {};
  const auto compact = joined(words);
  const bool short_enough = compact.size() <= 48;
  auto found = exact(words);
  const auto attempt = [&](auto&& reading) {
    if (found.what == Found::What::nothing) found = reading();
  };
  attempt([&] { return abbreviated(words); });
  if (short_enough) {
    attempt([&] { return misspelt(compact, 1, false); });
    attempt([&] { return by_sound(words); });
    attempt([&] { return misspelt(compact, 2, false); });
  }
  if (found.what == Found::What::nothing || found.weak)
    if (auto part = inside(words); part.what != Found::What::nothing &&
                                   (found.what == Found::What::nothing || found.how == Found::How::slip))
      return part;
  if (short_enough) attempt([&] { return misspelt(compact, 2, true); });
  return found;
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

std::vector<Mention> Places::mentions(const std::vector<Word>& words) const {
  std::vector<Mention> found;
  for (std::size_t at = 0; at < words.size();) {
    std::vector<const Name*> best;
    std::size_t length = 0;
    auto first = words[at].text;
    if (first == "st") first = "saint";
    if (first == "ste") first = "sainte";
    const auto starts = by_first_word_.find(first);
    for (const auto number : starts == by_first_word_.end() ? std::vector<std::uint32_t>{} : starts->second) {
      const auto& name = names_[number];
      if (name.words.size() < length || at + name.words.size() > words.size()) continue;
      std::vector<std::string> here;
      for (std::size_t i = 0; i < name.words.size(); ++i) here.push_back(words[at + i].text);
      spell_out(here);
      if (here != name.words) continue;
      if (name.words.size() > length) best.clear();
      length = name.words.size();
      best.push_back(&name);
    }
    if (best.empty()) {
      ++at;
      continue;
    }
    Found meant;
    settle(meant, best);
    found.push_back({at, at + length, meant.what == Found::What::elsewhere, meant.communes, meant.place});
    at += length;
  }
  return found;
}

}  // namespace bannette::router
