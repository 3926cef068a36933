#include "tests/checker/check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <unordered_map>

#include "tests/checker/attempts.hpp"

namespace bannette::checker {
namespace {

constexpr std::size_t kTold = 20;  // of each fault

bool same(const Told& a, const Told& b) {
  return a.dossier == b.dossier && a.seq == b.seq && a.fence == b.fence && a.bannette == b.bannette &&
         a.place == b.place;
}

struct Token {
  bool attempted = false, confirmed = false, possible = false;
  std::set<std::string> dossiers;
  std::size_t found = 0;
};

}  // namespace

std::string Attempt::words() const {
  const Operation& asked = first->asked;
  std::string text = asked.who + ": " + std::string(name(asked.kind));
  if (!asked.token.empty()) text += " « " + asked.token + " »";
  if (!dossier().empty()) text += " " + dossier();
  if (fence() != 0) text += " fence " + std::to_string(fence());
  if (ok != nullptr && ok->told.seq != 0) text += " seq " + std::to_string(ok->told.seq);
  text += " [" + std::to_string(invoked_at) + "..";
  return text + (ended_at == kForGood ? "]" : std::to_string(ended_at) + "]");
}

std::vector<Attempt> attempts(const History& history, Verdict& verdict) {
  std::vector<const History::Row*> rows;
  for (const auto& row : history.rows()) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](auto* a, auto* b) {  // of one moment: as they were invoked
    return std::pair(a->invoked_at, a) < std::pair(b->invoked_at, b);
  });
  std::vector<Attempt> all;
  std::unordered_map<std::string, std::size_t> by_key;
  for (const History::Row* row : rows) {
    std::size_t at = all.size();
    if (!row->asked.key.empty()) at = by_key.try_emplace(row->asked.key, at).first->second;
    if (at == all.size()) all.push_back({row, nullptr, true, row->invoked_at, kForGood});
    Attempt& attempt = all[at];
    attempt.refused = attempt.refused && row->end == History::End::fail;
    if (row->end == History::End::fail && row->asked.kind == Kind::submit) ++verdict.refused;
    if (row->end != History::End::ok) continue;
    if (attempt.ok != nullptr && !same(attempt.ok->told, row->told))
      verdict.retries.push_back(attempt.words() +
                                " was answered otherwise when tried again: " + row->told.dossier + " seq " +
                                std::to_string(row->told.seq) + " fence " + std::to_string(row->told.fence));
    if (attempt.ok == nullptr || row->ended_at < attempt.ended_at) attempt.ok = row;
    attempt.ended_at = attempt.ok->ended_at;
  }
  return all;
}

void check_tokens(const std::vector<Attempt>& all, const History& history, Verdict& verdict) {
  std::map<std::string, Token> tokens;
  for (const Attempt& attempt : all) {
    if (attempt.first->asked.kind != Kind::submit) continue;
    Token& token = tokens[attempt.first->asked.token];
    token.attempted = true;
    token.possible = token.possible || !attempt.refused;
    if (attempt.ok == nullptr) continue;
    token.confirmed = true;
    if (!attempt.ok->told.dossier.empty()) token.dossiers.insert(attempt.ok->told.dossier);
  }
  for (const auto& each : history.found()) {
    Token& token = tokens[each.token];
    ++token.found;
    token.dossiers.insert(each.dossier);
  }
  for (const auto& [name, token] : tokens) {
    verdict.attempted += token.attempted ? 1 : 0;
    verdict.confirmed += token.confirmed ? 1 : 0;
    verdict.unknown += token.possible && !token.confirmed ? 1 : 0;
    if (token.confirmed && token.found == 0) verdict.lost.push_back("« " + name + " »");
    if (token.found > 1 || token.dossiers.size() > 1) verdict.duplicated.push_back("« " + name + " »");
    if (token.found != 0 && !token.possible) verdict.unexpected.push_back("« " + name + " »");
    if (token.found != 0 && token.possible && !token.confirmed)
      verdict.recovered.push_back("« " + name + " »");
  }
}

bool Verdict::holds() const {
  return lost.empty() && duplicated.empty() && unexpected.empty() && two_holders.empty() && stale.empty() &&
         order.empty() && sequence.empty() && retries.empty();
}

Verdict check(const History& history) {
  Verdict verdict;
  const std::vector<Attempt> all = attempts(history, verdict);
  for (const Attempt& each : all)
    if (each.ok != nullptr && each.first->asked.kind != Kind::submit) ++verdict.changes;
  check_tokens(all, history, verdict);
  check_holders(all, verdict);
  check_order(all, verdict);
  check_sequence(all, verdict);
  return verdict;
}

std::ostream& operator<<(std::ostream& out, const Verdict& v) {
  out << v.attempted << " attempted, " << v.confirmed << " confirmed, " << v.refused << " refused, "
      << v.unknown << " unknown, " << v.changes << " other changes: " << v.lost.size() << " lost, "
      << v.duplicated.size() << " duplicated, " << v.unexpected.size() << " unexpected, "
      << v.recovered.size() << " recovered";
  const auto faults = [&out](const char* what, const std::vector<std::string>& all) {
    for (std::size_t i = 0; i < all.size() && i < kTold; ++i) out << "\n  " << what << ": " << all[i];
    if (all.size() > kTold) out << "\n  " << what << ": and " << all.size() - kTold << " more";
  };
  faults("lost", v.lost);
  faults("duplicated", v.duplicated);
  faults("unexpected", v.unexpected);
  faults("two holders", v.two_holders);
  faults("stale", v.stale);
  faults("order", v.order);
  faults("sequence", v.sequence);
  faults("retries", v.retries);
  return out;
}

std::string text(const Verdict& verdict) {
  std::ostringstream out;
  out << verdict;
  return out.str();
}

}  // namespace bannette::checker
