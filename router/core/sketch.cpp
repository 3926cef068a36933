#include "router/core/sketch.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "router/core/text.hpp"

namespace bannette::router {
namespace {

constexpr std::size_t gram = 4;  // letters

// Words that every note has.
constexpr std::array<std::string_view, 52> small_words{
    "appel", "appelle", "au",       "aussi",  "aux",  "avec",     "bonjour", "ce",   "cette",
    "dans",  "de",      "demande",  "depuis", "des",  "dit",      "du",      "elle", "en",
    "est",   "et",      "il",       "ils",    "je",   "la",       "le",      "les",  "leur",
    "lui",   "ma",      "madame",   "me",     "mme",  "monsieur", "mr",      "ne",   "nous",
    "on",    "par",     "pas",      "plus",   "pour", "que",      "qui",     "sa",   "se",
    "ses",   "son",     "souhaite", "sur",    "un",   "une",      "veut"};

// A 64-bit finaliser: every bit of the input reaches every bit of the output (S. Vigna, SplitMix64).
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

std::uint64_t hash_of(std::string_view text, std::uint64_t secret) {
  std::uint64_t hash = mix(secret ^ text.size());
  for (const char c : text) hash = mix(hash ^ static_cast<unsigned char>(c));
  return hash;
}

// The word, and what letters stand beside each other in it.
void add(std::vector<std::uint64_t>& features, std::string_view word, std::uint64_t secret) {
  features.push_back(hash_of(word, secret));
  if (word.size() < gram) return;
  const std::string marked = "^" + std::string(word.substr(0, 40)) + "$";
  for (std::size_t at = 0; at + gram <= marked.size(); ++at)
    features.push_back(hash_of(std::string_view(marked).substr(at, gram), ~secret));
}

}  // namespace

Sketch sketch_of(std::string_view note, std::uint64_t secret) {
  std::vector<std::uint64_t> features;
  for (const auto& word : words_of(note).list) {
    if (std::binary_search(small_words.begin(), small_words.end(), word.text)) continue;
    if (word.text.size() < 2 && word.number < 0) continue;
    add(features, word.text, secret);
    if (features.size() >= sketch_features) break;
  }
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  Sketch sketch;
  sketch.features = static_cast<std::uint16_t>(std::min(features.size(), sketch_features));
  std::array<std::uint64_t, sketch_hashes> least{};
  least.fill(~0ULL);
  std::array<std::uint64_t, sketch_hashes> by{};
  for (std::size_t i = 0; i < sketch_hashes; ++i) by[i] = mix(secret + i + 1) | 1;
  for (const std::uint64_t feature : features)
    for (std::size_t i = 0; i < sketch_hashes; ++i) {
      const std::uint64_t mixed = (feature ^ (by[i] >> 7)) * by[i];
      least[i] = std::min(least[i], mixed ^ (mixed >> 32));
    }
  for (std::size_t i = 0; i < sketch_hashes; ++i) sketch.least[i] = static_cast<std::uint8_t>(mix(least[i]));
  return sketch;
}

double resemblance(const Sketch& a, const Sketch& b) {
  if (a.features < features_least || b.features < features_least) return 0;
  int same = 0;
  for (std::size_t i = 0; i < sketch_hashes; ++i) same += a.least[i] == b.least[i] ? 1 : 0;
  // Bytes agree by chance, one in 256.
  constexpr double chance = 1.0 / 256;
  const double share = static_cast<double>(same) / static_cast<double>(sketch_hashes);
  return std::max(0.0, (share - chance) / (1 - chance));
}

}  // namespace bannette::router
