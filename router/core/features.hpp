// What a model reads in a note: words and their neighbours, pieces of words, sounds, ages, notions. Each is a
// number, and knows the words that it comes from. The same for training and for use.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "router/core/places.hpp"
#include "router/core/safety.hpp"
#include "router/core/text.hpp"

namespace bannette::router {

enum class FeatureKind : std::uint8_t { word, pair, skip, piece, sound, notion, shape, rule };

// How much a kind counts beside the others before anything is learnt; chosen by cross-validation.
[[nodiscard]] double weight_of(FeatureKind kind);

struct Feature {
  std::uint32_t id = 0;     // a hash of what was read; the same twice in a note is listed twice
  std::uint32_t first = 0;  // of the words of the note: [first, last)
  std::uint32_t last = 0;
  FeatureKind kind = FeatureKind::word;
  bool operator==(const Feature&) const = default;
};

// Words that are read of one note; what is beyond has no part in the topic.
inline constexpr std::size_t feature_words_max = 2'000;

class FeatureReader {
 public:
  FeatureReader();

  // `places`: names of places in the note, which must not speak for a topic, as in Places::mentions().
  // `raised`: the safety rules that the note calls; what a rule says is heard by the model like a word.
  [[nodiscard]] std::vector<Feature> read(const Words& note, const std::vector<Mention>& places,
                                          const std::vector<Raised>& raised) const;

  // Changes with everything that makes another reading of the same note: a model is of no use with another.
  [[nodiscard]] std::uint64_t version() const { return version_; }

 private:
  struct Token;
  struct Scan;
  [[nodiscard]] std::vector<Token> tokens(const Words& note, const std::vector<Mention>& places) const;

  struct Meant {
    std::vector<std::uint64_t> stems;
  };
  std::unordered_map<std::string, Meant> abbreviations_;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> notions_;  // by stem
  std::uint64_t version_ = 0;
};

}  // namespace bannette::router
