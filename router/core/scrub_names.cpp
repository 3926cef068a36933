// Names of people: behind a title, beside "prénom" or "sa fille", given names, and what is capitalised or
// unknown.
#include <algorithm>

#include "router/core/scrub.hpp"
#include "router/core/scrub_words.hpp"

namespace bannette::router::scrubbing {
namespace {

constexpr std::size_t name_words_max = 5;

const WordSet& titles() {
  static const WordSet words{"mme",          "mmes",    "madame", "mesdames",   "mlle",      "melle",
                             "mademoiselle", "mr",      "mrs",    "monsieur",   "messieurs", "m",
                             "dr",           "docteur", "pr",     "professeur", "maitre",    "me",
                             "famille",      "epoux",   "veuve",  "consorts"};
  return words;
}

// A word behind which a name stands, if a name is there at all.
const WordSet& introductions() {
  static const WordSet words{
      "prenom",     "prenomme", "prenommee", "nomme",     "nommee",    "denomme",   "denommee",   "nom",
      "fils",       "fille",    "frere",     "soeur",     "mere",      "pere",      "maman",      "papa",
      "mari",       "femme",    "epouse",    "conjoint",  "conjointe", "compagnon", "compagne",   "ami",
      "amie",       "neveu",    "niece",     "oncle",     "tante",     "cousin",    "cousine",    "bebe",
      "petit",      "petite",   "jeune",     "enfant",    "garcon",    "ado",       "voisin",     "voisine",
      "nee",        "ne",       "mineur",    "mineure",   "concubin",  "concubine", "assistante", "educateur",
      "educatrice", "contact",  "appelant",  "appelante", "signe"};
  return words;
}

class Names {
 public:
  Names(const Words& words, const Scrubber& known, std::vector<Mark>& marks)
      : words_(words), known_(known), marks_(marks), shouting_(is_shouting()) {}

  void find() {
    for (std::size_t at = 0; at < words_.list.size(); ++at) {
      if (is_title(at))
        behind_title(at + 1);
      else if (is_introduction(at))
        behind_introduction(at + 1);
      if (stands_as_name(at)) take(at, at + 1);
    }
    spread();
  }

 private:
  [[nodiscard]] const std::string& text(std::size_t at) const { return words_.list[at].text; }
  [[nodiscard]] bool capitalised(std::size_t at) const { return !shouting_ && is_capitalised(words_, at); }
  [[nodiscard]] bool number(std::size_t at) const { return words_.list[at].number >= 0; }
  [[nodiscard]] bool is_given(std::size_t at) const {
    return given_names().contains(text(at)) || given_names_and_words().contains(text(at));
  }
  [[nodiscard]] bool follows(std::size_t at) const {  // in one breath with the word before
    return at < words_.list.size() && words_.list[at].sentence == words_.list[at - 1].sentence &&
           words_.list[at].clause == words_.list[at - 1].clause;
  }

  // Case says nothing where most words are in capitals.
  [[nodiscard]] bool is_shouting() const {
    std::size_t upper = 0;
    for (std::size_t at = 0; at < words_.list.size(); ++at)
      if (is_capitalised(words_, at)) ++upper;
    return words_.list.size() >= 4 && upper * 10 >= words_.list.size() * 7;
  }

  // "M." and "Me" are titles before a capital or, "M", before a full stop: "m" is a letter, "me" a word.
  [[nodiscard]] bool is_title(std::size_t at) const {
    if (!titles().contains(text(at))) return false;
    if (text(at) != "m" && text(at) != "me" && text(at) != "pr") return true;
    if (at + 1 >= words_.list.size()) return false;
    const std::size_t end = words_.list[at].end;
    const bool dotted = text(at) == "m" && end < words_.text.size() && words_.text[end] == '.';
    return dotted || (capitalised(at + 1) && (text(at) == "m" || capitalised(at)));
  }

  [[nodiscard]] bool is_introduction(std::size_t at) const {
    if (introductions().contains(text(at))) return true;
    const bool itself = at > 0 && (text(at - 1) == "s" || text(at - 1) == "m");  // "s'appelle"
    return itself && text(at).starts_with("appel");
  }

  // "Mme Vandeputte Ginette", "mr de smet", "Mme Petit": the first word unless notes go on with it.
  void behind_title(std::size_t at) {
    if (at >= words_.list.size()) return;
    if (titles().contains(text(at)) || text(at) == "et") return;  // "M. et Mme": the next title's turn
    std::size_t first = at;
    const auto is_initial = [&] { return text(first).size() == 1 && capitalised(first); };
    while (first + 1 < words_.list.size() && is_link(text(first)) && !is_initial() && first - at < 3) ++first;
    const bool linked = first > at;
    if (number(first) && !capitalised(first)) return;                               // "Madame Six" is one
    const bool place = linked && known_.is_place(text(first)) && !capitalised(at);  // "madame de Roubaix"
    const bool surname = surnames_and_words().contains(text(first)) && (!linked || capitalised(first));
    const bool name = capitalised(first) && !is_known_acronym(first);
    if (!place && (name || surname || is_given(first) || !known_.is_known(text(first))))
      take(at, on(first + 1));
  }

  void behind_introduction(std::size_t at) {
    if (at >= words_.list.size() || !follows(at) || number(at)) return;
    const bool name = is_given(at) || (!known_.is_known(text(at)) && !is_link(text(at))) ||
                      (capitalised(at) && surnames_and_words().contains(text(at)));
    if (name) take(at, on(at + 1));
  }

  // By itself, wherever it stands.
  [[nodiscard]] bool stands_as_name(std::size_t at) const {
    if (number(at) || known_.is_place(text(at)) || titles().contains(text(at))) return false;
    if (given_names().contains(text(at))) return true;
    const bool unknown = !known_.is_known(text(at));
    if (capitalised(at)) {
      const bool first = at == 0 || words_.list[at].sentence != words_.list[at - 1].sentence;
      if (given_names_and_words().contains(text(at)) && !first) return true;
      return unknown && !is_short_acronym(at);
    }
    return unknown && text(at).size() >= 4 && !is_built_like_a_word(at);
  }

  // In lower case and not known, but with an ending that surnames do not have: "sexuelles", "hospitalisée".
  [[nodiscard]] bool is_built_like_a_word(std::size_t at) const {
    static constexpr std::string_view endings[] = {
        "tion",  "tions", "sion",  "sions", "ement",  "ements", "ait",   "aient", "rais", "ique",  "iques",
        "iste",  "istes", "able",  "ables", "ible",   "ibles",  "ilite", "alite", "ance", "ences", "euse",
        "euses", "trice", "elles", "iser",  "ifier",  "logie",  "logue", "pathe", "isme", "ienne", "iennes",
        "ifs",   "ives",  "antes", "entes", "issent", "erent",  "iez",   "ions"};
    const auto& word = words_.list[at];
    const auto written = std::string_view(words_.text).substr(word.begin, word.end - word.begin);
    for (const std::string_view participle : {"é", "ée", "és", "ées"})
      if (written.ends_with(participle) && text(at).size() >= 6) return true;
    return text(at).size() >= 6 && std::any_of(std::begin(endings), std::end(endings),
                                               [&](auto ending) { return text(at).ends_with(ending); });
  }

  [[nodiscard]] bool is_known_acronym(std::size_t at) const {  // "Mr RSA"
    const auto& word = words_.list[at];
    const auto written = std::string_view(words_.text).substr(word.begin, word.end - word.begin);
    return written.size() >= 2 && ordinary_words().contains(text(at)) &&
           std::all_of(written.begin(), written.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  // "AS", "HAD": two or three capitals say what, not who.
  [[nodiscard]] bool is_short_acronym(std::size_t at) const {
    const auto& word = words_.list[at];
    const auto written = std::string_view(words_.text).substr(word.begin, word.end - word.begin);
    return written.size() <= 3 &&
           std::all_of(written.begin(), written.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  // How far a name goes on: capitals that are no known word, given names, particles before such.
  [[nodiscard]] std::size_t on(std::size_t at) const {
    const std::size_t begin = at;
    while (at < words_.list.size() && follows(at) && at - begin < name_words_max) {
      std::size_t next = at;
      while (next < words_.list.size() && is_link(text(next)) && next - at < 2) ++next;
      if (next >= words_.list.size() || !is_name_part(next)) return at;
      at = next + 1;
    }
    return at;
  }
  [[nodiscard]] bool is_name_part(std::size_t at) const {
    if (number(at) || known_.is_place(text(at))) return false;
    if (is_given(at)) return true;
    if (surnames_and_words().contains(text(at)) && capitalised(at)) return true;
    return !known_.is_known(text(at)) && (capitalised(at) || text(at).size() >= 4);
  }

  void take(std::size_t first, std::size_t last) {
    marks_.push_back({words_.list[first].begin, words_.list[last - 1].end, name});
    for (auto at = first; at < last; ++at) taken_.push_back(at);
  }

  // Beside a name: a capital or an initial ("D. Ginette"), and what a hyphen ties to it ("jean-pierre").
  void spread() {
    std::sort(taken_.begin(), taken_.end());
    const auto is_taken = [&](std::size_t at) {
      return std::binary_search(taken_.begin(), taken_.end(), at);
    };
    const std::vector<std::size_t> names = taken_;
    for (const auto at : names) {
      for (const bool back : {true, false}) {
        if (back ? at == 0 : at + 1 >= words_.list.size()) continue;
        const std::size_t other = back ? at - 1 : at + 1;
        if (is_taken(other) || number(other) || titles().contains(text(other))) continue;
        const auto& low = words_.list[std::min(at, other)];
        const auto& high = words_.list[std::max(at, other)];
        const auto between = std::string_view(words_.text).substr(low.end, high.begin - low.end);
        const bool initial = text(other).size() == 1 && capitalised(other);
        const bool capital =
            capitalised(other) && (is_short_acronym(other) ? !known_.is_known(text(other))
                                                           : surnames_and_words().contains(text(other)));
        const bool beside = between == " " || between == ". " || between == "-";
        if (between == "-" || (beside && (initial || capital))) take(other, other + 1);
      }
    }
  }

  const Words& words_;
  const Scrubber& known_;
  std::vector<Mark>& marks_;
  bool shouting_;
  std::vector<std::size_t> taken_;
};

}  // namespace

void find_names(const Words& words, const Scrubber& known, std::vector<Mark>& marks) {
  Names(words, known, marks).find();
}

}  // namespace bannette::router::scrubbing
