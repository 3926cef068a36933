#include "router/core/safety_context.hpp"

#include <algorithm>

namespace bannette::router {
namespace {

const std::vector<bool>& marks(const Marks& all, Context context) {
  return all.told[static_cast<std::size_t>(context)];
}

// Does a mark stand in the sentence of the match?
bool in_sentence(const Marks& all, const std::vector<bool>& marks, Span match) {
  const auto& list = all.words.list;
  const auto from = list[match.first].sentence;
  const auto to = list[match.last - 1].sentence;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (marks[i] && list[i].sentence >= from && list[i].sentence <= to) return true;
  return false;
}

}  // namespace

// Before: within the clause, not beyond a conjunction nor the subject of another verb. After: right behind
// the verb ("frappe pas", "ne la frappe plus"), unless that denies something else ("menace pas de coups").
bool Marks::denied(Span match) const {
  const auto& list = words.list;
  const auto& denial = marks(*this, Context::negation);
  const auto ends = [&](std::size_t at) { return list[at].clause != list[match.first].clause || clause[at]; };
  for (std::size_t back = 1; back <= negation_reach && back <= match.first; ++back) {
    const auto at = match.first - back;
    if (ends(at) || subject[at]) break;
    if (denial[at]) return true;
  }
  const auto behind = [&](std::size_t verb) {
    const auto at = verb + 1;
    if (at >= list.size() || !denial[at] || list[at].clause != list[verb].clause) return false;
    if (list[at].text == "sans" || list[at].text == "ni" || list[at].text.starts_with("aucun")) return false;
    return at + 1 >= list.size() || (list[at + 1].text != "de" && list[at + 1].text != "d");
  };
  for (std::size_t at = match.first; at < match.last; ++at) {
    if (at > match.first && ends(at)) break;
    if ((at == match.first || at + 1 == match.last) && behind(at)) return true;
  }
  return false;
}

bool Marks::past(Span match) const {
  return in_sentence(*this, marks(*this, Context::past), match) && !now(match);
}

bool Marks::supposed(Span match) const {
  const auto& list = words.list;
  const auto& supposition = marks(*this, Context::hypothesis);
  std::size_t subjects = subject[match.first] ? 1 : 0;
  for (std::size_t back = 1; back <= hypothesis_reach && back <= match.first; ++back) {
    const auto at = match.first - back;
    if (list[at].clause != list[match.first].clause) return false;
    if (supposition[at]) return true;
    if (subject[at] && ++subjects > 1) return false;
    if (clause[at]) return false;
  }
  return false;
}

bool Marks::figure(Span match) const {
  const auto& figures = marks(*this, Context::figure);
  return figures[match.first] || figures[match.last - 1];
}

bool Marks::anywhere(Context context) const {
  const auto& all = marks(*this, context);
  return std::find(all.begin(), all.end(), true) != all.end();
}

bool Marks::now(Span match) const {
  return in_sentence(*this, present, match);
}

}  // namespace bannette::router
