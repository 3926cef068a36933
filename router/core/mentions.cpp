// Names of places in a text.
#include <algorithm>
#include <array>

#include "router/core/place_words.hpp"
#include "router/core/places.hpp"
#include "router/core/spelling.hpp"
#include "router/core/unicode.hpp"

namespace bannette::router {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Behind the name: "en Belgique", "(Belgique)", "côté belge".
bool abroad(const std::vector<Word>& words, std::size_t after) {
  for (auto at = after; at < words.size() && at < after + 3; ++at) {
    if (words[at].text.starts_with("belgi") || words[at].text == "belge") return true;
    if (!is_one_of(words[at].text, {"en", "la", "cote", "partie"})) return false;
  }
  return false;
}

bool has_capital(const Words& text, std::size_t at) {
  auto begin = text.list[at].begin;
  return is_upper(next_code_point(text.text, begin));
}

bool may_begin(const std::string& word) {
  static constexpr std::array<std::string_view, 24> never{
      "la",   "le",    "les",  "l",    "un",        "une",  "son",   "sa",
      "ses",  "mon",   "ma",   "leur", "cote",      "cet",  "cette", "domicile",
      "seul", "seule", "avec", "chez", "proximite", "deux", "trois", "present"};
  return word.size() >= 3 && std::find(never.begin(), never.end(), word) == never.end();
}

}  // namespace

std::optional<Mention> Places::exact_at(const Words& text, std::size_t at) const {
  const auto& words = text.list;
  std::vector<std::string> first{words[at].text};
  spell_out(first);
  const auto starts = by_first_word_.find(first[0]);
  if (starts == by_first_word_.end()) return std::nullopt;
  std::vector<const Name*> best;
  std::size_t length = 0;
  for (const auto number : starts->second) {
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
  if (best.empty()) return std::nullopt;
  Found meant;
  settle(meant, std::move(best));
  return Mention{at, at + length, meant.what == Found::What::elsewhere, meant.communes, meant.place};
}

std::optional<Mention> Places::short_name_at(const Words& text, std::size_t at) const {
  const auto& words = text.list;
  const bool linked =
      at > 0 && is_one_of(words[at - 1].text, {"a", "de", "sur", "d", "vers", "habite", "vit"});
  if (!linked || words[at].text.size() < 5 || !has_capital(text, at)) return std::nullopt;
  const auto stem = by_stem_.find(words[at].text);
  if (stem == by_stem_.end()) return std::nullopt;
  Found found;
  std::vector<const Name*> names;
  for (const auto number : stem->second) names.push_back(&names_[number]);
  settle(found, std::move(names));
  const bool likely = likeliest_first(found.communes);
  return Mention{at, at + 1, false, std::move(found.communes), {}, likely, words[at].text};
}

std::optional<Mention> Places::misspelt_at(const Words& text, std::size_t at) const {
  const auto& words = text.list;
  if (at >= words.size() || !may_begin(words[at].text)) return std::nullopt;
  std::vector<std::string> typed;
  std::optional<Mention> best;
  for (auto last = at; last < words.size() && last < at + 4 && words[last].clause == words[at].clause;
       ++last) {
    if (words[last].number >= 0) break;
    typed.push_back(words[last].text);
    auto spelt = typed;
    spell_out(spelt);
    const auto size = joined(spelt).size();
    if (size < 5) continue;
    const auto found = misspelt(spelt, size < 8 ? 1 : 2);
    if (found.what == Found::What::commune && !found.weak && serves(found.communes[0]))
      best = Mention{at, last + 1, false, {found.communes[0]}, {}};
  }
  return best;
}

std::vector<Mention> Places::mentions(const Words& text) const {
  std::vector<Mention> found;
  for (std::size_t at = 0; at < text.list.size();) {
    auto mention = exact_at(text, at);
    if (!mention) mention = short_name_at(text, at);
    if (!mention) {
      ++at;
      continue;
    }
    if (!mention->elsewhere && abroad(text.list, mention->last)) {
      mention->elsewhere = true;
      mention->place = communes_[mention->communes[0]].name + " (Belgique)";
      mention->communes.clear();
    }
    at = mention->last;
    found.push_back(std::move(*mention));
  }
  return found;
}

}  // namespace bannette::router
