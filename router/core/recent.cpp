#include "router/core/recent.hpp"

#include <algorithm>
#include <cmath>

namespace bannette::router {
namespace {

// Oldest first, and only the oldest of all is ever dropped: it is its lists' first.
template <class Index, class Key>
void drop_first(Index& index, const Key& key) {
  const auto at = index.find(key);
  if (at == index.end()) return;
  at->second.pop_front();
  if (at->second.empty()) index.erase(at);
}

}  // namespace

void Recent::add(Seen seen) {
  if (const auto known = by_key_.find(seen.key); known != by_key_.end()) {
    Seen& old = by_order_.at(known->second);
    if (old.number == 0) old.number = seen.number;
    return;
  }
  if (by_order_.size() >= bound) drop_oldest();
  const Order order = ++last_;
  by_key_.emplace(seen.key, order);
  if (!seen.insee.empty()) by_insee_[seen.insee].push_back(order);
  if (seen.caller != 0) by_caller_[seen.caller].push_back(order);
  by_order_.emplace(order, std::move(seen));
}

void Recent::drop_oldest() {
  const auto oldest = by_order_.begin();
  by_key_.erase(oldest->second.key);
  if (!oldest->second.insee.empty()) drop_first(by_insee_, oldest->second.insee);
  if (oldest->second.caller != 0) drop_first(by_caller_, oldest->second.caller);
  by_order_.erase(oldest);
}

void Recent::forget(std::int64_t now_ms) {
  while (!by_order_.empty() && by_order_.begin()->second.at_ms + window_ms < now_ms) drop_oldest();
}

Earlier Recent::compare(const Seen& seen, const Question& question) const {
  Earlier match{seen, false, false, false, 0};
  match.same_caller = question.caller != 0 && seen.caller == question.caller;
  match.same_commune = !question.insee.empty() && seen.insee == question.insee;
  match.same_topic = !question.topic.empty() && seen.topic == question.topic;
  match.percent = static_cast<int>(std::lround(100 * resemblance(seen.sketch, question.sketch)));
  return match;
}

std::vector<Earlier> Recent::like(const Question& question, std::size_t most) const {
  std::vector<Earlier> callers, alike, moment;
  const auto in_time = [&](const Seen& seen) { return seen.at_ms + window_ms >= question.now_ms; };
  if (const auto at = by_caller_.find(question.caller); question.caller != 0 && at != by_caller_.end())
    for (auto each = at->second.rbegin(); each != at->second.rend() && callers.size() < caller_most; ++each)
      if (const Seen& seen = by_order_.at(*each); in_time(seen)) callers.push_back(compare(seen, question));
  if (const auto at = by_insee_.find(question.insee); !question.insee.empty() && at != by_insee_.end())
    for (auto each = at->second.rbegin(); each != at->second.rend(); ++each) {
      const Seen& seen = by_order_.at(*each);
      if (!in_time(seen) || (question.caller != 0 && seen.caller == question.caller)) continue;
      Earlier match = compare(seen, question);
      if (match.percent >= (match.same_topic ? alike_percent : much_percent))
        alike.push_back(std::move(match));
      else if (match.same_topic && question.now_ms - seen.at_ms < moment_ms && moment.size() < moment_most)
        moment.push_back(std::move(match));
    }
  std::sort(alike.begin(), alike.end(), [](const Earlier& a, const Earlier& b) {
    return a.percent != b.percent ? a.percent > b.percent : a.seen.at_ms > b.seen.at_ms;
  });
  for (auto* list : {&alike, &moment})
    for (auto& match : *list) callers.push_back(std::move(match));
  if (callers.size() > most) callers.resize(most);
  return callers;
}

}  // namespace bannette::router
