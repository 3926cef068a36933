#include "router/core/residence.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "router/core/streets.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t window = 12;  // words looked at before the name
constexpr std::size_t near_home = 6;

bool begins(const std::string& word, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](auto b) { return word.starts_with(b); });
}
bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool lives(const std::string& w) {
  return begins(w, {"habit", "resid", "demeur", "domicili", "loge", "locataire", "heberg", "emmenag",
                    "demenag", "etabli", "install", "accueill"}) ||
         is_one_of(w, {"vit",    "vivent",      "vis",      "vivre",   "vivant", "vivrait",   "vivraient",
                       "log",    "hab",         "dort",     "dorment", "dormir", "dormirait", "logement",
                       "maison", "appartement", "appart",   "apt",     "coron",  "hlm",       "ehpad",
                       "mapad",  "fjt",         "retraite", "foyer"});
}
// Nouns among these say so only of what stands near: "un logement à Lens", not "ancien du foyer, veut ... à
// Lens".
bool names_a_home(const std::string& w) {
  return begins(w, {"retraite"}) ||
         is_one_of(w, {"logement", "maison", "appartement", "appart", "apt", "coron", "hlm", "ehpad", "mapad",
                       "fjt", "foyer", "log", "locataire"});
}
bool is_elsewhere_in_life(const std::string& w) {  // work, school, offices, birth, journeys
  return begins(w, {"travail",   "boss",     "embauch",  "employ",    "hopita",   "hospit",  "cliniq",
                    "formation", "contrat",  "stage",    "lycee",     "college",  "ecole",   "tribunal",
                    "prefectur", "quitt",    "deplac",   "secretair", "direct",   "medecin", "origin",
                    "entrepris", "agence",   "maternit", "pharmac",   "cabinet",  "notair",  "associat",
                    "commissar", "gendarm",  "provis",   "creche",    "educat",   "infirm",  "permanenc",
                    "audience",  "psychiat", "conseill", "collegue",  "rapproch", "rejoin",  "etudi",
                    "universit", "livr",     "achet",    "stationn"}) ||
         is_one_of(w, {"ne",      "nee",      "nes",    "ch",    "chu",      "chr",     "cdd",      "cdi",
                       "poste",   "vers",     "jusqu",  "train", "bus",      "mission", "chantier", "taf",
                       "usine",   "entrepot", "venu",   "venue", "retour",   "mute",    "mutee",    "bureau",
                       "secteur", "rdv",      "mairie", "ccas",  "caf",      "cpam",    "emploi",   "asso",
                       "police",  "juge",     "cpe",    "samu",  "urgences", "ime",     "esat",     "itep",
                       "cmp",     "utpas",    "boulot", "gare",  "chef",     "patron",  "magasin",  "etudes",
                       "bts",     "fac",      "marche", "pres"});
}
bool is_kin(const std::string& w) {
  return begins(w, {"mere",   "pere",     "soeur",   "frere",   "tante",        "oncle",   "neveu",
                    "niece",  "maman",    "papa",    "cousin",  "mamie",        "mami",    "papi",
                    "papy",   "marraine", "parrain", "filleul", "beneficiaire", "patient", "bebe",
                    "enfant", "enft",     "parents", "compagn"}) ||
         is_one_of(w, {"ami",     "amie",     "copain", "copine",  "fille",     "fils",      "voisin",
                       "voisine", "petit",    "petite", "detenu",  "detenue",   "gamin",     "gamine",
                       "femme",   "homme",    "mari",   "epouse",  "conjoint",  "conjointe", "ado",
                       "eleve",   "proche",   "usager", "usagere", "locataire", "salarie",   "salariee",
                       "protege", "protegee", "couple", "famille", "bb"});
}
bool is_ward(const std::string& w) {  // of these somebody else speaks
  return begins(w, {"enf", "bebe", "beneficiaire", "patient", "usager", "detenu", "eleve", "salarie",
                    "protege"}) ||
         is_one_of(w, {"bb", "petit", "petite", "gamin", "gamine", "ado", "couple", "famille"});
}
bool is_owner(const std::string& w) {  // "sa mère", "s'mère", "min frère"
  return is_one_of(w, {"sa", "son", "ses", "ma", "mon", "mes", "leur", "leurs", "notre", "nos", "votre", "s",
                       "m", "min", "sin", "not"});
}
bool is_pronoun(const std::string& w) {
  return is_one_of(w, {"elle", "il", "ils", "elles", "qui", "el", "y", "mr", "mme", "monsieur", "madame",
                       "dame", "celui", "celle", "celui-ci", "mlle", "m", "jeune"});
}
bool is_speaker(const std::string& w) {
  return begins(w, {"appelant"}) || is_one_of(w, {"j", "je", "moi", "nous", "suis", "chuis", "lui", "on"});
}
bool is_filler(const std::string& w) {
  return is_one_of(w, {"a", "de",    "d",  "sur", "en", "dans", "ds", "la",  "le", "les",
                       "l", "ville", "un", "une", "sa", "son",  "ma", "mon", "s",  "m"});
}
bool is_title(const std::string& w) {
  return is_one_of(w, {"monsieur", "madame", "mme", "mr", "m", "mlle", "dr", "docteur", "maitre", "me",
                       "famille", "sieur", "nom"});
}
bool wishes(const std::string& w) {
  return is_one_of(
      w, {"veut", "voudrait", "veulent", "souhaite", "souhaiterait", "aimerait", "cherche", "cherchent",
          "demande", "envisage", "projet", "projette", "pense", "espere", "compte", "prevoit", "recherche"});
}

bool is_move(const std::string& w) {
  return begins(w, {"louer", "demenag", "emmenag", "install", "achet", "rapproch", "rejoin", "quitt"});
}

// What stands before the name, nearest first, until the sentence ends.
struct Before {
  bool home = false;
  bool busy = false;  // work, school, journeys: before any home
  bool once = false;  // "habitait", "vivait"
  bool wish = false;  // "veut déménager à"
  bool chez = false;
  bool street = false;
  bool calls = false;         // "appelle de"
  bool toward = false;        // "se rapprocher de sa fille qui habite"
  bool relative = false;      // "qui": whoever is named before it
  bool kin_at_start = false;  // "sa mère à Béthune": the first words of the note, nothing else between
  Residence who = Residence::none;
};

// Who is meant by a word for somebody near: the one the call is about, or the one who calls.
Residence kin_at(const std::vector<Word>& words, std::size_t at) {
  const auto is_for = [&](std::size_t back) {
    return at >= back && words[at - back].sentence == words[at].sentence &&
           is_one_of(words[at - back].text, {"pour", "pr", "concernant"});
  };
  if (at >= 1 && is_owner(words[at - 1].text)) return Residence::kin;
  if (is_for(1) || is_for(2) || is_for(3)) return Residence::kin;
  const bool first = at == 0 || (at == 1 && is_one_of(words[0].text, {"un", "une"}));
  return first && !is_ward(words[at].text) ? Residence::caller
                                           : Residence::other;  // "fils de 70 ans, habite Roncq"
}

void look_at_home_word(Before& before, const std::vector<Word>& words, std::size_t i) {
  const auto& word = words[i].text;
  before.home = true;
  before.once = before.once || word.ends_with("ait") || word.ends_with("aient");
  const bool to_come = word.ends_with("er") || word == "vivre" || word == "logement" || word == "maison" ||
                       word == "appartement";
  for (std::size_t back = 1; to_come && back <= 5 && back <= i; ++back)
    if (words[i - back].sentence == words[i].sentence && wishes(words[i - back].text)) before.wish = true;
}

void look_at_person(Before& before, const std::vector<Word>& words, std::size_t i, std::size_t from_place) {
  const auto& word = words[i].text;
  const bool open = before.who == Residence::none || before.relative;
  if (open && (is_speaker(word) ||
               (is_pronoun(word) && i + 1 < words.size() && words[i + 1].text.starts_with("meme")))) {
    before.who = Residence::caller;  // "elle-même habite"
    before.relative = false;
  } else if (open && is_kin(word)) {
    before.who = kin_at(words, i);
    before.relative = false;
  } else if (before.who == Residence::none && is_pronoun(word) && (before.home || word != "y")) {
    before.who = Residence::other;
    before.relative = word == "qui";
  } else if (before.who == Residence::other && is_kin(word) && before.home &&
             kin_at(words, i) == Residence::kin) {
    before.who = Residence::kin;  // "sa mère, elle vit à ..."
  }
  if (word.starts_with("appel") && from_place <= 3) before.calls = true;
  if (word.starts_with("rapproch") || word.starts_with("rejoin") || (word == "pres" && !before.home))
    before.toward = true;
}

// Nothing but the opening of a call stands before: "c'est pour ma sœur".
bool opens(const std::vector<Word>& words, std::size_t at) {
  return std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at), [](const Word& w) {
    return is_one_of(w.text, {"c", "est", "pour", "pr", "elle", "il", "mme", "mr", "sa", "son", "ma", "mon",
                              "s", "m", "leur", "a", "de", "d"}) ||
           w.text.starts_with("appel");
  });
}

Before look_back(const std::vector<Word>& words, std::size_t at) {
  Before before;
  bool only_filler = true;
  const auto from = at > window ? at - window : 0;
  for (auto i = at; i-- > from;) {
    const auto& word = words[i];
    if (word.sentence != words[at].sentence) break;
    if (!before.home && is_elsewhere_in_life(word.text)) before.busy = true;
    const bool near = at - i <= (names_a_home(word.text) ? near_home : window);
    if (!before.busy && !before.home && lives(word.text) && near) look_at_home_word(before, words, i);
    if (is_one_of(word.text, {"ancien", "ancienne", "ex", "sorti", "sortie"})) before.once = true;
    if (is_move(word.text) && i >= 1 && (wishes(words[i - 1].text) || (i >= 2 && wishes(words[i - 2].text))))
      before.wish = true;
    if ((word.text == "chez" || word.text == "par") && at - i <= 7) before.chez = true;
    if (is_one_of(word.text, {"rue", "avenue", "boulevard", "bd", "place", "quai", "chaussee"}))
      before.street = true;
    look_at_person(before, words, i, at - i);
    if (only_filler && is_kin(word.text) && opens(words, i) && kin_at(words, i) == Residence::kin)
      before.kin_at_start = true;
    if (!is_filler(word.text) && word.number < 0 && !is_one_of(word.text, {"ans", "est", "elle", "il"}))
      only_filler = false;
  }
  return before;
}

Residence at_home(const Before& before) {
  if (before.once) return Residence::passing;
  return before.who == Residence::none ? Residence::home : before.who;
}

// A name of a person or of something else than a place.
bool is_no_place(const std::vector<Word>& words, std::size_t at) {
  const auto& previous = words[at - 1].text;
  if (is_title(previous)) return true;
  const bool named = at >= 2 && is_title(words[at - 2].text) && words[at - 2].clause == words[at].clause;
  if (named && !is_filler(previous) && !lives(previous) && !is_elsewhere_in_life(previous))
    return true;  // "Mme Sophie Lannoy"
  const bool article = is_one_of(previous, {"la", "le", "les", "l", "une", "un"});
  return article && !(at >= 2 && lives(words[at - 2].text));  // "il habite le Hem"
}

}  // namespace

bool denied(const std::vector<Word>& words, std::size_t at) {
  for (auto i = at; i-- > (at > 3 ? at - 3 : 0) && words[i].clause == words[at].clause;)
    if (is_one_of(words[i].text, {"pas", "non", "plus"})) return true;
  return false;
}

Residence residence_of(const std::vector<Word>& words, const Mention& mention) {
  const auto at = mention.first;
  if (Streets::names_street(words, at)) return Residence::none;
  if (at == 0) return Residence::passing;
  const auto& previous = words[at - 1].text;
  if (is_no_place(words, at) || previous.starts_with("quitt") || denied(words, at)) return Residence::none;
  if (at >= 2 && previous == "de" && words[at - 2].text == "pres") return Residence::weak;
  const bool linked = is_one_of(previous, {"a", "sur", "de", "d", "en", "ds", "dans"});
  if (at >= 4 && is_one_of(previous, {"de", "d", "a"}) &&
      is_one_of(words[at - 3].text, {"un", "une", "le", "la", "mon", "ma", "son", "sa"}) &&
      is_one_of(words[at - 4].text, {"pour", "pr"}) && !is_elsewhere_in_life(words[at - 2].text) &&
      !lives(words[at - 2].text))
    return Residence::kin;  // "pour une candidate de Lens"
  const auto before = look_back(words, at);
  if (before.wish || before.toward) return Residence::weak;
  if (at >= 2 && is_one_of(previous, {"de", "d", "a"}) && is_kin(words[at - 2].text) &&
      words[at - 2].clause == words[at].clause)
    return kin_at(words, at - 2);  // "un patient de Lens", "sa sœur à Lens"
  if (before.calls && linked && !before.home) return Residence::caller;
  if (before.kin_at_start && (previous == "a" || (at >= 2 && words[at - 2].text == "est")))
    return Residence::kin;
  if (before.busy && !before.home) return Residence::weak;
  const bool told_home = before.home || (before.chez && linked) || (before.street && linked);
  if (told_home) return at_home(before);
  if (linked) return Residence::passing;
  return words[at - 1].clause != words[at].clause ? Residence::passing : Residence::weak;
}

std::vector<std::size_t> told_homes(const std::vector<Word>& words) {
  constexpr std::size_t most = 8;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i + 1 < words.size() && found.size() < most; ++i) {
    const auto& word = words[i].text;
    const bool verb = begins(word, {"habit", "demeur", "resid", "domicili", "heberg"}) ||
                      is_one_of(word, {"vit", "vivent", "vis", "loge", "logent"});
    if (!verb) continue;
    auto next = i + 1;
    while (next < words.size() && next < i + 4 &&
           is_one_of(words[next].text, {"seul", "seule", "seuls", "actuellement", "maintenant", "desormais",
                                        "toujours", "bien"}))
      ++next;
    if (next >= words.size() || words[next].sentence != words[i].sentence) continue;
    if (words[next].text == "a" || words[next].text == "sur")
      found.push_back(next + 1);
    else if (word.starts_with("habit") && word != "habitude")
      found.push_back(next);
  }
  return found;
}

}  // namespace bannette::router
