// Numbers as people write them, in digits or in words.
#pragma once
#include <vector>

#include "router/core/text.hpp"

namespace bannette::router {

// Joins the words of a number ("quatre vingt six", "vingt et un", "deux cent dix") into one word in digits
// and fills Word::number. "un" and "une" alone stay words: they are articles. Bounds: 0..9999; longer runs of
// digits stay -1.
void read_numbers(std::vector<Word>& words);

}  // namespace bannette::router
