#include "router/core/residence.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "router/core/streets.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t window = 10;  // words looked at before the name

bool begins(const std::string& word, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](auto b) { return word.starts_with(b); });
}
bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool lives(const std::string& w) {
  return begins(w, {"habit", "resid", "demeur", "domicili", "loge", "locataire", "heberg", "emmenag",
                    "demenag", "etabli", "install", "accueilli"}) ||
         is_one_of(w, {"vit", "vivent", "vis", "vivre", "vivant", "log", "hab", "dort", "dorment", "logement",
                       "maison", "appartement", "appart", "apt", "coron", "hlm"});
}
bool is_elsewhere_in_life(const std::string& w) {  // work, school, birth, journeys
  return begins(w, {"travail", "boss",   "embauch",    "hopita",  "hospit",    "cliniq",     "formation",
                    "contrat", "stage",  "lycee",      "college", "ecole",     "tribunal",   "prefectur",
                    "quitt",   "deplac", "secretaire", "ccas",    "directeur", "directrice", "medecin"}) ||
         is_one_of(w, {"ne",   "nee",    "nes",   "ch",    "chu",     "chr",      "cdd", "cdi",   "poste",
                       "vers", "jusqu",  "train", "bus",   "mission", "chantier", "taf", "usine", "entrepot",
                       "venu", "retour", "mute",  "mutee", "bureau",  "secteur",  "rdv", "mairie"});
}
bool is_kin(const std::string& w) {
  return begins(w, {"mere",    "pere",    "soeur",        "frere",   "tante", "oncle",  "neveu",  "niece",
                    "maman",   "papa",    "cousin",       "mamie",   "mami",  "papi",   "papy",   "marraine",
                    "parrain", "filleul", "beneficiaire", "patient", "bebe",  "enfant", "parents"}) ||
         is_one_of(w, {"ami", "amie", "copain", "copine", "fille", "fils", "voisin", "voisine", "petit",
                       "petite", "detenu", "gamin", "gamine", "femme", "homme"});
}
bool is_pronoun(const std::string& w) {
  return is_one_of(
      w, {"elle", "il", "ils", "elles", "qui", "el", "y", "mr", "mme", "monsieur", "madame", "dame"});
}
bool is_speaker(const std::string& w) {
  return begins(w, {"appelant"}) || is_one_of(w, {"j", "je", "moi", "nous", "suis", "chuis", "lui", "on"});
}
bool is_link(const std::string& w) {
  return is_one_of(w, {"a", "de", "d", "sur", "en", "dans", "ds", "la", "le", "les", "l", "ville"});
}

// What stands before the name, nearest first, until the sentence ends.
struct Before {
  bool home = false;
  bool busy = false;  // work, school, journeys: before any home
  bool chez = false;
  bool street = false;
  bool kin_at_start = false;  // "sa mère à Béthune": the first words of the note, nothing else between
  Residence who = Residence::none;
};

Before look_back(const std::vector<Word>& words, std::size_t at) {
  Before before;
  bool only_links = true;
  const auto from = at > window ? at - window : 0;
  for (auto i = at; i-- > from;) {
    const auto& word = words[i];
    if (word.sentence != words[at].sentence) break;
    if (!before.home && is_elsewhere_in_life(word.text)) before.busy = true;
    if (!before.busy && lives(word.text)) before.home = true;
    if ((word.text == "chez" || word.text == "par") && at - i <= 5) before.chez = true;
    if (word.text == "rue" || word.text == "avenue" || word.text == "boulevard" || word.text == "bd")
      before.street = true;
    if (before.who == Residence::none) {
      if (is_speaker(word.text))
        before.who = Residence::caller;
      else if (is_kin(word.text))
        before.who = Residence::kin;
      else if (is_pronoun(word.text) && (before.home || word.text != "y"))
        before.who = Residence::other;
    } else if (before.who == Residence::other && is_kin(word.text) && before.home) {
      before.who = Residence::kin;  // "sa mère, elle vit à ..."
    }
    if (only_links && is_kin(word.text) && i <= 5) before.kin_at_start = true;
    if (!is_link(word.text) && word.number < 0 && word.text != "ans" && word.text != "est" &&
        word.text != "elle")
      only_links = false;
  }
  return before;
}

// "pas celle de Lille"
bool denied(const std::vector<Word>& words, std::size_t at) {
  for (auto i = at; i-- > (at > 3 ? at - 3 : 0) && words[i].clause == words[at].clause;)
    if (words[i].text == "pas" || words[i].text == "non") return true;
  return false;
}

}  // namespace

Residence residence_of(const std::vector<Word>& words, const Mention& mention) {
  const auto at = mention.first;
  if (Streets::names_street(words, at)) return Residence::none;
  if (at == 0) return Residence::passing;
  const auto& previous = words[at - 1].text;
  if (is_one_of(previous, {"monsieur", "madame", "mme", "mr", "m", "mlle", "dr", "maitre"}))
    return Residence::none;  // a person's name
  if (is_one_of(previous, {"la", "le", "les", "l", "une", "un"})) return Residence::none;
  if (previous.starts_with("quitt") || denied(words, at)) return Residence::none;
  if (at >= 2 && previous == "de" && words[at - 2].text == "pres") return Residence::weak;
  if (at >= 5 && (previous == "de" || previous == "d") && is_kin(words[at - 2].text))
    return Residence::kin;  // "un patient de Lens"
  const bool linked = is_one_of(previous, {"a", "sur", "de", "d", "en", "ds", "dans"});
  const auto before = look_back(words, at);
  const bool told_home = before.home || (before.chez && linked) || (before.street && linked);
  if (before.kin_at_start && (previous == "a" || (at >= 2 && words[at - 2].text == "est")))
    return Residence::kin;
  if (before.busy && !before.home) return Residence::weak;
  if (told_home && (linked || before.home)) {
    switch (before.who) {
      case Residence::caller:
        return Residence::caller;
      case Residence::kin:
        return Residence::kin;
      case Residence::other:
        return Residence::other;
      default:
        return Residence::home;
    }
  }
  if (linked) return Residence::passing;
  return words[at - 1].clause != words[at].clause ? Residence::passing : Residence::weak;
}

}  // namespace bannette::router
