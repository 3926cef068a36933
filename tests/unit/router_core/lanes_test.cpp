// One caller's requests leave in the order in which they were logged, whatever fails; others pass by. A
// random walk with a queue that loses, refuses, is busy and goes away for an hour checks it against what was
// logged.
#include "router/core/lanes.hpp"

#include <map>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

using bannette::router::Lanes;
using Entry = Lanes::Entry;
using Answer = Lanes::Answer;

TEST_CASE("a live request waits for the one before it of the same caller, and for nobody else's") {
  Lanes lanes;
  CHECK(lanes.arrive("anne", 1) == Entry::send);
  CHECK(lanes.arrive("anne", 2) == Entry::hold);
  CHECK(lanes.arrive("anne", 3) == Entry::hold);
  CHECK(lanes.arrive("bob", 4) == Entry::send);
  const auto confirmed = lanes.ended("anne", 1);
  CHECK(confirmed.send == 2u);
  CHECK(confirmed.keep.empty());
  lanes.letter("anne", 70);  // the second became a letter: what it held up does too
  const auto kept = lanes.ended("anne", 2);
  CHECK_FALSE(kept.send);
  CHECK(kept.keep == std::vector<std::uint64_t>{3});
  lanes.letter("anne", 71);
  CHECK(lanes.arrive("anne", 5) == Entry::keep);
  CHECK(lanes.arrive("carl", 6) == Entry::send);
}

TEST_CASE(
    "letters leave oldest first, one of a caller at a time, so many at once; a lane that rests holds up "
    "nobody") {
  Lanes lanes;
  for (std::uint64_t place = 1; place <= 40; ++place)
    lanes.letter(place % 2 == 0 ? "anne" : "caller " + std::to_string(place), place);
  std::vector<std::uint64_t> out;
  while (const auto place = lanes.next(1'000)) out.push_back(*place);
  REQUIRE(out.size() == Lanes::at_once);
  CHECK(out[0] == 1);
  CHECK(out[1] == 2);
  CHECK(out[2] == 3);
  CHECK(out[3] == 5);  // 4 is Anne's second
  CHECK_FALSE(lanes.next_due_ms());
  lanes.answered(2, Answer::later, 1'000);
  CHECK(lanes.tries(2) == 1);
  CHECK(lanes.tries(4) == 0);
  CHECK(lanes.next(1'000) == 31u);
  lanes.answered(1, Answer::settled, 1'000);
  CHECK(lanes.next(1'249) == 33u);
  lanes.answered(3, Answer::settled, 1'249);
  CHECK(lanes.next(1'250) == 2u);  // rested, and before all that wait
  lanes.answered(2, Answer::settled, 1'250);
  CHECK(lanes.next(1'250) == 4u);
}

TEST_CASE("one that was set aside comes back to its old place, and before none that is under way") {
  Lanes lanes;
  lanes.letter("anne", 1);
  lanes.letter("anne", 2);
  lanes.letter("anne", 3);
  CHECK(lanes.next(0) == 1u);
  lanes.answered(1, Answer::settled, 0);  // refused for good
  CHECK(lanes.next(0) == 2u);
  lanes.letter("anne", 1);
  CHECK_FALSE(lanes.next(0));
  lanes.answered(2, Answer::settled, 0);
  CHECK(lanes.next(0) == 1u);
  CHECK(lanes.letters() == 2);
  CHECK(lanes.arrive("bob", 9) == Entry::send);
  lanes.letter("bob", 50);
  CHECK_FALSE(lanes.next(0));  // nor beside a live one
  CHECK_FALSE(lanes.ended("bob", 9).send);
  CHECK(lanes.next(0) == 50u);
}

TEST_CASE("a queue that is busy for an hour is asked rarely, and at once when it is there again") {
  Lanes lanes;
  lanes.letter("anne", 1);
  std::int64_t now = 0;
  int asked = 0;
  while (now < 3'600'000) {
    if (const auto place = lanes.next(now)) {
      ++asked;
      lanes.answered(*place, Answer::later, now);
    }
    const auto due = lanes.next_due_ms();
    REQUIRE(due);
    REQUIRE(*due > now);
    REQUIRE(*due <= now + Lanes::rest_most_ms);
    now = *due;
  }
  CHECK(asked < 140);
  CHECK(asked > 110);
  CHECK_FALSE(lanes.next(now - 1));
  lanes.wake();
  CHECK(lanes.next(now - 1) == 1u);
}

namespace {

// What was logged, and a queue that may do anything but confirm what it did not get.
struct World {
  explicit World(unsigned seed) : chance(seed) {}

  struct Logged {
    std::string caller;
    std::optional<std::uint64_t> place;  // of its letter
    bool settled = false;
  };
  Lanes lanes;
  std::mt19937 chance;
  std::vector<Logged> all;                       // by ticket
  std::map<std::uint64_t, std::size_t> tickets;  // of a letter
  std::vector<std::size_t> live;                 // sent, not answered
  std::vector<std::uint64_t> out;                // letters likewise
  std::uint64_t places = 0;
  std::int64_t now = 0;

  bool one_in(unsigned of) { return chance() % of == 0; }

  // All of this caller that came before are settled: nothing was overtaken.
  void leaves(std::size_t ticket) {
    for (std::size_t before = 0; before < ticket; ++before)
      if (all[before].caller == all[ticket].caller) REQUIRE(all[before].settled);
  }
  void send(std::size_t ticket) {
    leaves(ticket);
    live.push_back(ticket);
  }
  void keep(std::size_t ticket) {
    all[ticket].place = ++places;
    tickets[places] = ticket;
    lanes.letter(all[ticket].caller, places);
  }
  void log() {
    const std::size_t ticket = all.size();
    all.push_back({"caller " + std::to_string(chance() % 5), {}, false});
    const Entry entry = lanes.arrive(all[ticket].caller, ticket);
    if (entry == Entry::send) send(ticket);
    if (entry == Entry::keep) keep(ticket);
  }
  void answer_live(bool well) {
    if (live.empty()) return;
    const auto at = live.begin() + static_cast<std::ptrdiff_t>(chance() % live.size());
    const std::size_t ticket = *at;
    live.erase(at);
    if (well || one_in(2))
      all[ticket].settled = true;
    else
      keep(ticket);
    const auto followers = lanes.ended(all[ticket].caller, ticket);
    REQUIRE((followers.keep.empty() || !followers.send));
    for (const auto each : followers.keep) keep(each);
    if (followers.send) send(*followers.send);
  }
  void pump() {
    if (const auto place = lanes.next(now)) {
      leaves(tickets.at(*place));
      out.push_back(*place);
    }
    REQUIRE(out.size() <= Lanes::at_once);
    REQUIRE(out.size() == lanes.under_way());
  }
  void answer_letter(bool well) {
    if (out.empty()) return;
    const auto at = out.begin() + static_cast<std::ptrdiff_t>(chance() % out.size());
    const std::uint64_t place = *at;
    out.erase(at);
    const bool settled = well || one_in(3);
    if (settled) all[tickets.at(place)].settled = true;
    lanes.answered(place, settled ? Answer::settled : Answer::later, now);
  }
  void step() {
    switch (chance() % 5) {
      case 0:
        return log();
      case 1:
        return answer_live(false);
      case 2:
        return answer_letter(false);
      case 3:
        now += static_cast<std::int64_t>(chance() % 400);
        return;
      default:
        return pump();
    }
  }
  // The queue answers well from now on: nothing may be left.
  void drain() {
    for (int i = 0; i < 200'000 && !(live.empty() && lanes.letters() == 0); ++i) {
      answer_live(true);
      answer_letter(true);
      pump();
      if (out.empty() && lanes.next_due_ms()) now = std::max(now, *lanes.next_due_ms());
    }
  }
};

}  // namespace

TEST_CASE(
    "whatever the queue does, no caller's request overtakes another of the same caller, and none is left") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    World world(seed);
    for (int i = 0; i < 600; ++i) world.step();
    world.drain();
    for (std::size_t ticket = 0; ticket < world.all.size(); ++ticket) {
      CAPTURE(ticket);
      REQUIRE(world.all[ticket].settled);
    }
    CHECK(world.lanes.letters() == 0);
  }
}
