// The judge judged: right histories pass, and each fault that is put into one is named.
#include <functional>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "tests/checker/check.hpp"
#include "tests/checker/office.hpp"

using namespace bannette::checker;

namespace {

// A history of rows that were tampered with.
History of(const std::vector<History::Row>& rows, const std::vector<History::Found>& found) {
  History history;
  for (const auto& row : rows) {
    const auto op = history.invoke(row.invoked_at, row.asked);
    if (row.end == History::End::ok) history.ok(row.ended_at, op, row.told);
    if (row.end == History::End::fail) history.fail(row.ended_at, op, row.why);
    if (row.end == History::End::unknown) history.unknown(row.ended_at, op);
  }
  for (const auto& each : found) history.found(each.token, each.dossier);
  return history;
}

Operation submit(std::string token, std::string key = {}) {
  return {.who = "router", .kind = Kind::submit, .key = std::move(key), .token = std::move(token)};
}
Operation by_holder(Kind kind, std::uint64_t fence, std::int64_t lasts = 0) {
  return {.who = "alice", .kind = kind, .dossier = "d1", .fence = fence, .lasts = lasts};
}
Operation hold(std::int64_t lasts, std::string who = "alice") {
  return {.who = std::move(who), .kind = Kind::hold, .dossier = "d1", .lasts = lasts};
}

// One after the other, each answered ok.
struct Sequence {
  History history;
  std::int64_t now = 0;
  std::uint64_t seq = 0;

  Sequence& then(Operation asked, std::uint64_t fence = 0, std::int64_t wait = 10) {
    const auto op = history.invoke(now += wait, std::move(asked));
    history.ok(++now, op, {.dossier = "d1", .seq = ++seq, .fence = fence});
    return *this;
  }
  Sequence& nobody_knows(Operation asked) {
    now += 10;
    history.unknown(now + 40, history.invoke(now, std::move(asked)));
    return *this;
  }
  Verdict verdict() { return check(history); }
};

}  // namespace

TEST_CASE("tokens: lost, duplicated, unexpected, recovered") {
  History history;
  history.ok(2, history.invoke(1, submit("kept")), {.dossier = "d1", .seq = 1});
  history.ok(4, history.invoke(3, submit("lost")), {.dossier = "d2", .seq = 2});
  history.ok(6, history.invoke(5, submit("twice")), {.dossier = "d3", .seq = 3});
  history.fail(8, history.invoke(7, submit("refused")), "disk_full");
  history.fail(10, history.invoke(9, submit("refused and there")), "busy");
  history.unknown(12, history.invoke(11, submit("recovered")));
  history.unknown(14, history.invoke(13, submit("gone")));
  history.invoke(15, submit("never ended"));
  for (const char* each : {"kept", "twice", "refused and there", "recovered", "nobody's"})
    history.found(each, "of " + std::string(each));
  history.found("twice", "another");

  const Verdict verdict = check(history);
  CHECK(verdict.attempted == 8);
  CHECK(verdict.confirmed == 3);
  CHECK(verdict.refused == 2);
  CHECK(verdict.unknown == 3);
  CHECK(verdict.lost == std::vector<std::string>{"« lost »"});
  // "kept" was told as d1 and found under another name: it is in two dossiers.
  CHECK(verdict.duplicated == std::vector<std::string>{"« kept »", "« twice »"});
  CHECK(verdict.unexpected == std::vector<std::string>{"« nobody's »", "« refused and there »"});
  CHECK(verdict.recovered == std::vector<std::string>{"« recovered »"});
  CHECK_FALSE(verdict.holds());
  CHECK(text(verdict).find("8 attempted, 3 confirmed, 2 refused, 3 unknown") == 0);
  CHECK(text(verdict).find("\n  lost: « lost »") != std::string::npos);
}

TEST_CASE("a token that is tried again counts once, and must be answered the same") {
  History history;
  history.unknown(9, history.invoke(1, submit("a", "k")));
  history.fail(11, history.invoke(10, submit("a", "k")), "busy");
  history.ok(21, history.invoke(20, submit("a", "k")), {.dossier = "d1", .seq = 5});
  history.ok(31, history.invoke(30, submit("a", "k")), {.dossier = "d1", .seq = 5});
  history.found("a", "d1");
  const Verdict verdict = check(history);
  CHECK(verdict.holds());
  CHECK(verdict.attempted == 1);
  CHECK(verdict.confirmed == 1);
  CHECK(verdict.unknown == 0);

  history.ok(41, history.invoke(40, submit("a", "k")), {.dossier = "d1", .seq = 6});
  CHECK(check(history).retries.size() == 1);
}

TEST_CASE("holders: what ends a hold, and what does not") {
  const auto holders = [](Sequence& s) { return s.verdict().two_holders.size(); };
  const auto stale = [](Sequence& s) { return s.verdict().stale.size(); };
  Sequence taken_twice, released, supervisor, perhaps, expired, early, renewed, accepted, same_fence;
  taken_twice.then(hold(kForGood), 1).then(hold(kForGood, "bob"), 2);
  CHECK(holders(taken_twice) == 1);
  released.then(hold(kForGood), 1).then(by_holder(Kind::give_up, 1)).then(hold(kForGood, "bob"), 2);
  CHECK(holders(released) == 0);
  supervisor.then(hold(kForGood), 1).then(by_holder(Kind::give_up, 0)).then(hold(kForGood, "bob"), 2);
  CHECK(holders(supervisor) == 0);
  perhaps.then(hold(kForGood), 1).nobody_knows(by_holder(Kind::give_up, 1)).then(hold(kForGood, "bob"), 2);
  CHECK(holders(perhaps) == 0);
  expired.then(hold(100), 1).then(hold(100, "bob"), 2, 200);
  CHECK(holders(expired) == 0);
  early.then(hold(100), 1).then(hold(100, "bob"), 2, 50);
  CHECK(holders(early) == 1);
  renewed.then(hold(100), 1).then(by_holder(Kind::renew, 1, 100), 0, 80).then(hold(100, "bob"), 2, 80);
  CHECK(holders(renewed) == 1);
  accepted.then(hold(100), 1).then(by_holder(Kind::accept, 1)).then(hold(100, "bob"), 2, 5'000);
  CHECK(holders(accepted) == 1);
  same_fence.then(hold(0), 1).then(hold(0, "bob"), 1);
  CHECK(holders(same_fence) == 1);

  Sequence late, backwards;
  late.then(hold(0), 1).then(hold(0, "bob"), 2).then(by_holder(Kind::act, 1));
  CHECK(holders(late) == 0);
  CHECK(stale(late) == 1);
  backwards.then(hold(0), 2).then(hold(0, "bob"), 1);
  CHECK(stale(backwards) == 1);
}

TEST_CASE("order: only what certainly waited can be passed over") {
  const auto taken = [](auto&& between) {
    History history;
    const auto put = [&](std::int64_t at, const char* dossier, Place place) {
      history.ok(at + 1, history.invoke(at, submit(dossier)),
                 {.dossier = dossier, .bannette = "a", .place = place});
    };
    put(1, "normal", {4, 0, 1});
    put(3, "urgent", {2, 500, 2});
    between(history);
    history.ok(22, history.invoke(20, {.who = "bob", .kind = Kind::next, .bannettes = {"a"}}),
               {.dossier = "normal", .fence = 1});
    return check(history).order.size();
  };
  const auto nothing = [](History&) {};
  CHECK(taken(nothing) == 1);
  CHECK(taken([](History& h) {
          h.unknown(19, h.invoke(10, {.who = "eve", .kind = Kind::hold, .dossier = "urgent"}));
        }) == 0);
  CHECK(taken([](History& h) {
          h.unknown(19, h.invoke(10, {.who = "eve", .kind = Kind::next, .bannettes = {"a"}}));
        }) == 0);
  CHECK(taken([](History& h) {
          h.fail(19, h.invoke(10, {.who = "eve", .kind = Kind::hold, .dossier = "urgent"}));
        }) == 1);
  CHECK(taken([](History& h) { h.invoke(21, {.who = "eve", .kind = Kind::hold, .dossier = "urgent"}); }) ==
        0);
  CHECK(Place{1, 0, 9} < Place{2, 5, 1});
  CHECK(Place{1, 5, 9} < Place{1, 0, 1});  // without a deadline: the last of its class
  CHECK(Place{1, 5, 1} < Place{1, 5, 2});
}

TEST_CASE("right histories pass, and do something") {
  std::size_t confirmed = 0, recovered = 0, changes = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Verdict verdict = check(Office(seed).run(150));
    INFO("seed " << seed << ": " << verdict);
    CHECK(verdict.holds());
    confirmed += verdict.confirmed;
    recovered += verdict.recovered.size();
    changes += verdict.changes;
  }
  CHECK(confirmed > 200 * 30);
  CHECK(recovered > 200);
  CHECK(changes > 200 * 30);
}

namespace {

using Rows = std::vector<History::Row>;
using Finds = std::vector<History::Found>;
struct Mutation {
  const char* what;
  std::function<bool(Rows&, Finds&)> put;  // false: this history has no place for it
  std::function<std::size_t(const Verdict&)> named;
};

bool is_ok(const History::Row& row, Kind kind) {
  return row.end == History::End::ok && row.asked.kind == kind;
}
bool change(Rows& rows, auto&& which, auto&& how) {
  const auto at = std::find_if(rows.begin(), rows.end(), which);
  if (at == rows.end()) return false;
  how(*at);
  return true;
}

std::vector<Mutation> of_what_is_there() {
  return {
      {"a confirmed dossier is gone",
       [](Rows& rows, Finds& found) {
         return change(
             rows, [](auto& r) { return is_ok(r, Kind::submit); },
             [&](auto& r) { std::erase_if(found, [&](auto& f) { return f.token == r.asked.token; }); });
       },
       [](const Verdict& v) { return v.lost.size(); }},
      {"a dossier is there twice", [](Rows&, Finds& found) { return found.push_back(found.front()), true; },
       [](const Verdict& v) { return v.duplicated.size(); }},
      {"what nobody asked for", [](Rows&, Finds& found) { return found.push_back({"?", "d?"}), true; },
       [](const Verdict& v) { return v.unexpected.size(); }},
      {"a refused one is there",
       [](Rows& rows, Finds&) {
         return change(
             rows, [](auto& r) { return is_ok(r, Kind::submit); },
             [](auto& r) { r.end = History::End::fail; });
       },
       [](const Verdict& v) { return v.unexpected.size(); }}};
}

std::vector<Mutation> of_holders_order_and_numbers() {
  return {
      {"a release never happened",  // and the next holder came all the same
       [](Rows& rows, Finds&) {
         std::map<std::string, std::uint64_t> fences;
         for (auto& r : rows)
           if (is_ok(r, Kind::next)) fences[r.told.dossier] = std::max(fences[r.told.dossier], r.told.fence);
         return std::erase_if(rows, [&](auto& r) {
                  return r.asked.kind == Kind::give_up && fences[r.asked.dossier] > r.asked.fence;
                }) > 0;
       },
       [](const Verdict& v) { return v.two_holders.size(); }},
      {"a fence is given twice",
       [](Rows& rows, Finds&) {
         return change(
             rows, [](auto& r) { return is_ok(r, Kind::next) && r.told.fence > 1; },
             [](auto& r) { --r.told.fence; });
       },
       [](const Verdict& v) { return v.two_holders.size() + v.stale.size(); }},
      {"a stale holder has its way",
       [](Rows& rows, Finds&) {
         const auto last = std::find_if(rows.rbegin(), rows.rend(),
                                        [](auto& r) { return is_ok(r, Kind::next) && r.told.fence > 1; });
         if (last == rows.rend()) return false;
         History::Row late = *last;
         late.asked = {.who = "late", .kind = Kind::act, .dossier = last->told.dossier, .fence = 1};
         late.told = {.dossier = last->told.dossier, .seq = 1'000'000};
         late.invoked_at = last->ended_at + 10'000;
         late.ended_at = late.invoked_at + 1;
         rows.push_back(late);
         return true;
       },
       [](const Verdict& v) { return v.stale.size(); }},
      {"the order is the other way round",
       [](Rows& rows, Finds&) {
         for (auto& r : rows)
           if (r.asked.kind == Kind::submit) r.told.place.urgency = 5 - r.told.place.urgency;
         return true;
       },
       [](const Verdict& v) { return v.order.size(); }},
      {"numbers run backward",
       [](Rows& rows, Finds&) {
         for (auto& r : rows) r.told.seq = r.told.seq == 0 ? 0 : 1'000'000 - r.told.seq;
         return true;
       },
       [](const Verdict& v) { return v.sequence.size(); }},
      {"a number is given twice",
       [](Rows& rows, Finds&) {
         const auto some = [&](auto& r) { return r.end == History::End::ok && r.told.seq != 0; };
         const auto first = std::find_if(rows.begin(), rows.end(), some);
         if (first == rows.end()) return false;
         return change(
             rows, [&](auto& r) { return some(r) && &r != &*first; },
             [&](auto& r) { r.told.seq = first->told.seq; });
       },
       [](const Verdict& v) { return v.sequence.size(); }},
      {"a retry is answered otherwise",
       [](Rows& rows, Finds&) {
         const auto at =
             std::find_if(rows.begin(), rows.end(), [](auto& r) { return is_ok(r, Kind::submit); });
         if (at == rows.end()) return false;
         History::Row again = *at;
         again.told.seq += 1'000'000;
         rows.push_back(again);
         return true;
       },
       [](const Verdict& v) { return v.retries.size(); }},
  };
}

}  // namespace

TEST_CASE("each fault put into a right history is named") {
  auto mutations = of_what_is_there();
  for (auto& each : of_holders_order_and_numbers()) mutations.push_back(std::move(each));
  for (const Mutation& mutation : mutations) {
    CAPTURE(mutation.what);
    std::size_t put = 0, named = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const History right = Office(seed).run(150);
      Rows rows = right.rows();
      Finds found = right.found();
      if (!mutation.put(rows, found)) continue;
      ++put;
      const Verdict verdict = check(of(rows, found));
      named += mutation.named(verdict) > 0 && !verdict.holds() ? 1 : 0;
    }
    CHECK(put >= 10);
    CHECK(named * 2 >= put);  // answers that nobody got can hide one
  }
}

TEST_CASE("a million operations are judged in seconds") {
  History history;
  for (std::int64_t i = 0; i < 300'000; ++i) {
    const std::string n = std::to_string(i);
    history.ok(4 * i + 1, history.invoke(4 * i, submit(n, "k" + n)),
               {.dossier = n,
                .seq = static_cast<std::uint64_t>(2 * i + 1),
                .bannette = "a",
                .place = {1 + static_cast<int>(i % 4), 0, static_cast<std::uint64_t>(i)}});
    history.found(n, n);
  }
  CHECK(check(history).holds());
}

TEST_CASE("misuse is told") {
  History history;
  const auto op = history.invoke(10, submit("a"));
  CHECK_THROWS_AS(history.ok(9, op, {}), std::logic_error);
  history.ok(11, op, {});
  CHECK_THROWS_AS(history.fail(12, op), std::logic_error);
  CHECK_THROWS_AS(history.ok(12, 7, {}), std::out_of_range);
}
