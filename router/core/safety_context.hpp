// What stands around a grave word and makes it say something else: a denial, the past, a supposition, a
// figure of speech, a retraction, a professional's report. Each is told by words that the site lists.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "router/core/regex_set.hpp"
#include "router/core/safety_text.hpp"
#include "router/core/spot.hpp"

namespace bannette::router {

// In the order of `context_names`.
enum class Context : std::uint8_t {
  negation,    // denied in its clause: "n'a pas frappé", "ni coups"; "n'ose pas dire qu'il frappe" denies the
               // saying
  past,        // in a sentence with a mark of the past and none of the present: "il y a dix ans"
  hypothesis,  // supposed: "s'il la frappe"; in "si je pars il me tue" the condition is supposed, not the
               // threat
  figure,      // a figure of speech: "il me tue avec ses devoirs"
  retraction,  // the note takes back what was told: "levée de doute", "fausse alerte"
  report,      // told by a professional who is not in the place: not `immediate` unless a mark says now
};
inline constexpr std::size_t context_count = 6;
inline constexpr std::array<std::string_view, context_count> context_names{"negation", "passe",   "hypothese",
                                                                           "figure",   "dementi", "rapporte"};

// Words that tell a context, and longer ones that seem to and do not ("sans arret").
struct ContextWords {
  std::vector<Spot> words;
  std::vector<Spot> except;
};

struct ContextLexicon {
  std::array<ContextWords, context_count> contexts;  // by Context
  ContextWords present;                              // "ce soir", "encore": a told past counts all the same
  std::vector<Spot> adult;                           // "mere", "mr": the age behind is no child's
  std::vector<Spot> clause;                          // "que", "mais": a denial before does not reach beyond
  std::vector<Spot> subject;                         // "il", "je": begins the next verb's clause
};

inline constexpr std::size_t negation_reach = 4;    // words before what is denied
inline constexpr std::size_t hypothesis_reach = 7;  // words after "si"

// The marks of one note. Bits are words.
struct Marks {
  const Words& words;
  std::array<std::vector<bool>, context_count> told;
  std::vector<bool> present, adult, clause, subject;

  [[nodiscard]] bool denied(Span match) const;
  [[nodiscard]] bool past(Span match) const;
  [[nodiscard]] bool supposed(Span match) const;
  [[nodiscard]] bool figure(Span match) const;
  [[nodiscard]] bool anywhere(Context context) const;
  [[nodiscard]] bool now(Span match) const;  // a mark of the present in the match's sentence
};

}  // namespace bannette::router
