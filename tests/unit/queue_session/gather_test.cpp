#include "queue/session/gather.hpp"

#include <catch2/catch.hpp>

using bannette::session::Gather;

TEST_CASE("the first batch starts at once, and one alone never waits") {
  Gather gather;
  CHECK(gather.wait_us(0, 1) == 0);
  gather.ended(1'000, 400, 1, 0);
  CHECK(gather.wait_us(1'001, 1) == 0);  // the one that was answered asked again
}

TEST_CASE("a batch waits for those who were just answered, a quarter of a sync at most") {
  Gather gather;
  gather.ended(10'000, 400, 32, 32);  // two groups that took turns
  CHECK(gather.wait_us(10'000, 32) == 100);
  CHECK(gather.wait_us(10'060, 63) == 40);
  CHECK(gather.wait_us(10'060, 64) == 0);  // all are back
  CHECK(gather.wait_us(10'100, 33) == 0);  // the others do not come
  CHECK(gather.wait_us(99'000, 1) == 0);
}

TEST_CASE("the wait follows the shortest commits, and never grows beyond its bound") {
  Gather gather;
  gather.ended(0, 40'000, 8, 0);
  CHECK(gather.wait_us(0, 1) == Gather::kMost);
  gather.ended(0, 200, 8, 0);
  CHECK(gather.wait_us(0, 1) == 50);
  gather.ended(0, 40'000, 8, 0);  // a stall is no new measure of the disk
  CHECK(gather.wait_us(0, 1) < 250);
  for (int i = 0; i < 1'000; ++i) gather.ended(0, 2'000, 8, 0);  // it has become slower
  CHECK(gather.wait_us(0, 1) > 400);
}
