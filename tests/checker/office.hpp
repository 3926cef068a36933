// A right queue of a few lines, whose histories are right: what the mutated ones are made of.
#pragma once
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/checker/check.hpp"

namespace bannette::checker {

class Office {
 public:
  explicit Office(std::uint64_t seed) : random_(seed) {}

  // Many clients at once: each operation takes time, happens somewhere within it, and one in eight is never
  // answered, whether it happened or not.
  History run(int operations) {
    for (int i = 0; i < operations; ++i) one();
    for (const auto& [dossier, each] : dossiers_) history_.found(each.token, dossier);
    return history_;
  }

 private:
  struct Dossier {
    std::string token, bannette;
    Place place;
    std::uint64_t fence = 0;
    bool is_held = false, is_handled = false;
  };

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }

  // Invoked, done at once, and answered some time later: operations overlap, and each took effect within its
  // own time.
  void one() {
    now_ += 1 + static_cast<std::int64_t>(pick(5));
    const auto what = pick(10);
    if (what < 4 || dossiers_.empty()) return submit();
    if (what < 7) return next();
    const auto at = std::next(dossiers_.begin(), static_cast<std::ptrdiff_t>(pick(dossiers_.size())));
    what < 9 ? act(at->first, at->second) : give_up(at->first, at->second);
  }

  void submit() {
    const std::string n = std::to_string(dossiers_.size() + 1);
    const std::string bannette = pick(2) == 0 ? "a" : "b";
    const auto op = invoke({.who = "router", .kind = Kind::submit, .key = "k" + n, .token = "call " + n});
    if (pick(10) == 0) return unknown(op);  // never arrived
    ++seq_;
    Dossier& d = dossiers_["d" + n];
    d = {"call " + n, bannette, {1 + static_cast<int>(pick(4)), static_cast<std::int64_t>(pick(3)), seq_}};
    answer(op, {"d" + n, seq_, 0, bannette, d.place});
  }

  void next() {
    const auto op = invoke({.who = "agent", .kind = Kind::next, .lasts = kForGood, .bannettes = {"a", "b"}});
    std::map<Place, std::string> waiting;
    for (const auto& [name, each] : dossiers_)
      if (!each.is_held && !each.is_handled) waiting[each.place] = name;
    if (waiting.empty()) return history_.fail(now_ + 1, op, "nothing_waiting");
    Dossier& d = dossiers_[waiting.begin()->second];
    d.is_held = true;
    answer(op, {waiting.begin()->second, ++seq_, ++d.fence});
  }

  void act(const std::string& name, Dossier& d) {
    const auto op = invoke({.who = "agent", .kind = Kind::act, .dossier = name, .fence = d.fence});
    if (!d.is_held) return history_.fail(now_ + 1, op, "stale_fence");
    answer(op, {name, ++seq_});
  }

  void give_up(const std::string& name, Dossier& d) {
    const auto op = invoke({.who = "agent", .kind = Kind::give_up, .dossier = name, .fence = d.fence});
    if (!d.is_held) return history_.fail(now_ + 1, op, "stale_fence");
    d.is_held = false;
    d.is_handled = pick(2) == 0;
    answer(op, {name, ++seq_});
  }

  std::size_t invoke(Operation asked) { return history_.invoke(now_, std::move(asked)); }
  void answer(std::size_t op, Told told) {
    if (pick(8) == 0) return unknown(op);
    history_.ok(now_ + static_cast<std::int64_t>(pick(40)), op, std::move(told));
  }
  void unknown(std::size_t op) { history_.unknown(now_ + 100, op); }

  std::mt19937_64 random_;
  History history_;
  std::map<std::string, Dossier> dossiers_;
  std::int64_t now_ = 0;
  std::uint64_t seq_ = 0;
};

}  // namespace bannette::checker
