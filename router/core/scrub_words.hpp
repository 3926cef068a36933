// Words that a note may keep, and words that are names of people: for the scrubber.
#pragma once
#include <string_view>
#include <unordered_set>

namespace bannette::router {

using WordSet = std::unordered_set<std::string_view>;  // folded words of static duration

[[nodiscard]] WordSet word_set(std::string_view list);  // that spaces part

[[nodiscard]] const WordSet& given_names();  // of people and of nothing else
[[nodiscard]] const WordSet&
given_names_and_words();                            // "rose", "pierre": a name only where it stands like one
[[nodiscard]] const WordSet& surnames_and_words();  // "petit", "boulanger": behind "Mme" a name
[[nodiscard]] const WordSet& ordinary_words();      // of call notes, abbreviations included

}  // namespace bannette::router
