// Streets, houses and flats.
#include <algorithm>

#include "router/core/scrub.hpp"
#include "router/core/scrub_words.hpp"

namespace bannette::router::scrubbing {
namespace {

constexpr std::size_t street_words_max = 6;

// A street whenever a name follows it.
const WordSet& streets() {
  static const WordSet words{"rue",   "avenue", "ave",    "boulevard", "bd",
                             "bld",   "blvd",   "boul",   "chaussee",  "impasse",
                             "allee", "square", "ruelle", "venelle",   "sentier"};
  return words;
}
// A street only with a number before it or a capital behind it: "pas de place", "en route", "av" (before).
const WordSet& perhaps_streets() {
  static const WordSet words{"place",   "pl",    "quai",        "route",  "rte",  "chemin",   "cour",
                             "cours",   "av",    "r",           "ch",     "all",  "imp",      "sq",
                             "passage", "voie",  "residence",   "res",    "cite", "quartier", "immeuble",
                             "foyer",   "hotel", "lotissement", "camping"};
  return words;
}
const WordSet& parts() {
  static const WordSet words{"appt",  "apt",    "app",      "appartement", "bat", "batiment", "etage",
                             "porte", "entree", "escalier", "chambre",     "bal", "lot"};
  return words;
}
bool opens(std::string_view link) {  // "rue de la ...", but not "à la rue la nuit"
  return link == "de" || link == "du" || link == "des" || link == "d" || link == "l";
}
bool is_suffix(std::string_view word) {
  return word == "bis" || word == "ter" || word == "quater" || word == "b" || word == "a";
}

class Addresses {
 public:
  Addresses(const Words& words, const Scrubber& known, std::vector<Mark>& marks)
      : words_(words), known_(known), marks_(marks) {}

  void find() {
    for (std::size_t at = 0; at < words_.list.size(); ++at) {
      if (streets().contains(text(at)) || perhaps_streets().contains(text(at))) street(at);
      if (parts().contains(text(at))) part(at);
    }
  }

 private:
  [[nodiscard]] const std::string& text(std::size_t at) const { return words_.list[at].text; }
  [[nodiscard]] bool follows(std::size_t at) const {
    return at < words_.list.size() && words_.list[at].clause == words_.list[at - 1].clause &&
           words_.list[at].sentence == words_.list[at - 1].sentence;
  }

  // Where the house's number begins: "12 bis, rue".
  [[nodiscard]] std::size_t begin_of(std::size_t kind) const {
    for (std::size_t back = 1; back <= 2 && back <= kind; ++back) {
      if (words_.list[kind - back].number > 0) return kind - back;
      if (!is_suffix(text(kind - back))) break;
    }
    return kind;
  }

  // Words of the name: the first one behind the articles, then what goes on like a name.
  [[nodiscard]] std::size_t end_of(std::size_t kind, bool numbered) const {
    std::size_t at = kind + 1;
    while (follows(at) && is_link(text(at)) && (at > kind + 1 || opens(text(at))) && at - kind <= 3) ++at;
    const bool linked = at > kind + 1;
    if (!follows(at) || words_.list[at].number >= 0) return kind;
    const bool name = is_capitalised(words_, at) || known_.is_place(text(at)) || !is_ordinary(at);
    const bool street = streets().contains(text(kind));
    if (!name && !(street ? linked || numbered : linked && numbered)) return kind;
    std::size_t end = at + 1;
    while (end - kind <= street_words_max && follows(end)) {
      std::size_t next = end;
      while (follows(next) && is_link(text(next)) && next - end < 3) ++next;
      if (!follows(next) || words_.list[next].number >= 0) break;
      if (is_ordinary(next) && !(is_capitalised(words_, next) && !known_.is_place(text(next)))) break;
      end = next + 1;
    }
    return end;
  }
  [[nodiscard]] bool is_ordinary(std::size_t at) const {
    if (text(at).size() == 1) return true;
    return ordinary_words().contains(text(at)) && !given_names_and_words().contains(text(at));
  }

  void street(std::size_t kind) {
    const std::size_t begin = begin_of(kind);
    std::size_t end = end_of(kind, begin < kind);
    if (end == kind) {
      if (begin < kind && streets().contains(text(kind))) take(begin, kind + 1);
      return;
    }
    const bool perhaps = !streets().contains(text(kind));
    if (perhaps && begin == kind && !is_capitalised(words_, behind_links(kind))) return;
    if (end < words_.list.size() && words_.list[end].number > 0 && !counts_something(end)) ++end;
    take(begin, end);
  }
  [[nodiscard]] std::size_t behind_links(std::size_t kind) const {
    std::size_t at = kind + 1;
    while (follows(at) && is_link(text(at))) ++at;
    return std::min(at, words_.list.size() - 1);
  }
  // "rue de Gand 3 enfants", "rue de Gand 18 ans" are no house.
  [[nodiscard]] bool counts_something(std::size_t at) const {
    return at + 1 < words_.list.size() && follows(at + 1) && !is_suffix(text(at + 1)) &&
           (is_ordinary(at + 1) || text(at + 1).size() <= 2);
  }

  void part(std::size_t at) {
    if (!follows(at + 1)) return;
    const auto& next = words_.list[at + 1];
    const bool letter = next.text.size() == 1 && is_capitalised(words_, at + 1);
    if (next.number >= 0 || letter) take(at + 1, at + 2);
  }

  void take(std::size_t first, std::size_t last) {
    marks_.push_back({words_.list[first].begin, words_.list[last - 1].end, address});
  }

  const Words& words_;
  const Scrubber& known_;
  std::vector<Mark>& marks_;
};

}  // namespace

void find_addresses(const Words& words, const Scrubber& known, std::vector<Mark>& marks) {
  Addresses(words, known, marks).find();
}

}  // namespace bannette::router::scrubbing
