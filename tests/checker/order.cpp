// "Next" never passes over what certainly waited; and numbers grow with time.
#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <unordered_map>

#include "tests/checker/attempts.hpp"

namespace bannette::checker {
namespace {

// A confirmed dossier that certainly waits from one moment to another.
struct Waiting {
  const Attempt* submit = nullptr;
  std::int64_t until = kForGood;  // somebody may have touched it from then on
};

using Tray = std::map<Place, Waiting*>;

bool is_next(const Attempt& attempt) {
  return attempt.first->asked.kind == Kind::next;
}

void judge(const Attempt& next, const std::unordered_map<std::string, Waiting>& waiting,
           const std::unordered_map<std::string, Tray>& trays, Verdict& verdict) {
  const auto given = waiting.find(next.dossier());
  if (given == waiting.end()) return;  // its place is not known
  const Place& place = given->second.submit->ok->told.place;
  for (const std::string& bannette : next.first->asked.bannettes) {
    const auto tray = trays.find(bannette);
    if (tray == trays.end()) continue;
    for (const auto& [before, other] : tray->second) {
      if (!(before < place)) break;
      if (other->until <= next.ended_at) continue;
      verdict.order.push_back(next.words() + " passed over " + other->submit->words());
      return;
    }
  }
}

std::unordered_map<std::string, Waiting> certainly_waiting(const std::vector<Attempt>& all) {
  std::unordered_map<std::string, Waiting> waiting;
  for (const Attempt& each : all)
    if (each.first->asked.kind == Kind::submit && each.ok != nullptr && !each.dossier().empty())
      waiting[each.dossier()].submit = &each;
  std::unordered_map<std::string, std::int64_t> blind;  // by bannette: a "next" whose dossier nobody knows
  for (const Attempt& each : all) {
    if (each.refused || each.first->asked.kind == Kind::submit) continue;
    if (is_next(each) && each.ok == nullptr)
      for (const auto& bannette : each.first->asked.bannettes) blind.try_emplace(bannette, each.invoked_at);
    if (const auto at = waiting.find(each.dossier()); at != waiting.end())
      at->second.until = std::min(at->second.until, each.invoked_at);
  }
  for (auto& [dossier, each] : waiting)
    if (const auto at = blind.find(each.submit->ok->told.bannette); at != blind.end())
      each.until = std::min(each.until, at->second);
  return waiting;
}

}  // namespace

// Sweeps time: what waits enters when it was confirmed, and leaves when it may have been touched.
void check_order(const std::vector<Attempt>& all, Verdict& verdict) {
  auto waiting = certainly_waiting(all);
  enum What { leaves, asks, enters };  // at one moment: what leaves has left, what enters is not yet there
  struct Event {
    std::int64_t at;
    What what;
    Waiting* dossier;
    const Attempt* next;
  };
  std::vector<Event> events;
  for (auto& [name, each] : waiting) {
    if (each.until <= each.submit->ended_at) continue;
    events.push_back({each.submit->ended_at, enters, &each, nullptr});
    if (each.until != kForGood) events.push_back({each.until, leaves, &each, nullptr});
  }
  for (const Attempt& each : all)
    if (is_next(each) && each.ok != nullptr) events.push_back({each.invoked_at, asks, nullptr, &each});
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tuple(a.at, a.what) < std::tuple(b.at, b.what);
  });
  std::unordered_map<std::string, Tray> trays;
  for (const Event& event : events) {
    if (event.what == asks) {
      judge(*event.next, waiting, trays, verdict);
      continue;
    }
    const Told& told = event.dossier->submit->ok->told;
    if (event.what == enters)
      trays[told.bannette].emplace(told.place, event.dossier);
    else
      trays[told.bannette].erase(told.place);
  }
}

void check_sequence(const std::vector<Attempt>& all, Verdict& verdict) {
  std::unordered_map<std::uint64_t, const Attempt*> given;
  const auto later = [](const Attempt* a, const Attempt* b) { return a->ended_at > b->ended_at; };
  std::priority_queue<const Attempt*, std::vector<const Attempt*>, decltype(later)> running(later);
  const Attempt* highest = nullptr;  // among those that had ended
  for (const Attempt& each : all) {  // in the order of their invocation
    if (each.ok == nullptr || each.ok->told.seq == 0) continue;
    for (; !running.empty() && running.top()->ended_at < each.invoked_at; running.pop())
      if (highest == nullptr || highest->ok->told.seq < running.top()->ok->told.seq) highest = running.top();
    if (highest != nullptr && highest->ok->told.seq > each.ok->told.seq)
      verdict.sequence.push_back(each.words() + " came after " + highest->words());
    const auto [at, is_new] = given.emplace(each.ok->told.seq, &each);
    if (!is_new) verdict.sequence.push_back(each.words() + " has the number of " + at->second->words());
    running.push(&each);
  }
}

}  // namespace bannette::checker
