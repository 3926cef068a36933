// Nobody who hung up is forgotten, nobody is called by two posts, nobody is called who got through; and what
// was journalled gives the same list again.
#include "router/calls/callbacks.hpp"

#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

using namespace bannette;
using namespace bannette::calls;
using What = CallbackChange::What;

namespace {

constexpr std::int64_t now = 1'795'444'500'000, minute = 60'000, hour = 60 * minute;
const std::string anne = "0612985096", bob = "+33 5 36 49 96 11", carl = "0261917784";

MissedCall call(const std::string& id, const std::string& number, std::int64_t arrival_ms,
                MissedAs as = MissedAs::abandoned) {
  return {
      .call = "pbx:" + id, .number = number, .queue = "premier-contact", .as = as, .arrival_ms = arrival_ms};
}

std::vector<std::string> order(const Callbacks& list, std::int64_t at_ms) {
  std::vector<std::string> out;
  for (const auto* entry : list.ranked(at_ms, 100)) out.push_back(entry->number);
  return out;
}

std::uint64_t id_of(const Callbacks& list, const std::string& number) {
  return list.of_number(number)->id;
}

}  // namespace

TEST_CASE("callbacks: one entry a person, however the number is written; each missed call once") {
  Callbacks list;
  const auto opened = list.missed(call("1", anne, now), now + 7'000);
  REQUIRE(opened.size() == 1);
  CHECK(opened[0].what == What::opened);
  CHECK(opened[0].number == "+33612985096");
  CHECK(opened[0].dialled == anne);
  CHECK(list.missed(call("1", anne, now), now + 8'000).empty());  // told twice
  CHECK(list.missed(call("2", "+33 6 12 98 50 96", now + hour, MissedAs::overflowed), now + hour)[0].what ==
        What::called_again);
  REQUIRE(list.size() == 1);
  const auto* entry = list.of_number("0033612985096");
  REQUIRE(entry);
  CHECK(entry->attempts == 2);
  CHECK(entry->first_ms == now);
  CHECK(entry->last_ms == now + hour);
  CHECK(entry->as == MissedAs::overflowed);
}

TEST_CASE("callbacks: withheld numbers make no entry, an extension of the PBX does") {
  Callbacks list;
  for (const auto* number : {"", "anonymous", "masqué", "<unknown>", "sip:anne@example.org", "7"})
    CHECK(list.missed(call(number, number, now), now).empty());
  CHECK(list.size() == 0);
  CHECK(list.missed(call("9", "1004", now), now).size() == 1);
}

TEST_CASE("callbacks: a short call makes no entry, a second one within the hour does") {
  Callbacks list;
  const auto shortly = MissedAs::abandoned_short;
  CHECK(list.missed(call("1", anne, now, shortly), now)[0].what == What::noted_short);
  CHECK(list.size() == 0);
  CHECK(list.missed(call("2", bob, now, shortly), now)[0].what == What::noted_short);
  CHECK(list.missed(call("3", bob, now + hour + 1, shortly), now)[0].what ==
        What::noted_short);  // too late for a second
  CHECK(list.missed(call("4", anne, now + hour, shortly), now + hour)[0].what == What::opened);
  REQUIRE(list.of_number(anne));
  CHECK(list.of_number(anne)->attempts == 2);
  CHECK(list.of_number(anne)->first_ms == now);
  CHECK(list.missed(call("5", anne, now + hour + 1, shortly), now + hour)[0].what == What::called_again);
  CHECK_FALSE(list.of_number(bob));
}

TEST_CASE("callbacks: danger first, then attempts, then age; who was just tried waits behind the others") {
  Callbacks list;
  (void)list.missed(call("1", anne, now), now);
  (void)list.missed(call("2", bob, now + 1), now + 1);
  (void)list.missed(call("3", carl, now + 2), now + 2);
  CHECK(order(list, now) == std::vector<std::string>{"+33612985096", "+33536499611", "+33261917784"});
  (void)list.missed(call("4", bob, now + 3), now + 3);
  CHECK(order(list, now).front() == "+33536499611");
  CHECK(list.danger(carl, true, now + 4).size() == 1);
  CHECK(list.danger(carl, true, now + 4).empty());
  CHECK(list.in_danger() == 1);
  CHECK(order(list, now) == std::vector<std::string>{"+33261917784", "+33536499611", "+33612985096"});

  REQUIRE(list.dial(id_of(list, carl), "PJSIP/1", "zoe", now + 5).has_value());
  REQUIRE(list.no_answer(id_of(list, carl), "zoe", now + minute).has_value());
  CHECK(order(list, now + minute).back() == "+33261917784");
  CHECK(order(list, now + 16 * minute).front() == "+33261917784");  // rested
  CHECK(list.ranked(now + minute, 1).size() == 1);
}

TEST_CASE("callbacks: one post dials at a time; the lock ends with its time, its post, or the next dial") {
  Callbacks list;
  (void)list.missed(call("1", anne, now), now);
  (void)list.missed(call("2", bob, now), now);
  const auto first = id_of(list, anne), second = id_of(list, bob);
  REQUIRE(list.dial(first, "PJSIP/1", "zoe", now).has_value());
  const auto refused = list.dial(first, "PJSIP/2", "karim", now + 1);
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == Code::held_by_other);
  CHECK(list.no_answer(first, "karim", now).error().code == Code::held_by_other);
  CHECK(list.release(second, "karim", now).error().code == Code::bad_state);
  CHECK(list.dial(99, "PJSIP/2", "karim", now).error().code == Code::not_found);
  CHECK(list.dial(second, "", "karim", now).error().code == Code::malformed);

  SECTION("time") {
    CHECK(list.next_due_ms() == now + 5 * minute);
    CHECK(list.advance(now + 5 * minute - 1).empty());
    CHECK(list.advance(now + 5 * minute).at(0).what == What::released);
    CHECK(list.dial(first, "PJSIP/2", "karim", now + 5 * minute).has_value());
  }
  SECTION("the post goes") {
    CHECK(list.post_gone("PJSIP/2", now).empty());
    CHECK(list.post_gone("PJSIP/1", now).at(0).what == What::released);
    CHECK(list.dial(first, "PJSIP/2", "karim", now).has_value());
  }
  SECTION("the post dials somebody else") {
    const auto changes = list.dial(second, "PJSIP/1", "zoe", now + 1);
    REQUIRE(changes.has_value());
    CHECK(changes->at(0).what == What::released);
    CHECK(changes->at(0).entry == first);
    CHECK(changes->at(1).what == What::locked);
    CHECK_FALSE(list.find(first)->locked());
  }
  SECTION("given back") {
    REQUIRE(list.release(first, "zoe", now + 1).has_value());
    CHECK_FALSE(list.find(first)->locked());
    CHECK(list.find(first)->tries == 0);
  }
}

TEST_CASE("callbacks: how they end") {
  Callbacks list;
  (void)list.missed(call("1", anne, now), now);
  const auto id = id_of(list, anne);

  SECTION("they get through, also while a post dials") {
    REQUIRE(list.dial(id, "PJSIP/1", "zoe", now).has_value());
    const auto changes = list.got_through("+33612985096", "pbx:2", false, now + minute);
    REQUIRE(changes.size() == 2);
    CHECK(changes[1].what == What::ended);
    CHECK(changes[1].end == CallbackEnd::resolved_by_call);
    CHECK(changes[1].post == "PJSIP/1");                                  // whose dialling is to be stopped
    CHECK(list.got_through(anne, "pbx:2", false, now + minute).empty());  // told twice
    CHECK(list.missed(call("0", anne, now + 30'000), now + 2 * minute).empty());  // settled late, from before
    CHECK(list.missed(call("3", anne, now + 2 * minute), now + 3 * minute).size() == 1);
  }
  SECTION("an answer from before the missed call ends nothing") {
    CHECK(list.got_through(anne, "pbx:0", false, now - 1).size() == 1);
    CHECK(list.size() == 1);
  }
  SECTION("reached, by the post's call or because its person says so") {
    if (GENERATE(true, false)) {
      CHECK(list.got_through(anne, "pbx:2", true, now + minute).back().end == CallbackEnd::reached);
    } else {
      const auto changes = list.reached(id, "zoe", now + minute);
      REQUIRE(changes.has_value());
      CHECK(changes->back().end == CallbackEnd::reached);
      CHECK(changes->back().person == "zoe");
    }
    CHECK(list.size() == 0);
    CHECK(list.next_due_ms() == std::nullopt);
  }
  SECTION("unreachable after three tries; a later call is a new entry") {
    for (int i = 1; i <= 3; ++i) {
      REQUIRE(list.dial(id, "PJSIP/1", "zoe", now + i * hour).has_value());
      const auto changes = list.no_answer(id, "zoe", now + i * hour);
      REQUIRE(changes.has_value());
      CHECK(changes->size() == (i < 3 ? 1U : 2U));
      if (i == 3) CHECK(changes->back().end == CallbackEnd::unreachable);
    }
    CHECK(list.size() == 0);
    CHECK(list.missed(call("9", anne, now + 9 * hour), now + 9 * hour)[0].entry > id);
  }
  SECTION("a post's call that nobody answered is a try of whoever dials, once") {
    CHECK(list.unanswered(anne, "pbx:7", now).empty());  // nobody dials
    CHECK(list.no_answer(id, "zoe", now).error().code == Code::bad_state);
    REQUIRE(list.dial(id, "PJSIP/1", "zoe", now).has_value());
    const auto changes = list.unanswered("+33 6 12 98 50 01", "pbx:7", now + 1);
    REQUIRE(list.of_number(anne));
    CHECK(changes.empty());  // another number
    CHECK(list.unanswered(anne, "pbx:7", now + 1).at(0).what == What::tried);
    CHECK(list.find(id)->tries == 1);
    CHECK_FALSE(list.find(id)->locked());
    REQUIRE(list.dial(id, "PJSIP/1", "zoe", now + 2).has_value());
    CHECK(list.unanswered(anne, "pbx:7", now + 3).empty());  // told late again
    CHECK(list.find(id)->locked());
  }
  SECTION("given up with a reason") {
    CHECK(list.give_up(id, "zoe", "", now).error().code == Code::missing);
    CHECK(list.give_up(id, "zoe", std::string(Callbacks::reason_most + 1, 'x'), now).error().code ==
          Code::too_large);
    CHECK(list.give_up(id, "zoe", "faux numéro", now)->back().reason == "faux numéro");
    CHECK(list.size() == 0);
  }
  SECTION("no longer kept") {
    CHECK(list.advance(now + CallbackRules{}.keep_ms).at(0).end == CallbackEnd::expired);
    CHECK(list.size() == 0);
  }
}

TEST_CASE("callbacks: a full list keeps who is in it, and counts who is not") {
  Callbacks list;
  for (std::size_t i = 0; i < Callbacks::bound; ++i)
    (void)list.missed(call(std::to_string(i), std::to_string(10'000'000'000 + i), now), now);
  REQUIRE(list.size() == Callbacks::bound);
  CHECK(list.missed(call("more", anne, now), now).at(0).what == What::not_kept);
  CHECK(list.size() == Callbacks::bound);
  CHECK(list.not_kept() == 1);
  CHECK(list.oldest_ms() == now);
}

namespace {

// Random commands on a few numbers and posts, checked after each against what must hold.
class Walk {
 public:
  explicit Walk(unsigned seed) : chance_(seed) {}
  void step() {
    at_ms_ += static_cast<std::int64_t>(roll(3 * 60'000));
    const std::string number = "061298500" + std::to_string(roll(6));
    const std::string person = "p" + std::to_string(roll(3)), post = "PJSIP/" + std::to_string(roll(3));
    const auto* entry = list_.of_number(number);
    const std::uint64_t id = entry ? entry->id : 77'777;
    switch (roll(11)) {
      case 0:
      case 1:
      case 2:
        keep(list_.missed(
            call(std::to_string(++calls_), number, at_ms_ - static_cast<std::int64_t>(roll(120'000)),
                 static_cast<MissedAs>(1 + roll(5))),
            at_ms_));
        break;
      case 3:
        through(number);
        break;
      case 9:
        keep(list_.unanswered(number, "pbx:out" + std::to_string(roll(50)), at_ms_));
        break;
      case 4:
        keep(list_.danger(number, roll(2) == 0, at_ms_));
        break;
      case 5:
      case 6:
        keep(list_.dial(id, post, person, at_ms_));
        break;
      case 7:
        keep(roll(4) == 0 ? list_.reached(id, person, at_ms_) : list_.no_answer(id, person, at_ms_));
        break;
      case 8:
        keep(roll(2) == 0 ? list_.release(id, person, at_ms_) : list_.give_up(id, person, "doublon", at_ms_));
        break;
      default:
        keep(roll(2) == 0 ? list_.post_gone(post, at_ms_) : list_.advance(at_ms_));
        break;
    }
    check();
  }
  // The kept changes, folded, are the list.
  void fold() const {
    Callbacks again;
    for (const auto& change : kept_) again.evolve(change);
    const auto ours = list_.ranked(at_ms_, 100), theirs = again.ranked(at_ms_, 100);
    REQUIRE(ours.size() == theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) CHECK(*ours[i] == *theirs[i]);
    CHECK(again.next_due_ms() == list_.next_due_ms());
    CHECK(again.in_danger() == list_.in_danger());
  }

 private:
  unsigned roll(unsigned sides) { return static_cast<unsigned>(chance_()) % sides; }
  void keep(const CallbackChanges& changes) { kept_.insert(kept_.end(), changes.begin(), changes.end()); }
  void keep(const Result<CallbackChanges>& changes) {
    if (changes) keep(*changes);
  }
  void through(const std::string& number) {
    keep(list_.got_through(number, "pbx:t", roll(2) == 0, at_ms_));
    const auto* left = list_.of_number(number);
    CHECK((!left || left->last_ms > at_ms_));
  }
  void check() const {
    std::set<std::string> numbers, posts;
    std::size_t danger = 0;
    for (const auto* entry : list_.ranked(at_ms_, 100)) {
      CHECK(numbers.insert(entry->number).second);
      if (entry->locked()) CHECK(posts.insert(entry->post).second);
      CHECK(entry->tries < CallbackRules{}.tries);
      danger += entry->danger ? 1U : 0U;
    }
    CHECK(numbers.size() == list_.size());
    CHECK(danger == list_.in_danger());
  }

  Callbacks list_;
  CallbackChanges kept_;
  std::mt19937 chance_;
  std::int64_t at_ms_ = now;
  int calls_ = 0;
};

}  // namespace

TEST_CASE("callbacks: whatever is done, what is kept gives the same list again") {
  const unsigned seed = GENERATE(1U, 2U, 3U, 4U);
  CAPTURE(seed);
  Walk walk(seed);
  for (int i = 0; i < 600; ++i) walk.step();
  walk.fold();
}
