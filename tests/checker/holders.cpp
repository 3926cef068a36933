// Never two holders: what the answers alone can show of it.
#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

#include "tests/checker/attempts.hpp"

namespace bannette::checker {
namespace {

// What was asked about one dossier.
struct Affair {
  std::vector<const Attempt*> holds;     // ok
  std::vector<const Attempt*> held;      // renew, accept, act, give_up: ok
  std::vector<const Attempt*> given_up;  // ok, or nobody knows
};

bool gives_fence(const Attempt& attempt) {
  return attempt.first->asked.kind == Kind::hold || attempt.first->asked.kind == Kind::next;
}

std::int64_t sum(std::int64_t at, std::int64_t lasts) {
  return lasts == kForGood ? kForGood : at + lasts;
}

// Until when nobody else can have it, unless it is given up.
std::int64_t alone_until(const Attempt& hold, const Affair& affair) {
  const std::int64_t lasts = hold.first->asked.lasts;
  std::int64_t until = lasts == 0 ? std::numeric_limits<std::int64_t>::min() : sum(hold.invoked_at, lasts);
  for (const Attempt* each : affair.held) {
    if (each->fence() != hold.fence()) continue;
    const Operation& asked = each->first->asked;
    if (asked.kind == Kind::accept) return kForGood;
    if (asked.kind == Kind::renew && asked.lasts != 0)
      until = std::max(until, sum(each->invoked_at, asked.lasts));
  }
  return until;
}

void two_at_once(const Attempt& before, const Attempt& after, const Affair& affair, Verdict& verdict) {
  if (alone_until(before, affair) <= after.ended_at) return;
  for (const Attempt* each : affair.given_up) {
    const bool of_it = each->fence() == 0 || each->fence() == before.fence();
    if (of_it && each->invoked_at < after.ended_at) return;
  }
  verdict.two_holders.push_back(after.words() + " beside " + before.words());
}

void check_affair(Affair& affair, Verdict& verdict) {
  std::sort(affair.holds.begin(), affair.holds.end(), [](auto* a, auto* b) {
    return std::pair(a->fence(), a->invoked_at) < std::pair(b->fence(), b->invoked_at);
  });
  for (std::size_t i = 1; i < affair.holds.size(); ++i) {
    const Attempt& before = *affair.holds[i - 1];
    const Attempt& after = *affair.holds[i];
    if (before.fence() == after.fence())
      verdict.two_holders.push_back(after.words() + " has the fence of " + before.words());
    else if (after.ended_at < before.invoked_at)
      verdict.stale.push_back(before.words() + " came after " + after.words());
    else
      two_at_once(before, after, affair, verdict);
  }
  // A later fence was known before the command was even sent.
  std::map<std::int64_t, const Attempt*> newest;  // by when it was told: the highest fence so far
  std::vector<const Attempt*> told = affair.holds;
  std::sort(told.begin(), told.end(), [](auto* a, auto* b) { return a->ended_at < b->ended_at; });
  for (const Attempt* each : told)
    if (newest.empty() || newest.rbegin()->second->fence() < each->fence()) newest[each->ended_at] = each;
  for (const Attempt* each : affair.held) {
    const auto after = newest.lower_bound(each->invoked_at);
    if (each->fence() == 0 || after == newest.begin()) continue;
    const Attempt& known = *std::prev(after)->second;
    if (known.fence() > each->fence())
      verdict.stale.push_back(each->words() + " had its way after " + known.words());
  }
}

}  // namespace

void check_holders(const std::vector<Attempt>& all, Verdict& verdict) {
  std::unordered_map<std::string, Affair> affairs;
  std::vector<const std::string*>
      names;  // in the order of the history, so that a verdict is the same each time
  for (const Attempt& each : all) {
    if (each.first->asked.kind == Kind::submit || each.dossier().empty() || each.refused) continue;
    const auto [at, is_new] = affairs.try_emplace(each.dossier());
    if (is_new) names.push_back(&at->first);
    Affair& affair = at->second;
    if (each.first->asked.kind == Kind::give_up) affair.given_up.push_back(&each);
    if (each.ok == nullptr) continue;
    (gives_fence(each) ? affair.holds : affair.held).push_back(&each);
  }
  for (const std::string* name : names) check_affair(affairs.at(*name), verdict);
}

}  // namespace bannette::checker
