#include "router/core/street_index.hpp"

#include <algorithm>
#include <bit>

#include "router/core/place_words.hpp"
#include "router/core/spelling.hpp"

namespace bannette::router {
namespace {

constexpr std::uint32_t no_word = 0xFFFF'FFFF;
constexpr std::size_t words_max = 12;  // of one street

int slips_in(std::string_view wanted) {
  return wanted.size() < 5 ? 0 : wanted.size() < 8 ? 1 : 2;
}

// Slips between a typed word and one of a street's, or -1.
int slips_between(std::string_view typed, std::string_view wanted) {
  if (typed == wanted) return 0;
  const int most = slips_in(wanted);
  const int slips = distance(typed, wanted, most);
  if (slips <= most) return slips;
  return wanted.size() >= 4 && typed.size() >= 3 && sound_of(typed) == sound_of(wanted) ? 1 : -1;
}

bool same_kind(std::string_view typed, std::string_view street) {
  return typed == street || typed.empty() || (typed == "chaussee" && street == "chemin");  // "ch" is either
}

}  // namespace

bool StreetIndex::Hit::better_than(const Hit& other) const {
  if (whole != other.whole) return whole;
  if (used != other.used) return used > other.used;
  return slips < other.slips;
}

StreetIndex::StreetIndex(std::vector<KnownStreet> streets) {
  std::sort(streets.begin(), streets.end());
  streets.erase(std::unique(streets.begin(), streets.end()), streets.end());
  if (streets.size() > known_streets_max) streets.resize(known_streets_max);
  std::unordered_map<std::string, WordId> known;
  streets_.reserve(streets.size());
  for (const auto& street : streets) take(street, known);
  sort_words(known);
  index_words();
  names_.shrink_to_fit();
  words_.shrink_to_fit();
}

void StreetIndex::take(const KnownStreet& street, std::unordered_map<std::string, WordId>& known) {
  const auto name = street_name(street.name);
  if (name.words.empty()) return;
  const auto written = cut(street.name, street_name_max);
  const auto id = static_cast<Id>(streets_.size());
  if (communes_.empty() || communes_.back().insee != street.insee) {
    by_insee_.emplace(street.insee, static_cast<std::uint32_t>(communes_.size()));
    communes_.push_back({street.insee, id, id});
  }
  communes_.back().last = id + 1;
  Street entry{static_cast<std::uint32_t>(communes_.size() - 1), static_cast<std::uint32_t>(names_.size()),
               static_cast<std::uint32_t>(words_.size()), static_cast<std::uint8_t>(written.size()), 0};
  names_ += written;
  const auto add = [&](const std::string& word) {
    words_.push_back(known.try_emplace(word, static_cast<WordId>(known.size())).first->second);
    ++entry.word_count;
  };
  add(name.kind);
  for (const auto& word : name.words)
    if (entry.word_count < words_max) add(word);
  streets_.push_back(entry);
}

// Word ids in the order of the alphabet, so that beginnings are neighbours.
void StreetIndex::sort_words(std::unordered_map<std::string, WordId>& known) {
  std::vector<std::pair<std::string_view, WordId>> order;
  order.reserve(known.size());
  for (const auto& [text, id] : known) order.emplace_back(text, id);
  std::sort(order.begin(), order.end());
  std::vector<WordId> renamed(order.size());
  word_at_.reserve(order.size() + 1);
  for (const auto& [text, id] : order) {
    renamed[id] = static_cast<WordId>(word_at_.size());
    word_at_.push_back(static_cast<std::uint32_t>(letters_.size()));
    word_letters_.push_back(letters_of(text));
    letters_ += text;
  }
  word_at_.push_back(static_cast<std::uint32_t>(letters_.size()));
  for (auto& id : words_) id = renamed[id];
}

void StreetIndex::index_words() {
  postings_at_.assign(word_letters_.size() + 1, 0);
  for (const auto id : words_) ++postings_at_[id + 1];
  for (std::size_t i = 1; i < postings_at_.size(); ++i) postings_at_[i] += postings_at_[i - 1];
  postings_.resize(words_.size());
  auto next = postings_at_;
  for (Id street = 0; street < streets_.size(); ++street)
    for (std::uint32_t i = 0; i < streets_[street].word_count; ++i)
      postings_[next[words_[streets_[street].words_at + i]]++] = street;
}

std::string_view StreetIndex::name(Id street) const {
  return std::string_view(names_).substr(streets_[street].name_at, streets_[street].name_size);
}

std::string_view StreetIndex::word(WordId id) const {
  return std::string_view(letters_).substr(word_at_[id], word_at_[id + 1] - word_at_[id]);
}

StreetIndex::WordId StreetIndex::word_id(std::string_view text) const {
  WordId low = 0, high = static_cast<WordId>(word_letters_.size());
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (word(middle) < text)
      low = middle + 1;
    else
      high = middle;
  }
  return low < word_letters_.size() && word(low) == text ? low : no_word;
}

StreetIndex::Range StreetIndex::range(std::string_view insee) const {
  const auto found = by_insee_.find(std::string(insee));
  if (found == by_insee_.end()) return {};
  return {communes_[found->second].first, communes_[found->second].last};
}

std::vector<StreetIndex::WordId> StreetIndex::near(std::string_view text) const {
  std::vector<WordId> found;
  const auto letters = letters_of(text);
  for (WordId id = 0; id < word_letters_.size(); ++id) {
    const auto gap =
        std::popcount(word_letters_[id] & ~letters) + std::popcount(letters & ~word_letters_[id]);
    const auto size = word_at_[id + 1] - word_at_[id];
    if (gap <= 4 && size + 2 >= text.size() && slips_between(text, word(id)) >= 0) found.push_back(id);
  }
  return found;
}

// Word by word from the first on, in another order, or with the first words left out.
bool StreetIndex::match(Id street, const StreetText& text, Hit& hit) const {
  const auto& entry = streets_[street];
  if (!same_kind(text.kind, word(words_[entry.words_at]))) return false;
  const std::size_t count = entry.word_count - 1U, typed = text.words.size();
  const auto own = [&](std::size_t i) { return word(words_[entry.words_at + 1 + i]); };
  const auto rest_is_number = [&](std::size_t from) {
    return std::all_of(text.words.begin() + static_cast<std::ptrdiff_t>(from), text.words.end(), all_digits);
  };
  hit = {street, count, 0, true};
  bool good = typed >= count;
  for (std::size_t i = 0; good && i < count; ++i) {
    const bool initial = count > 1 && i + 1 < count && text.words[i].size() == 1 &&
                         !all_digits(text.words[i]) && own(i).starts_with(text.words[i]);
    const int slips = initial ? 0 : slips_between(text.words[i], own(i));
    good = slips >= 0;
    hit.slips += slips;
  }
  if (!good && typed >= count && count > 1) {
    std::vector<std::string_view> wanted,
        given(text.words.begin(), text.words.begin() + static_cast<std::ptrdiff_t>(count));
    for (std::size_t i = 0; i < count; ++i) wanted.push_back(own(i));
    std::sort(wanted.begin(), wanted.end());
    std::sort(given.begin(), given.end());
    good = wanted == given;
    hit.slips = good ? 0 : hit.slips;
  }
  if (good) return !text.kind.empty() || rest_is_number(count);
  if (text.article || text.kind.empty()) return false;
  for (std::size_t left_out = 1; left_out < count && !good; ++left_out) {  // "rue Guesde"
    hit = {street, count - left_out, 0, false};
    good = typed >= hit.used && text.words[0].size() >= 4;
    for (std::size_t i = 0; good && i < hit.used; ++i) good = text.words[i] == own(left_out + i);
  }
  return good;
}

std::vector<StreetIndex::Hit> StreetIndex::find(std::string_view insee, const StreetText& text,
                                                bool with_slips) const {
  std::vector<Hit> best;
  const auto among = range(insee);
  if (among.first == among.last) return best;
  const auto attempt = [&](Id street) {
    Hit hit;
    if (!match(street, text, hit)) return;
    if (!best.empty() && best[0].better_than(hit)) return;
    if (!best.empty() && hit.better_than(best[0])) best.clear();
    const bool known =
        std::any_of(best.begin(), best.end(), [&](const Hit& h) { return h.street == street; });
    if (!known) best.push_back(hit);
  };
  for (const auto& typed : text.words)
    if (const auto id = word_id(typed); id != no_word) streets_with(id, among, attempt);
  if (!with_slips || (!best.empty() && best[0].whole && best[0].slips == 0)) return best;
  for (const auto& typed : text.words)
    if (typed.size() >= 4)
      for (const auto id : near(typed)) streets_with(id, among, attempt);
  return best;
}

std::vector<StreetIndex::Id> StreetIndex::everywhere(const StreetText& text, std::size_t most) const {
  std::vector<Id> found;
  if (text.words.empty() || text.kind.empty()) return found;
  const auto id = word_id(text.words[0]);
  if (id == no_word) return found;
  streets_with(id, {0, static_cast<Id>(streets_.size())}, [&](Id street) {
    Hit hit;
    const bool here = found.size() < most && match(street, text, hit) && hit.whole && hit.slips == 0;
    if (here && word(words_[streets_[street].words_at + 1]) == text.words[0]) found.push_back(street);
  });
  return found;
}

std::size_t StreetIndex::bytes() const {
  const auto of = [](const auto& vector) { return vector.capacity() * sizeof(vector[0]); };
  return of(streets_) + of(communes_) + of(words_) + of(word_at_) + of(word_letters_) + of(postings_at_) +
         of(postings_) + names_.capacity() + letters_.capacity();
}

}  // namespace bannette::router
