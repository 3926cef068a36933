#include "router/core/features.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <libstemmer.h>

#include "router/core/spelling.hpp"
#include "router/core/unicode.hpp"
#include "router/core/vocabulary.hpp"

namespace bannette::router {
namespace {

constexpr std::uint64_t reading = 1;   // to be counted up with every change of this file that reads otherwise
constexpr std::size_t name_words = 3;  // of a person, after "Mme"
constexpr std::size_t piece_min = 3;
constexpr std::size_t piece_max = 5;
constexpr std::size_t skip_far = 2;  // words from the first to the second of a pair that skips one

constexpr std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325ULL) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;  // FNV-1a
  return hash;
}

// The finaliser of splitmix64: FNV's low bits alone are too alike for short words.
constexpr std::uint32_t id_of(FeatureKind kind, std::uint64_t hash) {
  hash ^= (static_cast<std::uint64_t>(kind) + 1) * 0x9e3779b97f4a7c15ULL;
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<std::uint32_t>(hash ^ (hash >> 31));
}

// Snowball's French stemmer. It has a memory of its own, so each reading has one.
class Stemmer {
 public:
  Stemmer() : stemmer_(sb_stemmer_new("french", "UTF_8"), sb_stemmer_delete) {}
  [[nodiscard]] std::uint64_t hash(std::string_view word) const {
    const auto* stem = sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                       static_cast<int>(word.size()));
    if (stem == nullptr) return hash_of(word);
    return hash_of(
        {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))});
  }

 private:
  std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)> stemmer_;
};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Use>
void each_word(std::string_view text, const Use& use) {
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string_view age_in_years(int years) {
  if (years < 3) return "<age:0-2>";
  if (years < 6) return "<age:3-5>";
  if (years < 11) return "<age:6-10>";
  if (years < 16) return "<age:11-15>";
  if (years < 18) return "<age:16-17>";
  if (years < 26) return "<age:18-25>";
  if (years < 60) return "<age:26-59>";
  return years < 75 ? "<age:60-74>" : "<age:75+>";
}

// What a number says, by itself and by the word after it. Telephone numbers of help keep their value.
std::string meaning_of(int number, std::string_view next) {
  static constexpr std::array<std::string_view, 3> years{"ans", "an", "a"};
  static constexpr std::array<std::string_view, 2> months{"mois", "moi"};
  static constexpr std::array<std::string_view, 3> weeks{"semaines", "sem", "semaine"};
  static constexpr std::array<std::string_view, 3> days{"jours", "j", "jour"};
  static constexpr std::array<std::string_view, 3> hours{"h", "heures", "heure"};
  static constexpr std::array<std::string_view, 4> euros{"e", "euros", "eur", "euro"};
  static constexpr std::array<int, 8> known{15, 17, 18, 112, 114, 115, 119, 3919};
  if (is_one_of(next, years)) return std::string(age_in_years(number));
  if (is_one_of(next, months)) return number < 10 ? "<months:0-9>" : "<months:10+>";
  if (is_one_of(next, weeks)) return "<weeks>";
  if (is_one_of(next, days)) return number < 4 ? "<days:1-3>" : "<days:4+>";
  if (is_one_of(next, hours)) return "<hour>";
  if (is_one_of(next, euros)) return number < 1000 ? "<money>" : "<money:1000+>";
  if (std::find(known.begin(), known.end(), number) != known.end()) return "<" + std::to_string(number) + ">";
  if (number >= 1950 && number < 2030) return "<year>";
  if (number < 10) return "<n:" + std::to_string(number) + ">";
  return number < 100 ? "<n:10-99>" : "<n:100+>";
}

// Marks the words of persons' names: those with a capital after a title.
std::vector<bool> persons_in(const Words& note, std::size_t count) {
  static constexpr std::array<std::string_view, 16> titles{
      "mme", "mr",      "m",  "monsieur", "madame",    "mlle",     "melle",   "mademoiselle",
      "dr",  "docteur", "me", "maitre",   "messieurs", "mesdames", "famille", "mrs"};
  static constexpr std::array<std::string_view, 4> not_names{"apa", "rsa", "aah", "mdph"};
  std::vector<bool> named(count);
  const auto& words = note.list;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (!is_one_of(words[i].text, titles)) continue;
    for (auto j = i + 1; j < std::min(count, i + 1 + name_words); ++j) {
      std::size_t at = words[j].begin;
      const bool capital = is_upper(next_code_point(note.text, at));
      if (words[j].clause != words[i].clause || !capital || words[j].text.size() < 2 ||
          is_one_of(words[j].text, titles) || is_one_of(words[j].text, not_names))
        break;
      named[j] = true;
    }
  }
  return named;
}

}  // namespace

struct FeatureReader::Token {
  std::string_view text;   // of the note's word; empty where a mask stands for it
  std::uint64_t stem = 0;  // hash of the stem, or of the mask
  std::uint32_t sentence = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  const Meant* meant = nullptr;
};

FeatureReader::FeatureReader() {
  const Stemmer stemmer;
  version_ = hash_of(std::to_string(reading));
  for (const auto& abbreviation : abbreviations()) {
    Meant meant;
    each_word(abbreviation.meant, [&](auto word) { meant.stems.push_back(stemmer.hash(word)); });
    each_word(abbreviation.written, [&](auto word) { abbreviations_.emplace(word, meant); });
    version_ = hash_of(abbreviation.written, hash_of(abbreviation.meant, version_));
  }
  for (const auto& notion : notions()) {
    const auto name = hash_of(notion.name);
    each_word(notion.words, [&](auto word) {
      auto& names = notions_[stemmer.hash(word)];
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    });
    version_ = hash_of(notion.words, hash_of(notion.name, version_));
  }
}

std::vector<FeatureReader::Token> FeatureReader::tokens(const Words& note,
                                                        const std::vector<Mention>& places) const {
  static constexpr auto place = hash_of("<place>");
  static constexpr auto person = hash_of("<name>");
  const Stemmer stemmer;
  const auto count = std::min(note.list.size(), feature_words_max);
  std::vector<bool> placed(count);
  for (const auto& mention : places)  // two letters alone are as often a word as a place's short name
    if (mention.last - mention.first > 1 || note.list[mention.first].text.size() > 2)
      for (auto i = mention.first; i < std::min(mention.last, count); ++i) placed[i] = true;
  const auto named = persons_in(note, count);
  std::vector<Token> out;
  out.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto& word = note.list[i];
    Token token{{}, 0, word.sentence, i, i + 1, nullptr};
    if (placed[i] || named[i]) {
      token.stem = placed[i] ? place : person;
      if (!out.empty() && out.back().stem == token.stem) {  // one name, of several words
        out.back().last = i + 1;
        continue;
      }
    } else if (word.number >= 0) {
      token.stem =
          hash_of(meaning_of(word.number, i + 1 < count ? note.list[i + 1].text : std::string_view()));
    } else {
      token.text = word.text;
      token.stem = stemmer.hash(word.text);
      if (const auto found = abbreviations_.find(word.text); found != abbreviations_.end())
        token.meant = &found->second;
    }
    out.push_back(token);
  }
  return out;
}

struct FeatureReader::Scan {
  const FeatureReader& reader;
  std::vector<Feature> found;

  void add(FeatureKind kind, std::uint64_t hash, const Token& from, const Token& to) {
    found.push_back({id_of(kind, hash), from.first, to.last, kind});
  }
  void rule(std::string_view said) {
    found.push_back({id_of(FeatureKind::rule, hash_of(said)), 0, 0, FeatureKind::rule});
  }
  void word(const Token& token) {
    add(FeatureKind::word, token.stem, token, token);
    if (token.meant != nullptr)
      for (const auto stem : token.meant->stems) add(FeatureKind::word, stem, token, token);
    if (token.text.empty()) {
      add(FeatureKind::notion, token.stem, token, token);
      return;
    }
    if (token.text.size() > 2) add(FeatureKind::sound, hash_of(sound_of(token.text)), token, token);
    notions(token);
    pieces(token);
  }
  void notions(const Token& token) {
    const auto known = reader.notions_.find(token.stem);
    if (known == reader.notions_.end()) return;
    for (const auto notion : known->second) add(FeatureKind::notion, notion, token, token);
  }
  void pieces(const Token& token) {
    std::string text = "_";
    text += token.text;
    text += '_';
    for (std::size_t at = 0; at + piece_min <= text.size(); ++at) {
      auto hash = hash_of(std::string_view(text).substr(at, piece_min));
      add(FeatureKind::piece, hash, token, token);
      for (auto size = piece_min; size < piece_max && at + size < text.size(); ++size) {
        hash = hash_of(std::string_view(text).substr(at + size, 1), hash);
        add(FeatureKind::piece, hash, token, token);
      }
    }
  }
  void pair(FeatureKind kind, const Token& from, const Token& to) {
    if (from.sentence == to.sentence) add(kind, from.stem * 31 + to.stem, from, to);
  }
};

std::vector<Feature> FeatureReader::read(const Words& note, const std::vector<Mention>& places,
                                         const std::vector<Raised>& raised) const {
  const auto list = tokens(note, places);
  Scan scan{*this, {}};
  scan.found.reserve(list.size() * 24);
  for (std::size_t i = 0; i < list.size(); ++i) {
    scan.word(list[i]);
    if (i + 1 < list.size()) scan.pair(FeatureKind::pair, list[i], list[i + 1]);
    if (i + skip_far < list.size()) scan.pair(FeatureKind::skip, list[i], list[i + skip_far]);
  }
  if (!list.empty()) {
    const auto size = list.size() < 8 ? 0U : list.size() < 15 ? 1U : list.size() < 30 ? 2U : 3U;
    scan.found.push_back({id_of(FeatureKind::shape, size), 0, 0, FeatureKind::shape});
  }
  for (const auto& each : raised) {
    scan.rule("rule:" + each.rule->id);
    scan.rule("urgency:" + std::to_string(static_cast<int>(each.urgency)));
    if (each.rule->danger) scan.rule("danger");
  }
  return std::move(scan.found);
}

double weight_of(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::word:
    case FeatureKind::sound:
    case FeatureKind::shape:
    case FeatureKind::rule:
      return 1.0;
    case FeatureKind::pair:
      return 0.7;
    case FeatureKind::skip:
    case FeatureKind::piece:
      return 0.5;
    case FeatureKind::notion:
      return 1.5;
  }
  return 1.0;
}

}  // namespace bannette::router
