// The streets that exist, commune by commune: found by their words, whatever their order, and completed while
// one types. Made once, then immutable; about 60 bytes a street beside its name.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "router/core/street_words.hpp"

namespace bannette::router {

struct KnownStreet {
  std::string insee;
  std::string name;  // "Rue du Pile"
  auto operator<=>(const KnownStreet&) const = default;
};

inline constexpr std::size_t known_streets_max = 250'000;
inline constexpr std::size_t street_name_max = 100;  // bytes

class StreetIndex {
 public:
  using Id = std::uint32_t;

  // In any order, doubles are dropped. At most known_streets_max; what is beyond is not taken.
  explicit StreetIndex(std::vector<KnownStreet> streets);

  [[nodiscard]] std::size_t size() const { return streets_.size(); }
  [[nodiscard]] std::string_view name(Id street) const;
  [[nodiscard]] const std::string& insee(Id street) const {
    return communes_[streets_[street].commune].insee;
  }
  [[nodiscard]] bool covers(std::string_view insee) const { return by_insee_.contains(std::string(insee)); }
  [[nodiscard]] std::size_t bytes() const;  // of memory, about

  struct Hit {
    Id street = 0;
    std::size_t used = 0;  // words of the typed text that are its name
    int slips = 0;
    bool whole = true;  // false: its first words were not typed ("rue Guesde")
    [[nodiscard]] bool better_than(const Hit& other) const;
  };
  // The streets of a commune that a text names best: more than one where several are as near. Empty: none.
  // `with_slips`: also misspelt ones, which takes a look at every word of the index.
  [[nodiscard]] std::vector<Hit> find(std::string_view insee, const StreetText& text,
                                      bool with_slips = true) const;
  // Streets of any commune with exactly this name, at most `most`.
  [[nodiscard]] std::vector<Id> everywhere(const StreetText& text, std::size_t most) const;

  struct Completion {
    Id street = 0;
    int cost = 0;  // 0: word by word as typed
  };
  // Streets that what is typed may become, best first: each typed word begins one of the street's, or nearly
  // does. `insee` empty: of all communes. At most `most`, and 50.
  [[nodiscard]] std::vector<Completion> complete(std::string_view insee, std::string_view typed,
                                                 std::size_t most) const;

 private:
  struct Street {
    std::uint32_t commune = 0;
    std::uint32_t name_at = 0;   // in names_
    std::uint32_t words_at = 0;  // in words_: the kind, then the others
    std::uint8_t name_size = 0;
    std::uint8_t word_count = 0;
  };
  struct Commune {
    std::string insee;
    Id first = 0, last = 0;
  };
  struct Range {
    Id first = 0, last = 0;
  };
  using WordId = std::uint32_t;

  void take(const KnownStreet& street, std::unordered_map<std::string, WordId>& known);
  void sort_words(std::unordered_map<std::string, WordId>& known);
  void index_words();
  [[nodiscard]] std::string_view word(WordId id) const;
  [[nodiscard]] WordId word_id(std::string_view text) const;  // no_word where it is none
  [[nodiscard]] Range range(std::string_view insee) const;
  [[nodiscard]] std::vector<WordId> near(std::string_view text) const;
  [[nodiscard]] bool match(Id street, const StreetText& text, Hit& hit) const;
  template <class Take>
  void streets_with(WordId id, const Range& among, Take&& take) const {
    const auto begin = postings_.begin() + postings_at_[id], end = postings_.begin() + postings_at_[id + 1];
    for (auto at = std::lower_bound(begin, end, among.first); at != end && *at < among.last; ++at) take(*at);
  }
  // What a typed word may become: words that begin with it, or nearly do.
  struct Wanted {
    std::string token;
    WordId first = 0, last = 0;
    std::vector<WordId> with_slip;  // sorted
    std::size_t streets = 0;
  };
  [[nodiscard]] Wanted wanted(std::string token) const;
  [[nodiscard]] int cost(Id street, const std::vector<Wanted>& all) const;  // -1: it is not one of them
  [[nodiscard]] int cost(Id street, const Wanted& one, std::size_t place, bool alone) const;

  std::vector<Street> streets_;  // by commune, then name
  std::vector<Commune> communes_;
  std::unordered_map<std::string, std::uint32_t> by_insee_;
  std::string names_;
  std::vector<WordId> words_;  // of each street
  std::string letters_;        // the distinct words, sorted, one behind the other
  std::vector<std::uint32_t> word_at_;
  std::vector<std::uint32_t> word_letters_;  // letters_of()
  std::vector<std::uint32_t> postings_at_;   // for each word, where its streets begin
  std::vector<Id> postings_;
};

}  // namespace bannette::router
