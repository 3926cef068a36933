// Numbers that name somebody (telephone, social security, a file), dates of birth, e-mails and addresses of
// the web. Ages, amounts, hours and emergency numbers stay.
#include <algorithm>

#include "router/core/scrub.hpp"
#include "router/core/scrub_words.hpp"

namespace bannette::router::scrubbing {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter_or_more(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// Digits that only spaces, dots, hyphens, slashes or brackets part, at most two of them in a row.
struct Run {
  std::size_t begin = 0, end = 0;
  std::vector<std::size_t> groups;  // digits in each
  std::string separators;           // the first one behind each group
  std::string digits;
};

bool is_separator(std::string_view text, std::size_t at, std::size_t& size) {
  static constexpr std::string_view plain = " .-/()_";
  size = 1;
  if (plain.find(text[at]) != std::string_view::npos) return true;
  for (const std::string_view space : {"\xC2\xA0", "\xE2\x80\xAF"})  // no-break spaces
    if (text.substr(at, space.size()) == space) {
      size = space.size();
      return true;
    }
  return false;
}

// A group that letters follow ("14h", "5e", "12bis") ends the run before it.
Run run_at(std::string_view text, std::size_t at) {
  Run run;
  run.begin = at > 0 && (text[at - 1] == '+' || text[at - 1] == '(') ? at - 1 : at;
  run.end = at;
  while (at < text.size() && is_digit(text[at])) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    const bool unit = end < text.size() && is_letter_or_more(text[end]);
    if (unit && !run.groups.empty()) break;
    run.groups.push_back(end - at);
    run.digits += text.substr(at, end - at);
    run.end = end;
    if (unit) break;
    std::size_t separated = 0, size = 0;
    while (end < text.size() && separated < 2 && is_separator(text, end, size)) {
      if (separated++ == 0) run.separators += text[end];
      end += size;
    }
    if (separated == 0 || end >= text.size() || !is_digit(text[end])) break;
    at = end;
  }
  return run;
}

bool is_dated(const Run& run) {  // 12/03/1985, 12.3.85, 1985-03-12
  if (run.groups.size() < 3) return false;
  const auto& g = run.groups;
  const bool first = g[0] <= 2 && g[1] <= 2 && (g[2] == 2 || g[2] == 4);
  const bool iso = g[0] == 4 && g[1] == 2 && g[2] == 2;
  const char by = run.separators.empty() ? ' ' : run.separators[0];
  return (first || iso) && g.size() == 3 && run.separators.size() >= 2 && run.separators[1] == by &&
         by != ' ' &&
         !(g[2] == 2 && run.digits[0] == '0' && by == '.');  // 06.12.34: the beginning of a number
}

bool is_money(std::string_view behind) {
  while (behind.starts_with(' ')) behind.remove_prefix(1);
  if (behind.starts_with("€") || behind.starts_with("eur")) return true;
  return behind.starts_with('e') && (behind.size() == 1 || !is_letter_or_more(behind[1]));
}

bool names_somebody(const Run& run, std::string_view behind, const Scrubber& known) {
  const std::size_t longest = *std::max_element(run.groups.begin(), run.groups.end());
  if (run.digits.size() >= 7 || longest >= 6) return true;
  if (run.digits.size() >= 6 && run.digits[0] == '0') return true;
  return longest == 5 && !is_money(behind) && !known.is_place(run.digits.substr(0, 5));
}

bool counts_money(const Words& words, std::size_t at) {
  if (at + 1 < words.list.size()) {
    const auto& next = words.list[at + 1].text;
    if (next == "euros" || next == "euro" || next == "e" || next == "eur" || next == "h" || next == "ans")
      return true;
  }
  return words.text.compare(words.list[at].end, 3, "€") == 0 ||
         words.text.compare(words.list[at].end, 4, " €") == 0;
}

const WordSet& months() {
  static const WordSet words{"janvier", "fevrier",   "mars",    "avril",    "mai",      "juin", "juillet",
                             "aout",    "septembre", "octobre", "novembre", "decembre", "janv", "fevr",
                             "juil",    "sept",      "oct",     "nov",      "dec"};
  return words;
}
const WordSet& file_words() {
  static const WordSet words{
      "numero", "num",  "no",  "matricule", "dossier",     "allocataire",     "alloc",     "reference",
      "ref",    "secu", "nir", "nss",       "identifiant", "immatriculation", "passeport", "cni"};
  return words;
}

bool is_born(const std::vector<Word>& words, std::size_t at) {  // "né le", "ddn", "date de naissance"
  for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
    const auto& word = words[at - back].text;
    if (word == "nee" || word == "ddn" || word == "naissance" || word == "nes") return true;
  }
  const bool led = at >= 2 && (words[at - 1].text == "le" || words[at - 1].text == "en");
  return led && words[at - 2].text == "ne";  // "ne" alone denies
}

// "12 mars 1985"; "né le 12 mars", "née en 1985".
void find_dates(const Words& words, std::vector<Mark>& marks) {
  const auto& list = words.list;
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (list[at].number < 0) continue;
    const bool month = at + 1 < list.size() && months().contains(list[at + 1].text);
    const bool year = month && at + 2 < list.size() && list[at + 2].number >= 0 &&
                      (list[at + 2].number >= 1900 || list[at + 2].number >= 10);
    if (month && (year || is_born(list, at)))
      marks.push_back({list[at].begin, list[at + (year ? 2 : 1)].end, date});
    else if (is_born(list, at) &&
             (list[at].number >= 1900 || (at + 1 < list.size() && list[at + 1].number >= 0)))
      marks.push_back({list[at].begin, list[at].end, date});
  }
}

// Four numbers in a row, however they are written: "zéro six douze trente-quatre".
void find_spelt(const Words& words, std::vector<Mark>& marks) {
  for (std::size_t at = 0; at < words.list.size();) {
    std::size_t end = at;
    while (end < words.list.size() && words.list[end].number >= 0 &&
           (end == at || words.list[end].sentence == words.list[end - 1].sentence))
      ++end;
    const bool digits = at < end && is_digit(words.text[words.list[at].begin]);
    if (end - at >= 4 && !digits) marks.push_back({words.list[at].begin, words.list[end - 1].end, number});
    at = std::max(end, at + 1);
  }
}

void find_files(const Words& words, std::vector<Mark>& marks) {
  for (std::size_t at = 1; at < words.list.size(); ++at) {
    const auto& word = words.list[at];
    const std::size_t back = words.list[at - 1].text == "n" && at > 1 ? 2 : 1;
    const bool said = file_words().contains(words.list[at - back].text) || words.list[at - 1].text == "n" ||
                      words.list[at - 1].text == "caf";
    std::size_t digits = word.begin;
    while (digits < word.end && is_digit(words.text[digits])) ++digits;
    if (said && digits - word.begin >= 3 && !counts_money(words, at))
      marks.push_back({word.begin, word.end, number});
  }
}

}  // namespace

void find_numbers(const Words& words, const Scrubber& known, std::vector<Mark>& marks) {
  const std::string_view text = words.text;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const Run run = run_at(text, at);
    if (is_dated(run))
      marks.push_back({run.begin, run.end, date});
    else if (names_somebody(run, text.substr(run.end), known))
      marks.push_back({run.begin, run.end, number});
    at = std::max(run.end, at + 1);
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  find_dates(words, marks);
  find_spelt(words, marks);
  find_files(words, marks);
}

// The whole of what has no space in it, where there is an @ or an address of the web.
void find_mails(const Words& words, std::vector<Mark>& marks) {
  const std::string_view text = words.text;
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == ',' || c == ';'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool web = text.substr(at, 4) == "www." || text.substr(at, 4) == "http";
    if (text[at] != '@' && !web) continue;
    std::size_t begin = at, end = at;
    while (begin > 0 && !is_space(text[begin - 1])) --begin;
    while (end < text.size() && !is_space(text[end])) ++end;
    if (text[at] == '@' && end == at + 1) {  // "kevin @ gmail.com"
      while (end < text.size() && is_space(text[end])) ++end;
      while (end < text.size() && !is_space(text[end])) ++end;
    }
    if (text[at] == '@' && begin == at) {
      while (begin > 0 && is_space(text[begin - 1])) --begin;
      while (begin > 0 && !is_space(text[begin - 1])) --begin;
    }
    marks.push_back({begin, end, mail});
    at = end;
  }
  for (std::size_t at = 1; at < words.list.size(); ++at) {  // "kevin arobase gmail point com"
    if (words.list[at].text != "arobase" && words.list[at].text != "arobas") continue;
    std::size_t last = at;
    while (last + 1 < words.list.size() && last < at + 3 &&
           words.list[last + 1].sentence == words.list[at].sentence)
      ++last;
    marks.push_back({words.list[at - 1].begin, words.list[last].end, mail});
  }
}

}  // namespace bannette::router::scrubbing
