#include "agent-console/core/throttle.hpp"

#include <catch2/catch.hpp>

using namespace bannette::console;

TEST_CASE("a person who mistypes twice waits for nothing") {
  Throttle throttle;
  CHECK(throttle.admit("a", 0) == 0);
  throttle.failed("a", 0);
  throttle.failed("a", 10);
  CHECK(throttle.admit("a", 20) == 0);
}

TEST_CASE("failures make the next attempts wait longer, up to a bound") {
  Throttle throttle;
  std::int64_t now = 1'000;
  std::int64_t longest = 0;
  for (int i = 0; i < 12; ++i) {
    const std::int64_t wait = throttle.admit("a", now);
    REQUIRE(wait >= 0);
    CHECK(wait >= longest);
    longest = wait;
    now += wait;
    throttle.failed("a", now);
  }
  CHECK(longest == Throttle::Bounds{}.most_delay_ms);
  CHECK(throttle.admit("b", now) == 0);  // another place is not slowed down
}

TEST_CASE("attempts in parallel queue up, and too many are refused") {
  Throttle throttle;
  for (int i = 0; i < 6; ++i) throttle.failed("a", 0);
  std::int64_t before = -1;
  int admitted = 0;
  for (int i = 0; i < 50; ++i) {
    const std::int64_t wait = throttle.admit("a", 0);
    if (wait < 0) break;
    CHECK(wait > before);
    before = wait;
    ++admitted;
  }
  CHECK(admitted < 10);
  CHECK(throttle.admit("a", 0) == -1);
  CHECK(throttle.admit("a", 120'000) >= 0);  // never a lockout
}

TEST_CASE("a good password and time forgive") {
  Throttle throttle;
  for (int i = 0; i < 6; ++i) throttle.failed("a", 0);
  throttle.succeeded("a", 0);
  CHECK(throttle.admit("a", 1) == 0);
  for (int i = 0; i < 6; ++i) throttle.failed("b", 0);
  throttle.failed("b", Throttle::Bounds{}.forget_ms + 1);
  CHECK(throttle.admit("b", Throttle::Bounds{}.forget_ms + 2) == 0);
}

TEST_CASE("a place from which somebody got in is known for a month, and only then") {
  Throttle throttle;
  throttle.failed("a", 0);
  CHECK_FALSE(throttle.known("a", 1));
  throttle.succeeded("a", 1);
  throttle.failed("a", 2);
  CHECK(throttle.known("a", 3));
  CHECK(throttle.known("a", 1 + Throttle::Bounds{}.remember_ms));
  CHECK_FALSE(throttle.known("a", 2 + Throttle::Bounds{}.remember_ms));
  CHECK_FALSE(throttle.known("b", 3));
}

TEST_CASE("memory is bounded") {
  Throttle::Bounds bounds;
  bounds.places = 4;
  Throttle throttle(bounds);
  for (int i = 0; i < 100; ++i) throttle.failed("place " + std::to_string(i), i);
  CHECK(throttle.size() == 4);
  for (int i = 0; i < 100; ++i) throttle.succeeded("place " + std::to_string(i), i);
  int known = 0;
  for (int i = 0; i < 100; ++i) known += throttle.known("place " + std::to_string(i), 100) ? 1 : 0;
  CHECK(known == 4);
  CHECK(throttle.known("place 99", 100));  // the newest stay
}
