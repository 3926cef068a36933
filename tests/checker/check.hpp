// Judges a history. Sound: what it complains of is wrong whatever happened to the operations that were never
// answered. Nearly linear in the history's length, so that a million operations are judged in seconds.
#pragma once
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "tests/checker/history.hpp"

namespace bannette::checker {

struct Verdict {
  // Tokens. A token that was tried again counts once, and as confirmed when one of its tries was.
  std::size_t attempted = 0;
  std::size_t confirmed = 0;
  std::size_t refused = 0;  // each try
  std::size_t unknown = 0;  // not confirmed, and not refused each time

  std::vector<std::string> lost;        // confirmed, and not found
  std::vector<std::string> duplicated;  // in two dossiers, found or confirmed
  std::vector<std::string> unexpected;  // found, and never asked for or always refused
  std::vector<std::string> recovered;   // found, and its fate was unknown: no fault

  std::vector<std::string> two_holders;  // one dossier held by two, or one fence given to two
  std::vector<std::string> stale;        // a holder's command had its way after a later fence was given
  std::vector<std::string> order;        // a "next" that passed over what had to come first
  std::vector<std::string> sequence;     // a number given twice, or less than one that was given before
  std::vector<std::string> retries;      // one key, two answers

  std::size_t changes = 0;  // confirmed operations that are no submissions
  // Nothing wrong. `recovered` is not wrong, and an empty history is right: look at `confirmed` too.
  [[nodiscard]] bool holds() const;
};

// Was each kept, once? Needs found(); the other checks do not.
[[nodiscard]] Verdict check(const History& history);

// The counts on one line, then the first 20 of each fault.
std::ostream& operator<<(std::ostream& out, const Verdict& verdict);
[[nodiscard]] std::string text(const Verdict& verdict);

}  // namespace bannette::checker
