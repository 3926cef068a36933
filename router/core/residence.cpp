#include "router/core/residence.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "router/core/streets.hpp"

namespace bannette::router {
namespace {

bool begins(const std::string& word, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](auto b) { return word.starts_with(b); });
}
bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool lives(const std::string& w) {
  return begins(w, {"habit", "resid", "demeur", "domicili", "loge", "locataire", "heberg", "domicile", "emmenag"}) ||
         is_one_of(w, {"vit", "vivent", "vis", "vivant", "log", "hab", "dort", "dorment", "logement", "maison", "appartement", "appart", "apt", "coron", "hlm"});
}
bool is_work_or_past(const std::string& w) {
  return begins(w, {"travail", "boss", "embauch", "demenag", "hopita", "hospit", "cliniq", "formation", "contrat", "stage",
                    "lycee", "college", "ecole", "ehpad", "tribunal", "prefectur", "quitt", "deplac", "opere"}) ||
         is_one_of(w, {"ne", "nee", "nes", "ch", "chu", "chr", "cdd", "cdi", "poste", "vers", "jusqu", "jusque", "train", "bus", "partir", "parti", "partie", "mission", "chantier", "taf", "usine", "entrepot", "vient", "venu", "rentre", "retour", "envoye", "mute", "mutee", "aller", "va"});
}
bool is_other_person(const std::string& w) {
  return begins(w, {"mere", "pere", "soeur", "frere", "tante", "oncle", "neveu", "niece", "maman", "papa", "cousin", "mamie", "mami", "papi", "papy", "grand",
                    "belle", "beau", "marraine", "parrain", "ami", "copain", "copine", "fille", "fils", "filleul", "voisin", "beneficiaire", "ex", "bebe", "petit", "enfant", "jeune"}) ||
         is_one_of(w, {"elle", "il", "ils", "elles", "qui", "el", "y", "mr", "mme", "monsieur", "madame", "dame"});
}
bool is_speaker(const std::string& w) { return is_one_of(w, {"j", "je", "moi", "me", "on", "nous", "suis", "chuis", "lui", "mon", "ma", "mes"}); }

}  // namespace

Residence residence_of(const std::vector<Word>& words, const Mention& mention) {
  if (Streets::names_street(words, mention.first)) return Residence::none;
  const auto& here = words[mention.first];
  const std::size_t window = 7;
  const auto from = mention.first > window ? mention.first - window : 0;
  const bool at_start = mention.first == 0;
  const std::string before = at_start ? std::string() : words[mention.first - 1].text;
  if (is_one_of(before, {"monsieur", "madame", "mme", "mr", "m", "dame"})) return Residence::none;  // a person's name
  bool home = false;
  bool speaker = false;
  bool other = false;
  for (auto at = mention.first; at-- > from;) {
    const auto& word = words[at];
    if (word.sentence != here.sentence) break;
    if (!home && is_work_or_past(word.text)) return Residence::none;
    if (!home) {
      home = lives(word.text);
      if (home) continue;
      continue;
    }
    if (is_speaker(word.text)) { speaker = true; break; }
    if (is_other_person(word.text)) { other = true; break; }
    if (word.clause + 1 < words[at + 1].clause) break;
  }
  if (home) return speaker ? Residence::caller : other ? Residence::other : Residence::home;
  const bool linked = is_one_of(before, {"a", "sur", "de", "d", "en", "ds", "dans", "ville"});
  if (linked || at_start || here.clause != words[mention.first - 1].clause) return Residence::passing;
  return Residence::none;
}

}  // namespace bannette::router
