// Which name a misspelt one was meant to be: how many slips lie between, and how often each is meant.
#include <algorithm>
#include <bit>
#include <cmath>

#include "router/core/place_words.hpp"
#include "router/core/places.hpp"
#include "router/core/spelling.hpp"

namespace bannette::router {
namespace {

constexpr double slip_cost = 4.5;  // natural logarithm of odds: one slip more makes a reading 90 times rarer
constexpr double clear_margin = 2.3;  // ten times likelier than the next: nobody needs to look
// Of a hundred calls, so many are about communes that the site serves, other communes, and places elsewhere.
constexpr double served_share = 0.85, other_share = 0.12, elsewhere_share = 0.03;
constexpr double same_sound = 1.2;     // slips that a name counts for which sounds the same
constexpr double other_letters = 1.8;  // and where it is written quite otherwise: "ouatrelos"

constexpr double first_letter = 1;  // slips that a wrong first letter counts more: people hear it best
constexpr double left_out = 1.4;    // and one of whose letters some were left out: "halin", "wasqhal"

struct Likely {
  std::size_t name = 0;
  double slips = 0;
  double cost = 0;
  bool by_sound = false;
};

}  // namespace

// The share of calls that are about it.
double Places::commonness(const Name& name) const {
  if (name.elsewhere) return elsewhere_share / static_cast<double>(elsewhere_.size());
  if (serves(name.target)) return served_share / static_cast<double>(served_.size());
  constexpr double smallest = 100;
  return other_share * std::max<double>(communes_[name.target].population, smallest) / population_;
}

// How many slips lie between what was typed and a name; nothing where they are too many.
std::optional<Places::Slips> Places::slips_to(const Name& name, const Typed& typed, int most) const {
  const auto& [compact, sounds, letters] = typed;
  const bool same = sounds[0].size() >= 2 && !name.elsewhere &&
                    (name.sound == sounds[0] || name.sound == sounds[1] || name.sound_by_word == sounds[0] ||
                     name.sound_by_word == sounds[1]);
  const bool served = !name.elsewhere && serves(name.target);
  const bool cut_short = served && compact.size() >= 4 && 2 * compact.size() >= name.compact.size() &&
                         abridges(compact, name.compact);
  // A short name may hold two slips where it is served and sounds nearly the same: "rons".
  const bool near = served && compact.size() >= 4 && compact[0] == name.compact[0] &&
                    distance(sounds[0], name.sound, 1) <= 1;
  const int bound = std::max(most, near ? 2 : 0);
  // A slip brings at most one letter that the other does not have.
  const bool far =
      std::popcount(name.letters & ~letters) > bound || std::popcount(letters & ~name.letters) > bound;
  const int slips = far ? bound + 1 : distance(compact, name.compact, bound);
  const bool readable =
      slips <= bound && name.compact.size() >= 4 && (near || slips < 2 || name.compact.size() >= 6);
  if (!same && !cut_short && !readable) return std::nullopt;
  double counted = slips;
  if (slips > 0 && name.compact[0] != compact[0]) counted += first_letter;
  if (same) counted = std::min(counted, slips > bound ? other_letters : same_sound);
  if (cut_short) counted = std::min(counted, left_out);
  return Slips{counted, same && slips > 1};
}

Found Places::misspelt(const std::vector<std::string>& words, int most) const {
  constexpr std::size_t longest = 48;
  Found found{.how = Found::How::slip};
  const auto compact = joined(words);
  if (compact.size() > longest) return found;
  const Typed typed{compact, {sound_of(compact), sound_by_word(words)}, letters_of(compact)};
  std::vector<Likely> all;
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (const auto slips = slips_to(names_[i], typed, most))
      all.push_back(
          {i, slips->counted, slip_cost * slips->counted - std::log(commonness(names_[i])), slips->by_sound});
  if (all.empty()) return found;
  std::sort(all.begin(), all.end(), [](const Likely& a, const Likely& b) { return a.cost < b.cost; });
  std::erase_if(all, [&](const Likely& l) { return l.cost > all[0].cost + clear_margin; });
  const auto& best = names_[all[0].name];
  if (all[0].by_sound) found.how = Found::How::sound;
  if (best.elsewhere) {
    found.what = Found::What::elsewhere;
    found.place = elsewhere_[best.target];
    return found;
  }
  for (const auto& likely : all)
    if (const auto& name = names_[likely.name];
        !name.elsewhere &&
        std::find(found.communes.begin(), found.communes.end(), name.target) == found.communes.end())
      found.communes.push_back(name.target);
  const bool alone = found.communes.size() == 1;
  found.what = alone || serves(best.target) ? Found::What::commune : Found::What::several;
  found.weak = !alone || (all[0].slips > 1.5 && compact.size() < 7);
  return found;
}

}  // namespace bannette::router
