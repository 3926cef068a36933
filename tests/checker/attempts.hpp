// Operations of one key are one attempt, tried until it is answered.
#pragma once
#include <string>
#include <vector>

#include "tests/checker/check.hpp"

namespace bannette::checker {

struct Attempt {
  const History::Row* first = nullptr;  // what was asked
  const History::Row* ok = nullptr;     // the first ok, or nothing
  bool refused = false;                 // each of its tries
  std::int64_t invoked_at = 0;          // it happened after this ...
  std::int64_t ended_at = kForGood;     // ... and, when ok, before this

  // The dossier that it is about: asked for, or told.
  [[nodiscard]] const std::string& dossier() const {
    return first->asked.dossier.empty() && ok != nullptr ? ok->told.dossier : first->asked.dossier;
  }
  [[nodiscard]] std::uint64_t fence() const {
    const bool gives = first->asked.kind == Kind::hold || first->asked.kind == Kind::next;
    return gives && ok != nullptr ? ok->told.fence : first->asked.fence;
  }
  [[nodiscard]] std::string words() const;
};

// In the order of their first invocation. Two answers to one key are told in `verdict`.
[[nodiscard]] std::vector<Attempt> attempts(const History& history, Verdict& verdict);

void check_tokens(const std::vector<Attempt>& all, const History& history, Verdict& verdict);
void check_holders(const std::vector<Attempt>& all, Verdict& verdict);
void check_order(const std::vector<Attempt>& all, Verdict& verdict);
void check_sequence(const std::vector<Attempt>& all, Verdict& verdict);

}  // namespace bannette::checker
